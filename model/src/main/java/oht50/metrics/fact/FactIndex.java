package oht50.metrics.fact;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import oht50.metrics.wire.Codec;

/**
 * What is known of a robot beside its facts. Immutable.
 *
 * @param newest event time of the newest fact
 * @param version number of publications of samples; the position by which a newer value replaces an
 *     older one
 */
public record FactIndex(SourceHistory history, long newest, long version) {
  static final FactIndex NONE = new FactIndex(SourceHistory.NONE, Long.MIN_VALUE, 0);

  FactIndex with(SourceHistory other) {
    return new FactIndex(other, newest, version);
  }

  FactIndex withFactAt(long timestamp) {
    return new FactIndex(history, Math.max(newest, timestamp), version);
  }

  FactIndex published() {
    return new FactIndex(history, newest, version + 1);
  }

  /** History, newest, version. */
  public static final class BinaryForm implements Codec<FactIndex> {
    private static final long serialVersionUID = 1L;

    private final SourceHistory.BinaryForm histories = new SourceHistory.BinaryForm();

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(FactIndex index, DataOutput out) throws IOException {
      histories.write(index.history, out);
      out.writeLong(index.newest);
      out.writeLong(index.version);
    }

    @Override
    public FactIndex read(int version, DataInput in) throws IOException {
      return new FactIndex(histories.read(histories.version(), in), in.readLong(), in.readLong());
    }
  }
}
