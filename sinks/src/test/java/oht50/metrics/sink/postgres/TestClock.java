package oht50.metrics.sink.postgres;

import java.util.concurrent.TimeUnit;

/** Time that passes only by sleeping. */
final class TestClock implements WallClock {
  private static final long serialVersionUID = 1L;

  private long millis = 1_000_000;

  @Override
  public long currentMillis() {
    return millis;
  }

  @Override
  public long monotonicNanos() {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  @Override
  public void sleep(long duration) {
    millis += duration;
  }
}
