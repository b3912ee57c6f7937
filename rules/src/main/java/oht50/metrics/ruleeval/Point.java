package oht50.metrics.ruleeval;

/**
 * A value of a series of a part.
 *
 * @param series its number in {@link PartSeries}
 * @param timestamp ms
 * @param sourceId with the offset the position of the record that carried it
 * @param isGone whether there is to be none at that time
 */
record Point(int series, long timestamp, double value, long sourceId, long offset, boolean isGone) {
  static Point of(int series, long timestamp, double value) {
    return new Point(series, timestamp, value, 0, 0, false);
  }

  static Point gone(int series, long timestamp) {
    return new Point(series, timestamp, 0, 0, 0, true);
  }

  /** Whether its position is higher. */
  boolean isAbove(Point other) {
    return sourceId != other.sourceId ? sourceId > other.sourceId : offset > other.offset;
  }

  /** Bits count: a stale marker is no other NaN. */
  boolean saysTheSame(Point other) {
    return isGone == other.isGone
        && Double.doubleToRawLongBits(value) == Double.doubleToRawLongBits(other.value);
  }
}
