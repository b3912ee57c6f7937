package oht50.metrics.simulation;

/**
 * Where the horizon of a series ends, as far as the contract says: {@code low <= frontier <= high}.
 * All instants in ms.
 */
final class Frontier {
  enum Verdict {
    WITHIN,
    BEYOND,
    UNDECIDED
  }

  long newest = Admissions.UNKNOWN;
  long arrival = Admissions.UNKNOWN; // a watermark at or before the last change
  long low = Admissions.UNKNOWN;
  long high = Admissions.UNKNOWN;
  boolean forgottenSinceSnapshot; // perhaps

  /** As a snapshot holds it. */
  Frontier copy() {
    Frontier copy = new Frontier();
    copy.newest = newest;
    copy.arrival = arrival;
    copy.low = low;
    copy.high = high;
    return copy;
  }

  /** What becomes of an input of that time. */
  Verdict of(long timestamp) {
    return timestamp < low
        ? Verdict.BEYOND
        : timestamp >= high ? Verdict.WITHIN : Verdict.UNDECIDED;
  }

  /** Notes how far it may have come by a watermark. */
  void raiseHigh(long horizon, long idle, long unit, long watermark) {
    long silent =
        arrival == Admissions.UNKNOWN || watermark == Admissions.UNKNOWN
            ? 0
            : Math.max(0, watermark - arrival - idle);
    high = Math.max(high, Math.floorDiv(newest + silent - horizon, unit) * unit);
  }
}
