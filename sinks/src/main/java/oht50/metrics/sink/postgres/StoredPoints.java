package oht50.metrics.sink.postgres;

import java.util.Arrays;
import oht50.metrics.model.StaleMarker;

/**
 * Points of a series as a reader sees them. Arrays are not to be modified.
 *
 * @param timestamps ascending, ms
 * @param values parallel to them, staleness markers included
 */
public record StoredPoints(long[] timestamps, double[] values) {
  public int size() {
    return timestamps.length;
  }

  /** How many of [from, until) are samples, and no staleness markers. */
  public long samplesBetween(long from, long until) {
    long samples = 0;
    for (int i = place(from); i < size() && timestamps[i] < until; i++) {
      if (!StaleMarker.is(values[i])) {
        samples++;
      }
    }
    return samples;
  }

  private int place(long time) {
    int place = Arrays.binarySearch(timestamps, time);
    return place < 0 ? -place - 1 : place;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StoredPoints points
        && Arrays.equals(timestamps, points.timestamps)
        && Arrays.equals(values, points.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(timestamps);
  }
}
