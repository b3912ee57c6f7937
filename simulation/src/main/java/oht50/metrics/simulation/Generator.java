package oht50.metrics.simulation;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import oht50.metrics.model.Event;
import oht50.metrics.model.EventKind;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.simulation.life.Coverage;

/**
 * Makes a scenario of a seed: a few robots that send samples, facts and events as time passes, and
 * everything that may go wrong with them. Each scenario has at least 200 inputs, a conflict, five
 * late messages, a silence, a stop, a crash and a rescale.
 */
final class Generator {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final int LEAST_INPUTS = 200;
  private static final int MOST_INPUTS = 255; // before any is left out

  private static final ZoneId[] ZONES = {
    ZoneId.of("UTC"), ZoneId.of("Asia/Ho_Chi_Minh"), ZoneId.of("Europe/Berlin")
  };

  /** Some days before the end of summer time in Berlin, 2026-10-25. */
  private static final long BEGINNING = Instant.parse("2026-10-23T00:00:00Z").toEpochMilli();

  /** What has to happen once, whatever the dice say. */
  private enum Must {
    CONFLICT,
    LATE,
    SILENCE,
    STOP,
    CRASH,
    RESCALE
  }

  private final SplittableRandom random;
  private final Messages messages;
  private final Setup setup;
  private final FleetTime time;
  private final int robots;
  private final long begin;
  private final List<Step> steps = new ArrayList<>();
  private int parallelism = 1;
  private int inputs;

  private Generator(long seed) {
    random = new SplittableRandom(seed);
    messages = new Messages(random);
    long[] horizons = {30 * MINUTE, HOUR, 2 * HOUR};
    long[] idles = {10 * MINUTE, 30 * MINUTE};
    long[] chunkCadences = {10 * SECOND, 30 * SECOND, MINUTE};
    setup =
        new Setup(
            ZONES[random.nextInt(ZONES.length)],
            horizons[random.nextInt(horizons.length)],
            idles[random.nextInt(idles.length)],
            10 * SECOND,
            chunkCadences[Math.floorMod(seed, chunkCadences.length)]);
    robots = 1 + random.nextInt(Robot.ALL.size());
    begin = BEGINNING + random.nextLong(48) * HOUR + random.nextLong(HOUR);
    time = new FleetTime(random, begin, steps);
  }

  static Scenario scenario(long seed) {
    long dice = seed;
    while (true) {
      for (int inputs = 215; inputs <= MOST_INPUTS; inputs += 20) {
        Scenario scenario = decided(new Generator(dice).generate(seed, inputs));
        if (scenario.inputs() >= LEAST_INPUTS && hasConflictAndRepeat(scenario)) {
          return scenario;
        }
      }
      // Nearly all that comes after a crash may be undecided, however much is added.
      dice = new SplittableRandom(dice).nextLong();
    }
  }

  /**
   * What was to be one may have been left out, or have come before there was anything to repeat.
   */
  private static boolean hasConflictAndRepeat(Scenario scenario) {
    Coverage contents = new Coverage(What.values());
    Contents.count(scenario, contents);
    return contents.of(What.CONFLICTS) > 0 && contents.of(What.REPEATS) > 0;
  }

  /** Leaves out inputs of which the contract does not say whether they are beyond the horizon. */
  private static Scenario decided(Scenario scenario) {
    List<Step> steps = new ArrayList<>(scenario.steps());
    while (true) { // leaving one out may decide another otherwise
      Admissions admissions = Admissions.of(scenario.setup(), History.of(scenario.with(steps)));
      if (admissions.undecided.isEmpty()) {
        return scenario.with(steps);
      }
      steps.removeIf(admissions.undecided::contains);
    }
  }

  private Scenario generate(long seed, int wanted) {
    List<Must> musts =
        new ArrayList<>(
            List.of(
                Must.CONFLICT,
                Must.SILENCE,
                Must.STOP,
                Must.CRASH,
                Must.RESCALE,
                Must.LATE,
                Must.LATE,
                Must.LATE,
                Must.LATE,
                Must.LATE));
    int[] when = random.ints(musts.size(), wanted / 5, wanted - 10).sorted().toArray();
    int done = 0;
    while (inputs < wanted) {
      if (done < when.length && inputs >= when[done]) {
        must(musts.remove(random.nextInt(musts.size())));
        done++;
      } else {
        happen();
      }
    }
    if (random.nextInt(4) > 0) {
      Robot.ALL.subList(0, robots).forEach(this::answerAll);
    }
    new Registry(seed).register(robots, begin, steps);
    new Reconfigurations(seed).reconfigure(steps);
    return new Scenario(seed, setup, List.copyOf(steps));
  }

  private void must(Must must) {
    switch (must) {
      case CONFLICT -> conflict();
      case LATE -> telemetry("late", time.now() - MINUTE - random.nextLong(setup.horizon() / 2));
      case SILENCE -> time.silence();
      case STOP -> stop(parallelism);
      case CRASH -> crash(parallelism);
      case RESCALE -> {
        int other = 1 + (parallelism + random.nextInt(2)) % 3;
        if (random.nextBoolean()) {
          stop(other);
        } else {
          crash(other);
        }
      }
    }
  }

