package oht50.metrics.model;

import oht50.metrics.time.Interval;

/**
 * A window that state can no longer compute: a fact beyond the correction horizon belongs to it. A
 * repair computes it, and the windows above it, from what is stored.
 *
 * @param windowStart first ms of the window
 */
public record RepairWindow(long seriesId, Interval interval, long windowStart) {}
