package oht50.metrics.promql.eval;

import oht50.metrics.model.Labels;

/**
 * The points of a series in {@code [from, to)} of both arrays: ascending by time, each time once.
 * Stale markers are {@link oht50.metrics.model.StaleMarker}.
 *
 * <p>Of a counted series it is known when it grew and by how much. Its points are its totals, as if
 * it had been scraped whenever it grew; the newest one counts until {@link
 * EvaluationOptions#expiryMillis}, and there are no markers.
 *
 * @param labels with the metric's name as {@code __name__}
 * @param timestamps in milliseconds since the epoch
 * @param added by how much a counted series grew at each point; null of any other series
 */
public record StoredSeries(
    Labels labels, long[] timestamps, double[] values, int from, int to, double[] added) {
  /** A series that is not counted. */
  public StoredSeries(Labels labels, long[] timestamps, double[] values, int from, int to) {
    this(labels, timestamps, values, from, to, null);
  }

  /** The index of the first point after a time; {@code to} if there is none. */
  int firstAfter(long time) {
    if (from < to && timestamps[to - 1] <= time) {
      return to; // as for the newest tick
    }
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

  public boolean isCounted() {
    return added != null;
  }

  public static StoredSeries of(Labels labels, long[] timestamps, double[] values) {
    return new StoredSeries(labels, timestamps, values, 0, timestamps.length);
  }
}
