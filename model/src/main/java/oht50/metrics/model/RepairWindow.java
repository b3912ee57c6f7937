package oht50.metrics.model;

import oht50.metrics.time.Interval;

/**
 * A window that state can no longer compute. A repair computes it, and the windows above it, from
 * what is stored.
 *
 * @param windowStart first ms of the window
 * @param cause {@link Cause#LATE} for a fact beyond the correction horizon, {@link
 *     Cause#DEFINITION} for a day that is cut by a zone which is no longer that of its robot,
 *     {@link Cause#BACKFILL} for a window that another life of the series owns
 * @param frontier the first ms of the series whose points were in state when the repair was asked
 *     for: what lies before has been sent to the tables as a whole. {@link #UNKNOWN}, or {@link
 *     #ALL_HAS_LEFT}
 */
public record RepairWindow(
    long seriesId, Interval interval, long windowStart, Cause cause, long frontier) {
  /** Nobody has said how far state reaches back. */
  public static final long UNKNOWN = Long.MIN_VALUE;

  /** State holds nothing of the series. */
  public static final long ALL_HAS_LEFT = Long.MAX_VALUE;

  /** The same with what is known of the frontier now: what has left once has left for good. */
  public RepairWindow atLeast(long newFrontier) {
    return withFrontier(Math.max(frontier, newFrontier));
  }

  public RepairWindow withFrontier(long newFrontier) {
    return new RepairWindow(seriesId, interval, windowStart, cause, newFrontier);
  }
}
