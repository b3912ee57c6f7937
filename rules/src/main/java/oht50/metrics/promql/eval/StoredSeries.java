package oht50.metrics.promql.eval;

import oht50.metrics.model.Labels;

/**
 * The points of a series in {@code [from, to)} of both arrays: ascending by time, each time once.
 * Stale markers are {@link oht50.metrics.model.StaleMarker}.
 *
 * @param labels with the metric's name as {@code __name__}
 * @param timestamps in milliseconds since the epoch
 */
public record StoredSeries(Labels labels, long[] timestamps, double[] values, int from, int to) {
  /** The index of the first point after a time; {@code to} if there is none. */
  int firstAfter(long time) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (timestamps[middle] > time) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  public static StoredSeries of(Labels labels, long[] timestamps, double[] values) {
    return new StoredSeries(labels, timestamps, values, 0, timestamps.length);
  }
}
