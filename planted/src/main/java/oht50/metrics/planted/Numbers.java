package oht50.metrics.planted;

import java.util.concurrent.atomic.AtomicLong;

/** For advice: numbers that never come twice. */
public final class Numbers {
  private static final AtomicLong LAST = new AtomicLong();

  private Numbers() {}

  public static long next() {
    return LAST.incrementAndGet();
  }
}
