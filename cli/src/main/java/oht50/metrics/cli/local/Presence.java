package oht50.metrics.cli.local;

import java.time.Duration;

/**
 * When the JobManager last knew a process of its cluster. One that was never seen gets more time:
 * on a busy machine a start takes long, and one start after the other would never come to an end.
 */
final class Presence {
  static final Duration LOST = Duration.ofSeconds(40);
  static final Duration NEVER_CAME = Duration.ofMinutes(4);

  private long sinceNanos;
  private boolean seen;

  /** Times are those of System.nanoTime. */
  synchronized void started(long nowNanos) {
    sinceNanos = nowNanos;
    seen = false;
  }

  synchronized void seen(long nowNanos) {
    sinceNanos = nowNanos;
    seen = true;
  }

  /** As good as dead, though it may live. */
  synchronized boolean isLost(long nowNanos) {
    return nowNanos - sinceNanos > (seen ? LOST : NEVER_CAME).toNanos();
  }
}
