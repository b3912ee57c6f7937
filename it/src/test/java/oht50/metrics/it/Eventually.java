package oht50.metrics.it;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for other processes: looks until something holds or the patience is at its end. */
final class Eventually {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /**
   * Patience is what a person would have on a machine with nothing else to do. The one that builds
   * may be several times slower, and what only comes late is not wrong.
   */
  private static final int SLOWEST = 4;

  private Eventually() {}

  /** Repeats assertions until they pass; fails with the last failure. */
  static void passes(Duration patience, Runnable assertions) {
    long deadline = System.nanoTime() + SLOWEST * patience.toNanos();
    while (true) {
      long looked = System.nanoTime();
      try {
        assertions.run();
        return;
      } catch (AssertionError e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
      }
      pauseAfterLookSince(looked);
    }
  }

  /** Looks until a value has stayed the same for some time, and returns it. */
  static <T> T settles(Duration patience, Duration quiet, Callable<T> look) throws Exception {
    long deadline = System.nanoTime() + SLOWEST * patience.toNanos();
    long looked = System.nanoTime();
    T value = look.call();
    long since = System.nanoTime();
    while (System.nanoTime() - since < quiet.toNanos()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "still changing after " + SLOWEST + " times " + patience + ": " + value);
      }
      pauseAfterLookSince(looked);
      looked = System.nanoTime();
      T next = look.call();
      if (!next.equals(value)) {
        value = next;
        since = System.nanoTime();
      }
    }
    return value;
  }

  /** As long as the look took, at least: what is waited for needs the machine too. */
  private static void pauseAfterLookSince(long looked) {
    LockSupport.parkNanos(Math.max(PAUSE_NANOS, System.nanoTime() - looked));
  }
}
