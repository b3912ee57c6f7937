package oht50.metrics.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Processes are killed during a replay of one fixed file, with a window open and a sequence
 * pending; what the tables and the exposition page finally say is that of an undisturbed run.
 */
class KillIT {
  private static final long T = Instant.parse("2025-06-01T12:00:00Z").toEpochMilli();
  private static final long MINUTE = 60_000;
  private static final long[] PART_ENDS = {
    T + 10 * MINUTE + 30_000,
    T + 20 * MINUTE + 30_000,
    T + 30 * MINUTE,
    T + 40 * MINUTE,
    T + 50 * MINUTE
  };
  private static final String[] QUIET = {
    "--no-demo",
    "--no-host",
    "--no-clock",
    "--set",
    "time.max-trailing=3650d",
    "--set",
    "time.idle-after=1s"
  };

  /** One part of the file ends with a line that takes the clock to just before the next. */
  private final List<List<String>> parts = parts();

  @Test
  void killedProcessesLeaveTheFinalTablesAsTheyWouldBe() throws Exception {
    List<String> undisturbed;
    Map<String, Double> undisturbedPage;
    try (Stack stack = Stack.at(3).up(QUIET)) {
      for (List<String> part : parts) {
        stack.send(part);
      }
      undisturbed = finalDigest(stack);
      undisturbedPage = ScrapedPage.thatAgreesWithTheTables(stack).values();
    }
    assertThat(undisturbedPage)
        .containsEntry(
            "oht50_safety_response_time_seconds_count{type=timeout}", 20.0 * PART_ENDS.length)
        .containsKey("oht50_safety_events_total{severity=low, type=zone_violation}")
        .containsKey("oht50_missions_total{status=failed, type=patrol}");
    assertThat(undisturbed.get(1)).contains("PENDING-1").contains("PENDING-2");

    try (Stack stack = Stack.at(4).up(QUIET)) {
      stack.send(parts.get(0));
      isCaughtInTheAct(stack, "PENDING-1", PART_ENDS[0]);
      long taskManager = kill(stack.pid("taskManager"));
      stack.send(parts.get(1));
      isUpAgain(stack, "taskManager", taskManager);

      isCaughtInTheAct(stack, "PENDING-2", PART_ENDS[1]);
      long jobManager = kill(stack.pid("jobManager"));
      stack.send(parts.get(2));
      isUpAgain(stack, "jobManager", jobManager);

      long kafka = killDuring(stack, "kafka", parts.get(3));
      isUpAgain(stack, "kafka", kafka);

      long postgres = killDuring(stack, "postgres", parts.get(4));
      isUpAgain(stack, "postgres", postgres);

      assertThat(finalDigest(stack)).isEqualTo(undisturbed);
      assertThat(ScrapedPage.thatAgreesWithTheTables(stack).values()).isEqualTo(undisturbedPage);
    }
  }

  private static void isCaughtInTheAct(Stack stack, String pending, long partEnd)
      throws IOException {
    Eventually.passes(
        Duration.ofSeconds(60),
        () ->
            assertThat(stack.value("SELECT count(*) FROM events WHERE entity = '" + pending + "'"))
                .as("a sequence has begun")
                .isEqualTo("1"));
    // Past the next early tick; said again, because a restart forgets how far time had come.
    long[] now = {partEnd + 12_000};
    Eventually.passes(
        Duration.ofSeconds(60),
        () -> {
          stack.send(List.of(Lines.clock(now[0])));
          now[0] += 500;
          assertThat(
                  stack.value(
                      "SELECT count(*) > 0 FROM rollups WHERE NOT is_final AND \"interval\" = '1m'"))
              .as("a minute is open")
              .isEqualTo("t");
        });
    assertThat(
            stack.value(
                "SELECT count(*) FROM alert_transitions WHERE rule = 'SafetyEventUnacknowledged'"
                    + " AND labels->>'robot_id' = '"
                    + pending
                    + "'"))
        .as("and is not decided")
        .isEqualTo("0");
  }

  /** In the middle of what is sent: ten minutes in fifteen seconds. */
  private static long killDuring(Stack stack, String process, List<String> part) throws Exception {
    long pid = stack.pid(process);
    CompletableFuture<Void> sent =
        CompletableFuture.runAsync(() -> stack.send(part, "--speed", "40"));
    String before = stack.value("SELECT max(seq) FROM rollups");
    Eventually.passes(
        Duration.ofSeconds(60),
        () ->
            assertThat(stack.value("SELECT max(seq) FROM rollups"))
                .as("rows of this part are written")
                .isNotEqualTo(before));
    long killed = kill(pid);
    assertThat(sent).as("the client goes on sending").isNotDone();
    sent.get(3, TimeUnit.MINUTES);
    return killed;
  }

  private static long kill(long pid) {
    Oht50.run(List.of("kill", "-9", String.valueOf(pid)), Map.of()).expectSuccess();
    return pid;
  }

