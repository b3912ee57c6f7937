package oht50.metrics.ruleset;

import java.time.Duration;

/** From when a set that is sent now may be valid. */
public final class RuleSetTimes {
  /** So long a set may be on its way to all who evaluate, or its first ticks are corrected. */
  private static final long ON_THE_WAY = Duration.ofSeconds(15).toMillis();

  private static final long MINUTE = Duration.ofMinutes(1).toMillis();

  private RuleSetTimes() {}

  /**
   * The next whole minute that is far enough ahead.
   *
   * @param now ms
   */
  public static long next(long now) {
    return -Math.floorDiv(-(now + ON_THE_WAY), MINUTE) * MINUTE;
  }
}
