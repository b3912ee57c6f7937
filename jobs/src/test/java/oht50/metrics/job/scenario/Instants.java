package oht50.metrics.job.scenario;

/** Named instants and lengths, ms. */
final class Instants {
  static final long SECOND = 1_000;
  static final long MINUTE = 60 * SECOND;
  static final long HOUR = 60 * MINUTE;
  static final long DAY = 24 * HOUR;

  /** 2026-11-24T00:00:00Z */
  static final long MIDNIGHT = 1_795_478_400_000L;

  static final long NOON = MIDNIGHT + 12 * HOUR;

  private Instants() {}
}
