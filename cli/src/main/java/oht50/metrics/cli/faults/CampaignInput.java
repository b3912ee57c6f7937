package oht50.metrics.cli.faults;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import oht50.metrics.cli.Topics;

/**
 * What is sent, decided by the seed: ticks of 20 s of event time. Three robots with points that
 * come late or twice or contradict an earlier one, rejects, missions, and in each tick a safety
 * event that becomes an alert two minutes later, or is answered in time, or turns out to have been.
 */
final class CampaignInput {
  static final long TICK_MILLIS = 20_000;
  static final long START = Instant.parse("2025-06-01T12:00:00Z").toEpochMilli();

  static final List<String> TOPICS =
      List.of(Topics.MISSIONS, Topics.SAFETY, Topics.POINTS, Topics.CLOCK);

  private static final int ROBOTS = 3;
  private static final int POINT_EVERY_MILLIS = 5_000;

  record Line(String topic, String key, String value) {}

  private CampaignInput() {}

  /** Ticks, each with its lines in their order; the last of a tick takes the clock to its end. */
  static List<List<Line>> of(long seed, int ticks) {
    SplittableRandom random = new SplittableRandom(seed ^ 0x5eed);
    List<List<Line>> input = new ArrayList<>();
    for (int tick = 0; tick < ticks; tick++) {
      long begin = START + tick * TICK_MILLIS;
      List<Line> lines = new ArrayList<>();
      points(begin, tick, random, lines);
      safety(begin, tick, lines);
      missions(begin, tick, lines);
      lines.add(clock(begin + TICK_MILLIS));
      input.add(lines);
    }
    return input;
  }

  static Line clock(long millis) {
    return new Line(Topics.CLOCK, "clock", "{\"ts\": " + millis + "}");
  }

  private static void points(long begin, int tick, SplittableRandom random, List<Line> lines) {
    for (long time = begin; time < begin + TICK_MILLIS; time += POINT_EVERY_MILLIS) {
      for (int robot = 0; robot < ROBOTS; robot++) {
        for (String name : new String[] {"load", "speed"}) {
          boolean late = tick > 3 && random.nextInt(10) == 0;
          // A late one may fall on a time that has a value already: then it contradicts it.
          long timestamp =
              late ? Math.max(START, time - POINT_EVERY_MILLIS * (1 + random.nextInt(120))) : time;
          lines.add(point(name, "R" + robot, timestamp, random.nextInt(1_000_000) / 7.0));
        }
      }
    }
    if (random.nextInt(3) == 0) {
      lines.add(lines.get(random.nextInt(lines.size())));
    }
    if (tick % 5 == 2) {
      lines.add(new Line(Topics.POINTS, "load", "{\"name\": \"9lives\", \"at\": " + begin + "}"));
    }
  }

  private static Line point(String name, String robot, long time, double value) {
    return new Line(
        Topics.POINTS,
        name,
        String.format(
            Locale.ROOT,
            "{\"name\": \"%s\", \"value\": %s, \"timestamp\": \"%s\","
                + " \"labels\": {\"robot_id\": \"%s\"}, \"metric_type\": \"gauge\"}",
            name,
            value,
            Instant.ofEpochMilli(time),
            robot));
  }

  // Robot S-n stops in tick n; of three, one is never seen to, one is cleared after it alerted, and
  // of one it becomes known late that it was cleared in time.
  private static void safety(long begin, int tick, List<Line> lines) {
    lines.add(event("S-" + tick, "e_stop", "critical", begin + 1_000));
    int past = tick - 9;
    if (past >= 0 && past % 3 == 1) {
      lines.add(clear("S-" + past, begin + 2_000));
    } else if (past >= 0 && past % 3 == 2) {
      lines.add(clear("S-" + past, begin - 9 * TICK_MILLIS + 90_000));
    }
  }

  private static Line event(String robot, String type, String severity, long time) {
    return new Line(
        Topics.SAFETY,
        robot,
        String.format(
            Locale.ROOT,
            "{\"event_type\": \"%s\", \"severity\": \"%s\", \"timestamp\": \"%s\"}",
            type,
            severity,
            Instant.ofEpochMilli(time)));
  }

  private static Line clear(String robot, long time) {
    return new Line(
        Topics.SAFETY,
        robot,
        String.format(
            Locale.ROOT,
            "{\"type\": \"safety.clear\", \"timestamp\": \"%s\","
                + " \"data\": {\"cleared_by\": \"operator\"}}",
            Instant.ofEpochMilli(time)));
  }

  private static void missions(long begin, int tick, List<Line> lines) {
    String[] life = {"queued", "executing", "completed"};
    String id = "m-" + tick / life.length;
    lines.add(
        new Line(
            Topics.MISSIONS,
            id,
            String.format(
                Locale.ROOT,
                "{\"mission_id\": \"%s\", \"mission_type\": \"transport\", \"robot_id\": \"R%d\","
                    + " \"priority\": \"normal\", \"status\": \"%s\", \"timestamp\": \"%s\"}",
                id,
                tick % ROBOTS,
                life[tick % life.length],
                Instant.ofEpochMilli(begin + 3_000))));
  }
}
