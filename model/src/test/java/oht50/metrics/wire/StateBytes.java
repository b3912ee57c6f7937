package oht50.metrics.wire;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collections of state as bytes, each value in the binary form that Flink's state uses too. */
public final class StateBytes {
  private StateBytes() {}

  public static void writeInstants(Set<Long> instants, DataOutput to) throws IOException {
    to.writeInt(instants.size());
    for (long each : instants) {
      to.writeLong(each);
    }
  }

  public static void readInstants(DataInput from, Set<Long> into) throws IOException {
    for (int left = from.readInt(); left > 0; left--) {
      into.add(from.readLong());
    }
  }

  /**
   * @param value may be null
   */
  public static <T> void write(T value, Codec<T> codec, DataOutput to) throws IOException {
    to.writeBoolean(value != null);
    if (value != null) {
      codec.write(value, to);
    }
  }

  public static <T> T read(Codec<T> codec, DataInput from) throws IOException {
    return from.readBoolean() ? codec.read(codec.version(), from) : null;
  }

  public static <T> void writeList(List<T> values, Codec<T> codec, DataOutput to)
      throws IOException {
    to.writeInt(values.size());
    for (T value : values) {
      codec.write(value, to);
    }
  }

  public static <T> List<T> readList(Codec<T> codec, DataInput from) throws IOException {
    List<T> values = new ArrayList<>();
    for (int left = from.readInt(); left > 0; left--) {
      values.add(codec.read(codec.version(), from));
    }
    return values;
  }

  /**
   * @param values start -> value; a value may be null
   */
  public static <T> void writeMap(Map<Long, T> values, Codec<T> codec, DataOutput to)
      throws IOException {
    to.writeInt(values.size());
    for (Map.Entry<Long, T> each : values.entrySet()) {
      to.writeLong(each.getKey());
      write(each.getValue(), codec, to);
    }
  }

  public static <T> void readMap(Codec<T> codec, DataInput from, Map<Long, T> into)
      throws IOException {
    for (int left = from.readInt(); left > 0; left--) {
      into.put(from.readLong(), read(codec, from));
    }
  }
}
