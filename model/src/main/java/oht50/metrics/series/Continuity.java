package oht50.metrics.series;

import oht50.metrics.model.StaleMarker;

/**
 * How what a series said goes on between two of its points: a counter grows, a state holds. Neither
 * over a gap longer than the expiry.
 */
final class Continuity {
  private final long expiry;

  /**
   * @param expiry ms
   */
  Continuity(long expiry) {
    this.expiry = expiry;
  }

  /**
   * Growth of a counter from one point to the next. One that fell has been reset: it has grown by
   * what it says now.
   *
   * @param before time of the earlier point, {@link SeriesTable#NO_TIME} if there is none
   */
  double step(long before, double said, long time, double says) {
    if (isBroken(before, time)) {
      return 0;
    }
    return says < said ? says : says - said;
  }

  /**
   * Whether what was said at an instant, {@link SeriesTable#NO_TIME} if there is none, no longer
   * counts at a later one.
   */
  boolean isBroken(long before, long time) {
    return before == SeriesTable.NO_TIME || time - before > expiry;
  }

  /**
   * How many ms of [from, to) a state that was said at an instant at or before {@code from} holds.
   *
   * @param value what was said; a staleness marker ends the state
   */
  long holds(long said, double value, long from, long to) {
    if (said == SeriesTable.NO_TIME || StaleMarker.is(value)) {
      return 0;
    }
    return Math.max(0, Math.min(to, said + expiry) - from);
  }
}
