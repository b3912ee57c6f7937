package oht50.metrics.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;

/**
 * Samples of one minute as they arrived together: the unit of a minute's log. A log is only ever
 * appended to, so an arrival costs one append however long the log is.
 *
 * @param columns columns of {@link SeriesTable}, one per value
 * @param timestamps one per value, or a single one for all
 * @param sourceId with the offset the position, by which repeats are decided
 */
public record LogBatch(
    int[] columns, long[] timestamps, double[] values, long sourceId, long offset) {

  int size() {
    return values.length;
  }

  long timestamp(int i) {
    return timestamps.length == 1 ? timestamps[0] : timestamps[i];
  }

  /** Columns, times, values (raw bits), source id, offset. */
  public static final class BinaryForm implements Codec<LogBatch> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(LogBatch batch, DataOutput out) throws IOException {
      Primitives.writeCounts(batch.columns, out);
      Primitives.writeLongs(batch.timestamps, out);
      Primitives.writeDoubles(batch.values, out);
      out.writeLong(batch.sourceId);
      out.writeLong(batch.offset);
    }

    @Override
    public LogBatch read(int version, DataInput in) throws IOException {
      return new LogBatch(
          Primitives.readCounts(in),
          Primitives.readLongs(in),
          Primitives.readDoubles(in),
          in.readLong(),
          in.readLong());
    }
  }
}
