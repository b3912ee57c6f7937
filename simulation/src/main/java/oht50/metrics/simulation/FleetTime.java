package oht50.metrics.simulation;

import java.util.List;
import java.util.SplittableRandom;

/** Event time of the fleet, and the watermark that follows it. */
final class FleetTime {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;

  private final SplittableRandom random;
  private final List<Step> steps;
  private long now;
  private long marked; // highest watermark
  private boolean restarted; // and no watermark since

  /**
   * @param steps to which watermarks are added
   */
  FleetTime(SplittableRandom random, long now, List<Step> steps) {
    this.random = random;
    this.now = now;
    this.marked = now - MINUTE;
    this.steps = steps;
  }

  long now() {
    return now;
  }

  /** The highest watermark. */
  long marked() {
    return marked;
  }

  /** The watermark may begin low again. */
  void restart() {
    restarted = true;
  }

  /** Time goes on, mostly by seconds, and in steps. */
  void pass() {
    int dice = random.nextInt(100);
    if (dice < 60) {
      now += random.nextLong(6 * SECOND);
    } else if (dice < 97) {
      now += random.nextLong(30 * SECOND);
    } else {
      now += random.nextLong(6 * MINUTE);
    }
    if (random.nextInt(100) < 35) {
      mark();
    }
  }

  private void mark() {
    if (restarted && random.nextInt(100) < 40) {
      steps.add(new Step.Mark(marked - 1 - random.nextLong(10 * MINUTE)));
      return;
    }
    restarted = false;
    long reached = now - 2 * SECOND - random.nextLong(3 * SECOND);
    if (reached > marked) {
      marked = reached;
      steps.add(new Step.Mark(reached));
    }
  }

  /** Nobody speaks for half an hour or more; all that is open closes. */
  void silence() {
    int dice = random.nextInt(10);
    long length =
        dice < 5
            ? 31 * MINUTE + random.nextLong(HOUR)
            : dice < 9 ? HOUR + random.nextLong(5 * HOUR) : 20 * HOUR + random.nextLong(20 * HOUR);
    long until = now + length;
    if (random.nextBoolean()) { // the clock ticks on
      for (long each = now; each < until; each += length / 4) {
        steps.add(new Step.Mark(each));
      }
    }
    now = until;
    marked = until;
    restarted = false;
    steps.add(new Step.Mark(until));
  }
}
