package oht50.metrics.simulation;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import oht50.metrics.model.Event;
import oht50.metrics.model.EventKind;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.Position;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.model.StaleMarker;

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

  private static final ZoneId[] ZONES = {
    ZoneId.of("UTC"), ZoneId.of("Asia/Ho_Chi_Minh"), ZoneId.of("Europe/Berlin")
  };

  /** Some days before the end of summer time in Berlin, 2026-10-25. */
  private static final long BEGINNING = Instant.parse("2026-10-23T00:00:00Z").toEpochMilli();

  private static final double[] ODD_VALUES = {
    Double.NaN,
    StaleMarker.VALUE,
    0.0,
    -0.0,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    1e308,
    -1e308,
    1e16
  };

  private static final Position TELEMETRY = new Position("oht50.telemetry", 0, 0);
  private static final Position POINTS = new Position("oht50.points", 0, 0);
  private static final Position SAFETY = new Position("oht50.safety", 0, 0);

  private static final List<Robot> ROBOTS = List.of(Robot.of("A"), Robot.of("B"), Robot.of("C"));

  /** A robot, its series and what may be counted of it. */
  private record Robot(String id, Series[] telemetry, Series[] slow, SeriesLayout[] counted) {
    static Robot of(String id) {
      return new Robot(
          id,
          new Series[] {
            series(id, "oht50_robot_battery_percent", MetricKind.GAUGE),
            series(id, "oht50_robot_speed_meters_per_second", MetricKind.GAUGE),
            series(id, "oht50_robot_mode", MetricKind.STATE)
          },
          new Series[] {
            series(id, "oht50_motor_temperature_celsius", MetricKind.GAUGE),
            series(id, "oht50_motor_energy_joules", MetricKind.COUNTER)
          },
          new SeriesLayout[] {
            SeriesLayout.of(series(id, "oht50_missions", MetricKind.DELTA)),
            SeriesLayout.of(
                series(id, "oht50_missions", MetricKind.DELTA),
                series(id, "oht50_missions_failed", MetricKind.DELTA))
          });
    }

    private static Series series(String robot, String name, MetricKind kind) {
      return Answer.Names.known(Series.of(name, Labels.of("robot_id", robot), kind));
    }
  }

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
  private final Setup setup;
  private final int robots;
  private final List<Step> steps = new ArrayList<>();
  private long now; // event time of the fleet
  private long marked; // highest watermark
  private long offset;
  private int parallelism = 1;
  private int inputs;
  private boolean restarted; // and no watermark since

  private Generator(long seed) {
    random = new SplittableRandom(seed);
    long[] horizons = {30 * MINUTE, HOUR, 2 * HOUR};
    long[] idles = {10 * MINUTE, 30 * MINUTE};
    setup =
        new Setup(
            ZONES[random.nextInt(ZONES.length)],
            horizons[random.nextInt(horizons.length)],
            idles[random.nextInt(idles.length)],
            10 * SECOND);
    robots = 1 + random.nextInt(ROBOTS.size());
    now = BEGINNING + random.nextLong(48) * HOUR + random.nextLong(HOUR);
    marked = now - MINUTE;
  }

  static Scenario scenario(long seed) {
    for (int inputs = 215; ; inputs += 20) {
      Scenario scenario = decided(new Generator(seed).generate(seed, inputs));
      if (scenario.inputs() >= LEAST_INPUTS) {
        return scenario;
      }
    }
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
      ROBOTS.subList(0, robots).forEach(this::answerAll);
    }
    return new Scenario(seed, setup, List.copyOf(steps));
  }

  private void must(Must must) {
    switch (must) {
      case CONFLICT -> conflict();
      case LATE -> telemetry("late", now - MINUTE - random.nextLong(setup.horizon() / 2));
      case SILENCE -> silence();
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
    pass();
    int dice = random.nextInt(1000);
    if (dice < 430) {
      telemetry("", now - random.nextLong(2 * SECOND));
    } else if (dice < 500) {
      telemetry("late", now - random.nextLong(setup.horizon()));
    } else if (dice < 530) {
      telemetry("old", now - setup.horizon() - random.nextLong(3 * HOUR));
    } else if (dice < 570) {
      batchOfSeveralTimes();
    } else if (dice < 640) {
      slow();
    } else if (dice < 700) {
      repeat();
    } else if (dice < 740) {
      conflict();
    } else if (dice < 850) {
      fact();
    } else if (dice < 950) {
      event();
    } else if (dice < 955) {
      silence();
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

  /** Time goes on, mostly by seconds, and in steps. */
  private void pass() {
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

  private void silence() {
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

  private void stop(int to) {
    parallelism = to;
    steps.add(new Step.Stop(to));
    restarted = true;
    if (random.nextInt(3) == 0) {
      longForgotten();
    }
  }

  private void crash(int to) {
    parallelism = to;
    steps.add(new Step.Crash(to, random.nextLong()));
    restarted = true;
  }

  private void take(Object message, String intent) {
    steps.add(new Step.Take(message, intent));
    inputs++;
  }

  private Robot robot() {
    return ROBOTS.get(random.nextInt(robots));
  }

  private double value() {
    int dice = random.nextInt(100);
    if (dice < 4) {
      return ODD_VALUES[random.nextInt(ODD_VALUES.length)];
    }
    return dice < 50 ? random.nextInt(1000) / 10.0 : (random.nextDouble() - 0.5) * 1e3;
  }

  private double[] values(int size) {
    double[] values = new double[size];
    Arrays.setAll(values, any -> value());
    return values;
  }

  private void telemetry(String intent, long at) {
    Robot robot = robot();
    int from = random.nextInt(robot.telemetry().length);
    Series[] some = Arrays.copyOfRange(robot.telemetry(), from, robot.telemetry().length);
    samples(new long[] {at}, some, values(some.length), TELEMETRY.sourceId(), intent);
  }

  private void slow() {
    Series[] some = robot().slow();
    samples(
        new long[] {now - random.nextLong(MINUTE)},
        some,
        values(some.length),
        TELEMETRY.sourceId(),
        "");
  }

  /** As a source sends them that was away: old and new, not in order. */
  private void batchOfSeveralTimes() {
    Robot robot = robot();
    int size = 2 + random.nextInt(6);
    Series[] some = new Series[size];
    long[] times = new long[size];
    for (int i = 0; i < size; i++) {
      some[i] = robot.telemetry()[random.nextInt(robot.telemetry().length)];
      times[i] = now - random.nextLong(4 * MINUTE);
    }
    samples(times, some, values(size), POINTS.sourceId(), "batch");
  }

  private void samples(
      long[] times, Series[] series, double[] values, long sourceId, String intent) {
    take(new SampleBatch(SeriesLayout.of(series), times, values, sourceId, offset++), intent);
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
    Object message = earlier.message();
    if (isSentAgain && message instanceof SampleBatch batch) {
      message =
          new SampleBatch(
              batch.layout(), batch.timestamps(), batch.values(), batch.sourceId(), offset++);
    } else if (isSentAgain && message instanceof Occurrence fact) {
      message =
          new Occurrence(
              fact.series(), fact.naturalKey(), fact.timestamp(), fact.sourceId(), offset++);
    }
    take(message, "repeat");
  }

  /** The same series and time with another value, from the same source or another. */
  private void conflict() {
    for (int tries = 0; tries < 20; tries++) {
      Step.Take earlier = earlier();
      if (earlier != null && earlier.message() instanceof SampleBatch batch) {
        long source =
            random.nextBoolean()
                ? batch.sourceId()
                : batch.sourceId() == POINTS.sourceId() ? TELEMETRY.sourceId() : POINTS.sourceId();
        take(
            new SampleBatch(
                batch.layout(), batch.timestamps(), values(batch.size()), source, offset++),
            "conflict");
        return;
      }
      if (earlier != null && earlier.message() instanceof Event event && tries > 10) {
        take(eventOf(event, event.timestamp() + random.nextLong(5 * SECOND)), "conflict");
        return;
      }
    }
  }

  private void fact() {
    Robot robot = robot();
    SeriesLayout layout = robot.counted()[random.nextInt(4) == 0 ? 1 : 0];
    long at = now - random.nextLong(2 * SECOND);
    String intent = "";
    int dice = random.nextInt(10);
    if (dice < 3) {
      at = now - random.nextLong(setup.horizon());
      intent = "late";
    } else if (dice == 3) {
      at = now - setup.horizon() - random.nextLong(HOUR);
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
    take(new Occurrence(layout, random.nextLong(), at, SAFETY.sourceId(), offset++), intent);
  }

  /**
   * Comes when the watermark begins low again: a stop beyond the horizon of what was judged before,
   * once more or for the first time.
   */
  private void longForgotten() {
    long edge = marked - setup.horizon() - Math.max(Setup.STALLED_WITHIN, 10 * MINUTE);
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
      take(event(robot(), EventKind.SAFETY, "e_stop", null, false, at), "forgotten");
    }
  }

  /** So that no alert stays open, and nothing may be left in state. */
  private void answerAll(Robot robot) {
    take(event(robot, EventKind.SAFETY, "clear", null, false, now), "last");
    take(event(robot, EventKind.MISSION, "pick", "completed", false, now), "last");
  }

  private void event() {
    Robot robot = robot();
    long at = now - random.nextLong(2 * SECOND);
    String intent = "";
    int dice = random.nextInt(10);
    if (dice < 4) {
      at = now - random.nextLong(Math.min(setup.horizon(), 15 * MINUTE));
      intent = "late";
    } else if (dice == 4) {
      at = now - setup.horizon() - random.nextLong(HOUR);
      intent = "old";
    }
    boolean isSafety = random.nextBoolean();
    boolean isAnswer = random.nextInt(5) < 2;
    boolean isAcknowledged = isAnswer && random.nextBoolean();
    String type =
        isSafety ? (isAcknowledged ? "acknowledgement" : isAnswer ? "clear" : "e_stop") : "pick";
    String status = isSafety ? null : isAnswer ? "in_progress" : "assigned";
    EventKind kind = isSafety ? EventKind.SAFETY : EventKind.MISSION;
    take(event(robot, kind, type, status, isSafety && isAcknowledged, at), intent);
  }

  private Event event(
      Robot robot, EventKind kind, String type, String status, boolean acknowledged, long at) {
    long number = offset++;
    return new Event(
        kind,
        "event-" + number,
        robot.id(),
        type,
        null,
        status,
        acknowledged,
        at,
        "{}",
        new Position(SAFETY.topic(), 0, number));
  }

  private Event eventOf(Event other, long at) {
    return new Event(
        other.kind(),
        other.id(),
        other.entity(),
        other.type(),
        other.severity(),
        other.status(),
        other.acknowledged(),
        at,
        other.payload(),
        new Position(SAFETY.topic(), 0, offset++));
  }
}
