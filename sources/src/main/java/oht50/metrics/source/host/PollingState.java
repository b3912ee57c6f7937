package oht50.metrics.source.host;

import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * What the enumerator remembers.
 *
 * @param assigned whether a reader has the split: its own state brings it back after a restore, and
 *     a second assignment would poll twice
 */
record PollingState(boolean assigned) {
  /** Form, version 1: one byte, 1 when assigned. */
  static final class Serializer implements SimpleVersionedSerializer<PollingState> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(PollingState state) {
      return new byte[] {(byte) (state.assigned() ? 1 : 0)};
    }

    @Override
    public PollingState deserialize(int version, byte[] bytes) throws IOException {
      if (version != 1 || bytes.length != 1) {
        throw new IOException(
            bytes.length + " bytes of version " + version + ", 1 byte of version 1 is known");
      }
      return new PollingState(bytes[0] == 1);
    }
  }
}
