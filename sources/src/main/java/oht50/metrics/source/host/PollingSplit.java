package oht50.metrics.source.host;

import java.io.IOException;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** The right to poll. There is one; what it is about lies in the source. */
record PollingSplit() implements SourceSplit {
  static final PollingSplit ONLY = new PollingSplit();

  @Override
  public String splitId() {
    return "poll";
  }

  /** Form, version 1: no bytes. */
  static final class Serializer implements SimpleVersionedSerializer<PollingSplit> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(PollingSplit split) {
      return new byte[0];
    }

    @Override
    public PollingSplit deserialize(int version, byte[] bytes) throws IOException {
      if (version != 1) {
        throw new IOException("split of version " + version + ", version 1 is known");
      }
      return ONLY;
    }
  }
}
