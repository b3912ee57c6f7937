package oht50.metrics.simulation;

import java.util.List;
import java.util.SplittableRandom;
import oht50.metrics.model.Position;
import oht50.metrics.model.Registration;

/**
 * What the registry says while a scenario passes: robots of several sites that move, before they
 * first speak, after they last did, and at any moment between. Its dice are its own, so that the
 * rest of the scenario is the same without it.
 */
final class Registry {
  private static final long HOUR = 60 * 60_000;
  private static final int MOST = 6;
  private static final Position TOPIC = new Position("oht50.registry", 0, 0);

  /** Two of them begin a day of October at the same instant, and end it at different ones. */
  private static final String[] ZONES = {
    "Asia/Ho_Chi_Minh",
    "Europe/Berlin",
    "Africa/Johannesburg",
    "Australia/Lord_Howe",
    "America/Los_Angeles",
    "UTC",
    null
  };

  private static final long[] INTERVALS = {Registration.NOT_SAID, 100, 1_000, 30_000}; // ms

  private final SplittableRandom random;
  private long offset;

  Registry(long seed) {
    random = new SplittableRandom(~seed);
  }

  /**
   * @param steps among which registrations are put
   */
  void register(int robots, long begin, List<Step> steps) {
    int[] places = random.ints(random.nextInt(MOST), 0, steps.size() + 1).sorted().toArray();
    for (int i = 0; i < places.length; i++) {
      steps.add(places[i] + i, new Step.Take(registration(robots, begin), "registry"));
    }
  }

  private Registration registration(int robots, long begin) {
    String robot = Robot.ALL.get(random.nextInt(robots)).id();
    if (random.nextInt(8) == 0) {
      return Registration.removal(robot, TOPIC.sourceId(), offset++);
    }
    long from =
        random.nextInt(3) == 0
            ? begin + random.nextLong(48) * HOUR - 12 * HOUR + random.nextLong(HOUR)
            : Registration.ALWAYS;
    String zone = ZONES[random.nextInt(ZONES.length)];
    long interval = INTERVALS[random.nextInt(INTERVALS.length)];
    return new Registration(robot, false, "fab", zone, from, interval, TOPIC.sourceId(), offset++);
  }
}