  /** Another process, and a checkpoint that it took part in. */
  private static void isUpAgain(Stack stack, String process, long killed) {
    long checkpoint = stack.status().path("checkpoint").path("id").asLong();
    Eventually.passes(
        Duration.ofMinutes(2),
        () -> {
          var status = stack.status();
          assertThat(status.path("pids").path(process).asLong()).isNotIn(0L, killed);
          assertThat(status.path("job").path("state").asText()).isEqualTo("RUNNING");
          assertThat(status.path("checkpoint").path("id").asLong()).isGreaterThan(checkpoint);
        });
  }

  /** Final rollups, alerts that stand, rejects: without positions and what derives from arrival. */
  private static List<String> finalDigest(Stack stack) throws Exception {
    // Time goes on only when all has been read: what is still on its way must not become days late.
    Eventually.settles(
        Duration.ofMinutes(2),
        Duration.ofSeconds(5),
        () -> stack.value("SELECT max(seq), count(*), (SELECT count(*) FROM chunks) FROM rollups"));
    long[] now = {T + 3 * 24 * 60 * MINUTE};
    Eventually.passes(
        Duration.ofSeconds(90),
        () -> {
          stack.send(List.of(Lines.clock(now[0])));
          now[0] += MINUTE;
          assertThat(stack.value("SELECT count(*) FROM rollups WHERE NOT is_final")).isEqualTo("0");
        });
    return Eventually.settles(
        Duration.ofMinutes(3),
        Duration.ofSeconds(8), // longer than idle detection and a checkpoint
        () -> {
          List<String> digest = new ArrayList<>();
          digest.add(
              stack.value(
                  "SELECT count(*) || ' rollups ' || md5(string_agg(concat_ws('|', canonical, \"interval\","
                      + " window_start, count, encode(float8send(sum), 'hex'), encode(float8send(min), 'hex'),"
                      + " encode(float8send(max), 'hex'), encode(float8send(first), 'hex'), encode(float8send(last), 'hex')),"
                      + " E'\\n' ORDER BY canonical, \"interval\", window_start))"
                      + " FROM rollups JOIN series USING (series_id) WHERE is_final AND canonical NOT LIKE '%latency%'"));
          digest.add(
              String.join(
                  "\n",
                  stack.rows(
                      "SELECT alert_id, labels->>'robot_id', state, active_at, starts_at, ends_at FROM alerts"
                          + " WHERE NOT withdrawn ORDER BY 1")));
          digest.add(
              String.join(
                  "\n",
                  stack.rows(
                      "SELECT topic, path, reason, value FROM rejected ORDER BY 1, 2, 3, 4")));
          digest.add(
              stack.value(
                  "SELECT count(*) || ' open of ' || (SELECT count(*) FROM rollups) FROM rollups WHERE NOT is_final"));
          return digest;
        });
  }

  private static List<List<String>> parts() {
    SplittableRandom random = new SplittableRandom(50);
    List<List<String>> parts = new ArrayList<>();
    long second = T;
    for (int part = 0; part < PART_ENDS.length; part++) {
      List<String> lines = new ArrayList<>();
      for (; second < PART_ENDS[part]; second += 1_000) {
        for (int robot = 0; robot < 3; robot++) {
          boolean isLate = random.nextInt(12) == 0 && second > T + 5 * MINUTE;
          long timestamp = isLate ? second - random.nextInt(5 * 60_000) : second;
          lines.add(
              Lines.point(
                  "load",
                  "{\"robot_id\": \"R" + robot + "\"}",
                  timestamp,
                  random.nextInt(100_000) / 7.0));
        }
        if (random.nextInt(40) == 0) {
          lines.add(lines.get(random.nextInt(lines.size()))); // a repeat
        }
        if (random.nextInt(100) == 0) {
          lines.add(
              Lines.raw("oht50.points", "x", "{\"name\": \"9lives\", \"at\": " + second + "}"));
        }
      }
      lines.addAll(facts(second - 10 * MINUTE, second));
      if (part < 2) {
        // Undecided when the part ends: two minutes have not passed.
        lines.add(Lines.safety("PENDING-" + (part + 1), "e_stop", "critical", second - 60_000));
      }
      lines.add(Lines.clock(second));
      parts.add(lines);
    }
    return parts;
  }

  /** Missions and safety events, all of them late, and some of them twice. */
  private static List<String> facts(long from, long to) {
    SplittableRandom random = new SplittableRandom(to);
    List<String> lines = new ArrayList<>();
    for (long second = from; second < to; second += 1_000) {
      String robot = "R" + random.nextInt(3);
      if (random.nextInt(4) == 0) {
        lines.add(
            Lines.mission(
                "M-" + second,
                robot,
                random.nextBoolean() ? "patrol" : "transport",
                random.nextInt(5) == 0 ? "failed" : "completed",
                second));
      }
      if (random.nextInt(10) == 0) {
        lines.add(Lines.safety(robot, "zone_violation", "low", second));
      }
      if (!lines.isEmpty() && random.nextInt(10) == 0) {
        lines.add(lines.get(random.nextInt(lines.size())));
      }
    }
    for (int i = 0; i < 20; i++) {
      // Eighths of a second have exact sums.
      lines.add(
          Lines.answeredSafety(
              "R" + i % 3, "timeout", "low", from + i * 5_000, 125 * random.nextInt(1, 20)));
    }
    return lines;
  }
}
