package oht50.metrics.series;

import oht50.metrics.model.RepairWindow;
import oht50.metrics.time.Interval;
import oht50.metrics.time.WindowCalendar;

/**
 * How far a repair may count on what it knows of a series.
 *
 * @param frontier of the series: from here on state knows its points
 * @param known before it the backfill does
 * @param hasGap whether there may be points that are neither in the backfill nor in state
 */
record RepairSpan(WindowCalendar calendar, long frontier, long known, boolean hasGap) {
  private static final long MINUTE = Interval.MINUTE.millis();
  private static final long QUARTER = Interval.QUARTER.millis();

  /**
   * @param until first ms that the backfill does not say as a whole
   * @param now a window that ends after it is not final
   */
  static RepairSpan of(WindowCalendar calendar, long until, long frontier, long now) {
    long known = known(until, frontier, now);
    boolean isBefore = frontier >= Math.floorDiv(known, QUARTER) * QUARTER + QUARTER;
    boolean isAllThereIs = frontier == RepairWindow.ALL_HAS_LEFT && until >= now;
    return new RepairSpan(calendar, frontier, known, isBefore && !isAllThereIs);
  }

  private static long known(long until, long frontier, long now) {
    long known = Math.min(Math.min(until, frontier), now);
    if (known == Long.MIN_VALUE) {
      return known;
    }
    known = Math.floorDiv(known, MINUTE) * MINUTE;
    long quarter = Math.floorDiv(known, QUARTER) * QUARTER;
    // The minutes of a quarter are in state only as long as the series' frontier has not passed it.
    return frontier < quarter + QUARTER ? known : quarter;
  }

  long end(RepairWindow window) {
    return calendar.end(window.interval(), calendar.start(window.interval(), window.windowStart()));
  }

  /** Start of what its parents are computed from. */
  long firstNeeded(RepairWindow window) {
    return Math.min(
        calendar.start(Interval.DAY, window.windowStart()),
        calendar.start(Interval.HOUR, window.windowStart()));
  }

  /** Whether all that a window is made of is in the backfill or in state. */
  boolean isWhole(long end) {
    return end <= known || end > frontier;
  }
}
