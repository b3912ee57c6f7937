package oht50.metrics.source.scrape;

/**
 * When a target is scraped: {@code time = offset (mod interval)}, with an offset from the target's
 * hash, as Prometheus spreads its scrapes. The same times in every run.
 */
final class Slots {
  private final long intervalMillis;
  private final long offsetMillis;

  Slots(long hash, long intervalMillis) {
    this.intervalMillis = intervalMillis;
    this.offsetMillis = Math.floorMod(hash, intervalMillis);
  }

  /** The newest that is not after this time. */
  long latest(long millis) {
    return millis - Math.floorMod(millis - offsetMillis, intervalMillis);
  }

  /** The first after this time. */
  long after(long millis) {
    return latest(millis) + intervalMillis;
  }
}
