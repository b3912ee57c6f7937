package oht50.metrics.client;

import java.util.HashMap;
import java.util.Map;

/**
 * Times of a series' points, no two of them the same: of two points of one series and millisecond
 * only one would count. The second of a millisecond is the next one's.
 */
final class PointTimes {
  /** Readers refuse what is further ahead of its arrival than 30 s; this leaves room for clocks. */
  static final long MAX_AHEAD_MILLIS = 10_000;

  private static final int PRUNE_ABOVE = 1_024;

  // series -> its newest time; those of the past matter to nobody
  private final Map<String, Long> newest = new HashMap<>();
  private int pruneAbove = PRUNE_ABOVE;

  /** The time of a series' next point; throws {@link MetricsRefused} when it runs too far ahead. */
  long next(String series, long now) {
    Long last = newest.get(series);
    long time = last == null ? now : Math.max(now, last + 1);
    if (time - now > MAX_AHEAD_MILLIS) {
      throw new MetricsRefused(
          series + " has had more than a point per millisecond for " + MAX_AHEAD_MILLIS + " ms",
          null);
    }
    newest.put(series, time);
    if (newest.size() > pruneAbove) {
      newest.values().removeIf(held -> held < now);
      pruneAbove = Math.max(PRUNE_ABOVE, 2 * newest.size());
    }
    return time;
  }

  int size() {
    return newest.size();
  }
}
