package oht50.metrics.model;

import oht50.metrics.time.Interval;

/**
 * A window that state can no longer compute. A repair computes it, and the windows above it, from
 * what is stored.
 *
 * @param windowStart first ms of the window
 * @param cause {@link Cause#LATE} for a fact beyond the correction horizon, {@link
 *     Cause#DEFINITION} for a day that is cut by a zone which is no longer that of its robot
 */
public record RepairWindow(long seriesId, Interval interval, long windowStart, Cause cause) {}
