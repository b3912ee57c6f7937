package oht50.metrics.sink.postgres;

/** Event times as parameters of {@code from_millis}. */
final class SqlTime {
  // Well within timestamptz (4714 BC to 294276 AD) and within the microseconds of an interval.
  private static final long EARLIEST = -200_000_000_000_000L;
  private static final long LATEST = 9_000_000_000_000_000L;

  private SqlTime() {}

  /**
   * The nearest instant that the database surely knows. Only for rows whose writer cannot leave out
   * a refused one.
   */
  static long clamped(long millis) {
    return Math.max(EARLIEST, Math.min(LATEST, millis));
  }
}