  private void happen() {
    time.pass();
    int dice = random.nextInt(1000);
    if (dice < 430) {
      telemetry("", time.now() - random.nextLong(2 * SECOND));
    } else if (dice < 500) {
      telemetry("late", time.now() - random.nextLong(setup.horizon()));
    } else if (dice < 530) {
      telemetry("old", time.now() - setup.horizon() - random.nextLong(3 * HOUR));
    } else if (dice < 570) {
      take(messages.ofSeveralTimes(robot(), time.now()), "batch");
    } else if (dice < 640) {
      take(messages.slow(robot(), time.now()), "");
    } else if (dice < 700) {
      repeat();
    } else if (dice < 740) {
      conflict();
    } else if (dice < 850) {
      fact();
    } else if (dice < 950) {
      event();
    } else if (dice < 955) {
      time.silence();
    } else if (dice < 970) {
      steps.add(new Step.Standstill());
    } else if (dice < 990) {
      steps.add(new Step.Snapshot());
    } else if (dice < 994) {
      stop(parallelism);
    } else if (dice < 997) {
      crash(parallelism);
    } else {
      steps.add(new Step.Standstill());
    }
  }

  private void stop(int to) {
    parallelism = to;
    steps.add(new Step.Stop(to, null));
    time.restart();
    if (random.nextInt(3) == 0) {
      longForgotten();
    }
  }

  private void crash(int to) {
    parallelism = to;
    steps.add(new Step.Crash(to, random.nextLong()));
    time.restart();
  }

  private void take(Object message, String intent) {
    steps.add(new Step.Take(message, intent));
    inputs++;
  }

  private Robot robot() {
    return Robot.ALL.get(random.nextInt(robots));
  }

  private void telemetry(String intent, long at) {
    take(messages.telemetry(robot(), at), intent);
  }

  private Step.Take earlier() {
    List<Step.Take> takes = new ArrayList<>();
    for (Step step : steps) {
      if (step instanceof Step.Take take) {
        takes.add(take);
      }
    }
    if (takes.isEmpty()) {
      return null;
    }
    int recent = random.nextBoolean() ? Math.min(8, takes.size()) : takes.size();
    return takes.get(takes.size() - 1 - random.nextInt(recent));
  }

  /** Delivered once more, or sent once more. */
  private void repeat() {
    Step.Take earlier = earlier();
    if (earlier == null) {
      return;
    }
    boolean isSentAgain = random.nextBoolean();
    take(isSentAgain ? messages.again(earlier.message()) : earlier.message(), "repeat");
  }

  /** The same series and time with another value, from the same source or another. */
  private void conflict() {
    for (int tries = 0; tries < 20; tries++) {
      Step.Take earlier = earlier();
      if (earlier != null && earlier.message() instanceof SampleBatch batch) {
        take(messages.conflicting(batch), "conflict");
        return;
      }
      if (earlier != null && earlier.message() instanceof Event event && tries > 10) {
        take(messages.moved(event, event.timestamp() + random.nextLong(5 * SECOND)), "conflict");
        return;
      }
    }
  }

  private void fact() {
    Robot robot = robot();
    SeriesLayout layout = robot.counted()[random.nextInt(4) == 0 ? 1 : 0];
    long at = time.now() - random.nextLong(2 * SECOND);
    String intent = "";
    int dice = random.nextInt(10);
    if (dice < 3) {
      at = time.now() - random.nextLong(setup.horizon());
      intent = "late";
    } else if (dice == 3) {
      at = time.now() - setup.horizon() - random.nextLong(HOUR);
      intent = "old";
    } else if (dice < 7) {
      Step.Take earlier = earlier();
      if (earlier != null && earlier.message() instanceof Occurrence fact) {
        // Another fact of a second that has some.
        layout = fact.series();
        at = fact.timestamp();
        intent = "another";
      }
    }
    take(messages.fact(layout, at), intent);
  }

  /**
   * Comes when the watermark begins low again: a stop beyond the horizon of what was judged before,
   * once more or for the first time.
   */
  private void longForgotten() {
    long edge = time.marked() - setup.horizon() - Math.max(Setup.STALLED_WITHIN, 10 * MINUTE);
    List<Event> old = new ArrayList<>();
    for (Step step : steps) {
      if (step instanceof Step.Take take
          && take.message() instanceof Event event
          && event.type().equals("e_stop")
          && event.timestamp() < edge) {
        old.add(event);
      }
    }
    if (!old.isEmpty() && random.nextBoolean()) {
      take(old.get(random.nextInt(old.size())), "forgotten");
    } else {
      long at = edge - random.nextLong(HOUR);
      take(messages.event(robot(), EventKind.SAFETY, "e_stop", null, false, at), "forgotten");
    }
  }

  /** So that no alert stays open, and nothing may be left in state. */
  private void answerAll(Robot robot) {
    take(messages.event(robot, EventKind.SAFETY, "clear", null, false, time.now()), "last");
    take(messages.event(robot, EventKind.MISSION, "pick", "completed", false, time.now()), "last");
  }

  private void event() {
    Robot robot = robot();
    long at = time.now() - random.nextLong(2 * SECOND);
    String intent = "";
    int dice = random.nextInt(10);
    if (dice < 4) {
      at = time.now() - random.nextLong(Math.min(setup.horizon(), 15 * MINUTE));
      intent = "late";
    } else if (dice == 4) {
      at = time.now() - setup.horizon() - random.nextLong(HOUR);
      intent = "old";
    }
    boolean isSafety = random.nextBoolean();
    boolean isAnswer = random.nextInt(5) < 2;
    boolean isAcknowledged = isAnswer && random.nextBoolean();
    String type =
        isSafety ? (isAcknowledged ? "acknowledgement" : isAnswer ? "clear" : "e_stop") : "pick";
    String status = isSafety ? null : isAnswer ? "in_progress" : "assigned";
    EventKind kind = isSafety ? EventKind.SAFETY : EventKind.MISSION;
    take(messages.event(robot, kind, type, status, isSafety && isAcknowledged, at), intent);
  }
}
