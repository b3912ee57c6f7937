package oht50.metrics.sink.postgres;

/** Event times as parameters of {@code from_millis}. */
final class SqlTime {
  // 4714-11-24 BC and 294276-12-31 AD, the ends of timestamptz
  private static final long EARLIEST = -210_866_803_200_000L;
  private static final long LATEST = 9_224_318_015_999_999L / 1_000 * 1_000;

  private SqlTime() {}

  /**
   * The nearest instant that the database knows. Only for rows whose writer cannot leave out a
   * refused one.
   */
  static long clamped(long millis) {
    return Math.max(EARLIEST, Math.min(LATEST, millis));
  }
}
