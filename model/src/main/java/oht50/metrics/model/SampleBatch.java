package oht50.metrics.model;

import java.util.Arrays;

/**
 * Samples of one key that crossed the wire together: the unit of every shuffle.
 *
 * @param layout the series, one per value
 * @param timestamps event times in ms: one per value, or a single one for all
 * @param values one per series of the layout; the Prometheus staleness marker ends a series
 * @param sourceId {@link Position#sourceId()} of the record that carried the batch
 * @param offset offset of that record
 */
public record SampleBatch(
    SeriesLayout layout, long[] timestamps, double[] values, long sourceId, long offset)
    implements SeriesInput {

  public SampleBatch {
    if (values.length != layout.size()
        || (timestamps.length != 1 && timestamps.length != values.length)) {
      throw new IllegalArgumentException(
          layout.size() + " series, " + timestamps.length + " times, " + values.length + " values");
    }
  }

  /** A batch whose samples share one event time. */
  public static SampleBatch at(
      long timestamp, SeriesLayout layout, double[] values, Position position) {
    return new SampleBatch(
        layout, new long[] {timestamp}, values, position.sourceId(), position.offset());
  }

  @Override
  public long key() {
    return layout.key();
  }

  public int size() {
    return values.length;
  }

  public long timestamp(int i) {
    return timestamps.length == 1 ? timestamps[0] : timestamps[i];
  }

  /** The newest event time of the batch. */
  public long newest() {
    long newest = timestamps[0];
    for (long timestamp : timestamps) {
      newest = Math.max(newest, timestamp);
    }
    return newest;
  }

  /**
   * Some of its samples.
   *
   * @param places of theirs in this batch
   * @param some their layout
   */
  public SampleBatch only(int[] places, SeriesLayout some) {
    double[] taken = new double[places.length];
    long[] times = new long[timestamps.length == 1 ? 1 : taken.length];
    for (int i = 0; i < taken.length; i++) {
      taken[i] = values[places[i]];
      if (i < times.length) {
        times[i] = timestamp(places[i]);
      }
    }
    return new SampleBatch(some, times, taken, sourceId, offset);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SampleBatch batch
        && layout.equals(batch.layout)
        && Arrays.equals(timestamps, batch.timestamps)
        && Arrays.equals(values, batch.values)
        && sourceId == batch.sourceId
        && offset == batch.offset;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(new long[] {layout.hash(), timestamps[0], sourceId, offset});
  }
}
