package oht50.metrics.typeinfo;

import java.io.IOException;
import oht50.metrics.wire.Codec;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.InstantiationUtil;

/**
 * A {@link Codec} as a Flink serializer. The snapshot holds the codec's class and the version that
 * wrote; state written by an older version is read by it and rewritten, state of a newer one is
 * refused.
 */
public final class CodecSerializer<T> extends TypeSerializer<T> {
  private static final long serialVersionUID = 1L;

  private final Codec<T> codec;
  private final int readVersion;

  public CodecSerializer(Codec<T> codec) {
    this(codec, codec.version());
  }

  private CodecSerializer(Codec<T> codec, int readVersion) {
    this.codec = codec;
    this.readVersion = readVersion;
  }

  /** The model's types are immutable. */
  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public TypeSerializer<T> duplicate() {
    Codec<T> duplicate = codec.duplicate();
    return duplicate == codec ? this : new CodecSerializer<>(duplicate, readVersion);
  }

  @Override
  public T createInstance() {
    return null;
  }

  @Override
  public T copy(T from) {
    return from;
  }

  @Override
  public T copy(T from, T reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(T value, DataOutputView target) throws IOException {
    codec.write(value, target);
  }

  @Override
  public T deserialize(DataInputView source) throws IOException {
    return codec.read(readVersion, source);
  }

  @Override
  public T deserialize(T reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CodecSerializer<?> serializer
        && codec.getClass() == serializer.codec.getClass()
        && readVersion == serializer.readVersion;
  }

  @Override
  public int hashCode() {
    return codec.getClass().hashCode();
  }

  @Override
  public TypeSerializerSnapshot<T> snapshotConfiguration() {
    return new Snapshot<>(codec, codec.version());
  }

  /** Form: class name of the codec (modified UTF-8), version that wrote (4 bytes). */
  public static final class Snapshot<T> implements TypeSerializerSnapshot<T> {
    private Codec<T> codec;
    private int writtenVersion;

    /** For Flink, which then calls {@link #readSnapshot}. */
    public Snapshot() {}

    private Snapshot(Codec<T> codec, int writtenVersion) {
      this.codec = codec;
      this.writtenVersion = writtenVersion;
    }

    @Override
    public int getCurrentVersion() {
      return 1;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
      out.writeUTF(codec.getClass().getName());
      out.writeInt(writtenVersion);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void readSnapshot(int snapshotVersion, DataInputView in, ClassLoader classLoader)
        throws IOException {
      String className = in.readUTF();
      writtenVersion = in.readInt();
      try {
        Class<?> codecClass = Class.forName(className, true, classLoader);
        codec = (Codec<T>) InstantiationUtil.instantiate(codecClass);
      } catch (ClassNotFoundException e) {
        throw new IOException("state was written by " + className + ", which is gone", e);
      }
    }

    @Override
    public TypeSerializer<T> restoreSerializer() {
      return new CodecSerializer<>(codec, writtenVersion);
    }

    @Override
    public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
        TypeSerializerSnapshot<T> old) {
      if (!(old instanceof Snapshot<T> snapshot)
          || snapshot.codec.getClass() != codec.getClass()
          || snapshot.writtenVersion > codec.version()) {
        return TypeSerializerSchemaCompatibility.incompatible();
      }
      return snapshot.writtenVersion == codec.version()
          ? TypeSerializerSchemaCompatibility.compatibleAsIs()
          : TypeSerializerSchemaCompatibility.compatibleAfterMigration();
    }
  }
}
