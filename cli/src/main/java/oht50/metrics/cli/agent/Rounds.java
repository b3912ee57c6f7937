package oht50.metrics.cli.agent;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Beats at a steady interval until it is stopped; a beat that was missed is left out. */
public final class Rounds {
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final long intervalNanos;
  private long next = System.nanoTime();

  public Rounds(Duration interval) {
    this.intervalNanos = interval.toNanos();
  }

  /** Waits for the next beat; false when there is none any more. */
  public boolean await() throws InterruptedException {
    long now = System.nanoTime();
    boolean over = stopped.await(Math.max(0, next - now), TimeUnit.NANOSECONDS);
    next = Math.max(next + intervalNanos, System.nanoTime());
    return !over;
  }

  public void stop() {
    stopped.countDown();
  }
}
