package oht50.metrics.simulation;

import java.time.ZoneId;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Restarts after which another zone of days is configured. Their dice are their own, so that the
 * rest of the scenario is the same without them.
 */
final class Reconfigurations {
  private static final int OF_STOPS = 3; // one of so many

  /** Two of them begin a day of October at the same instant, and end it at different ones. */
  private static final ZoneId[] ZONES = {
    ZoneId.of("UTC"),
    ZoneId.of("Asia/Ho_Chi_Minh"),
    ZoneId.of("Europe/Berlin"),
    ZoneId.of("Africa/Johannesburg")
  };

  private final SplittableRandom random;

  Reconfigurations(long seed) {
    random = new SplittableRandom(seed ^ 0x5a6f6e65);
  }

  /** Gives some of the stops another zone. */
  void reconfigure(List<Step> steps) {
    steps.replaceAll(
        step ->
            step instanceof Step.Stop stop && random.nextInt(OF_STOPS) == 0
                ? new Step.Stop(stop.parallelism(), ZONES[random.nextInt(ZONES.length)])
                : step);
  }
}
