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

  /** Waits for the next beat, the first of which is at once; false when there is none any more. */
  public boolean await() throws InterruptedException {
    long wait = Math.max(0, next - System.nanoTime());
    boolean over = stopped.await(wait, TimeUnit.NANOSECONDS);
    next = after(next, System.nanoTime(), intervalNanos);
    return !over;
  }

  /** The beat after {@code last} that is still to come. */
  static long after(long last, long now, long interval) {
    long missed = Math.max(0, now - last) / interval;
    return last + (missed + 1) * interval;
  }

  public void stop() {
    stopped.countDown();
  }
}
