package oht50.metrics.sink.postgres;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.wire.Codecs;
import oht50.metrics.wire.Primitives;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Transitions of one checkpoint that wait for its completion. */
record TransitionBatch(List<AlertTransition> transitions) {
  TransitionBatch {
    transitions = List.copyOf(transitions);
  }

  /**
   * Form of version 1: version of the transitions' codec (4 bytes), count (1 to 5 bytes), the
   * transitions.
   */
  static final class Serializer implements SimpleVersionedSerializer<TransitionBatch> {
    private static final int VERSION = 1;

    private final Codecs.AlertTransitionCodec codec = new Codecs.AlertTransitionCodec();

    @Override
    public int getVersion() {
      return VERSION;
    }

    @Override
    public byte[] serialize(TransitionBatch batch) throws IOException {
      DataOutputSerializer out = new DataOutputSerializer(256);
      out.writeInt(codec.version());
      Primitives.writeCount(batch.transitions().size(), out);
      for (AlertTransition transition : batch.transitions()) {
        codec.write(transition, out);
      }
      return out.getCopyOfBuffer();
    }

    @Override
    public TransitionBatch deserialize(int version, byte[] bytes) throws IOException {
      if (version > VERSION) {
        throw new IOException(
            "transitions of version " + version + "; this release reads up to " + VERSION);
      }
      DataInputDeserializer in = new DataInputDeserializer(bytes);
      int codecVersion = in.readInt();
      if (codecVersion > codec.version()) {
        throw new IOException(
            "a transition of version "
                + codecVersion
                + "; this release reads up to "
                + codec.version());
      }
      int count = Primitives.readCount(in);
      List<AlertTransition> transitions = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        transitions.add(codec.read(codecVersion, in));
      }
      return new TransitionBatch(transitions);
    }
  }
}
