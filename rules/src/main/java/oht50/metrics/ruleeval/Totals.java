package oht50.metrics.ruleeval;

/** What has been counted of the counted series of a part before a time; grows slice by slice. */
final class Totals {
  private final long from;
  private final Total[] totals; // number of the series -> its total; null if it is not counted
  private final long expiry;

  /**
   * @param from all before it is in them, ms; Long.MIN_VALUE for all of which no slice is held
   * @param totals becomes its own
   */
  Totals(long from, Total[] totals, long expiry) {
    this.from = from;
    this.totals = totals;
    this.expiry = expiry;
  }

  long from() {
    return from;
  }

  /** Null of a series that is not counted. */
  Total of(int series) {
    return totals[series];
  }

  /** Whether there are counted series. */
  boolean areSome() {
    for (Total total : totals) {
      if (total != null) {
        return true;
      }
    }
    return false;
  }

  /** Adds what was counted in a slice that is later than all before. */
  void add(PointSlice slice) {
    for (int i = 0; i < slice.size(); i++) {
      Total before = totals[slice.series(i)];
      if (before != null && Total.isCount(slice.value(i))) {
        totals[slice.series(i)] = before.with(slice.timestamp(i), slice.value(i), expiry);
      }
    }
  }
}
