package oht50.metrics.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Labels;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Scripts of events through the whole system, with the alerts they must give. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(30)
class EventScriptsIT {
  private static final long T = Instant.parse("2025-06-01T12:00:00Z").toEpochMilli();
  private static final long MINUTE = 60_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension private static final SharedStack TOLD = SharedStack.told();

  private static Stack stack;

  @BeforeAll
  static void play() throws Exception {
    stack = TOLD.stack();
    events(
        Lines.safety("NO-ANSWER", "e_stop", "critical", T),
        Lines.safety("IN-TIME", "e_stop", "critical", T),
        Lines.clear("IN-TIME", T + 119_999),
        Lines.safety("TOO-LATE", "e_stop", "critical", T),
        Lines.clear("TOO-LATE", T + 120_000));
    clock(T + 30 * MINUTE);
    alerts(3); // two fire, one of them ends

    events(Lines.safety("EVENT-LATE", "e_stop", "critical", T));
    alerts(4);

    events(Lines.safety("ANSWER-LATE", "e_stop", "critical", T + 40 * MINUTE));
    clock(T + 42 * MINUTE + 2_000); // the watermark is 2 s behind: just at the deadline
    alerts(5);
    clock(T + 42 * MINUTE + 5_000);
    events(Lines.clear("ANSWER-LATE", T + 41 * MINUTE)); // 3 s after the alert went out
    alerts(6);
  }

  @Test
  void withoutAnAnswerTheAlertFires() {
    assertThat(id("NO-ANSWER", T)).isEqualTo("5f476c38bdedd49f"); // an id never changes
    assertThat(alert("NO-ANSWER"))
        .containsExactly(id("NO-ANSWER", T) + "|firing|false|" + T + "|" + (T + 120_000) + "|null");
  }

  @Test
  void anAnswerAMillisecondBeforeTheDeadlineIsInTime() {
    assertThat(alert("IN-TIME")).isEmpty();
  }

  @Test
  void anAnswerAtTheDeadlineEndsTheAlert() {
    assertThat(alert("TOO-LATE"))
        .containsExactly(
            id("TOO-LATE", T) + "|firing|false|" + T + "|" + (T + 120_000) + "|null",
            id("TOO-LATE", T) + "|inactive|false|" + T + "|" + (T + 120_000) + "|" + (T + 120_000));
  }

  @Test
  void anEventThirtyMinutesLateFiresWithItsTrueTimes() {
    assertThat(alert("EVENT-LATE"))
        .containsExactly(
            id("EVENT-LATE", T) + "|firing|false|" + T + "|" + (T + 120_000) + "|null");
    assertThat(
            stack.rows(
                "SELECT cause FROM alert_transitions WHERE rule = 'SafetyEventUnacknowledged'"
                    + " AND labels->>'robot_id' = 'EVENT-LATE'"))
        .containsExactly("late");
  }

  @Test
  void anAnswerAfterTheAlertWentOutWithdrawsIt() {
    long activeAt = T + 40 * MINUTE;
    String id = id("ANSWER-LATE", activeAt);
    assertThat(alert("ANSWER-LATE"))
        .containsExactly(
            id + "|firing|false|" + activeAt + "|" + (activeAt + 120_000) + "|null",
            id + "|inactive|true|" + activeAt + "|" + (activeAt + 120_000) + "|null");
  }

  @Test
  void topicAndTableHoldTheSameTransitionsOnce() {
    Eventually.passes(
        PATIENCE,
        () ->
            assertThat(records("oht50.alerts").stream().map(EventScriptsIT::key))
                .containsExactlyInAnyOrderElementsOf(
                    stack.rows("SELECT transition_id || '|' || turn FROM alert_transitions")));
  }

  @Test
  void aRobotThatTurnsOutToBeElsewhereHasTheDaysOfItsSite() {
    assertThat(days("TOO-LATE")).containsExactly("2025-06-01 00:00:00|on_time");

    stack.send(
        List.of(
            Lines.raw(
                "oht50.registry",
                "TOO-LATE",
                "{\"robot_id\": \"TOO-LATE\", \"site\": \"fab-1\","
                    + " \"zone\": \"Asia/Ho_Chi_Minh\"}")));

    Eventually.passes(
        PATIENCE,
        () -> assertThat(days("TOO-LATE")).containsExactly("2025-05-31 17:00:00|definition"));
    assertThat(days("NO-ANSWER")).containsExactly("2025-06-01 00:00:00|on_time");
  }

  private static List<String> days(String robot) {
    return stack.rows(
        "SELECT (start_time AT TIME ZONE 'UTC')::text || '|' || cause FROM metrics_windows"
            + " WHERE \"interval\" = '1d' AND metric_name = 'oht50_safety_events_total'"
            + " AND labels->>'robot_id' = '"
            + robot
            + "'");
  }

  /** As it is when Kafka has refused a commit: the table has it, the topic does not. */
  @Test
  void aTransitionThatTheTopicLostIsPublishedAgain() {
    stack.execute(
        "INSERT INTO alert_transitions (transition_id, turn, alert_id, rule, state, previous_state,"
            + " withdrawn, cause, labels, annotations, value, active_at, decided_at, epoch, seq)"
            + " VALUES ('swallowed', 1, 'a', 'Swallowed', 'firing', 'inactive', false, 'on_time',"
            + " '{\"alertname\": \"Swallowed\"}', '{}', 1, now(), now(), 0, 0)");

    Eventually.passes(
        PATIENCE,
        () ->
            assertThat(
                    stack.rows(
                        "SELECT republished FROM alert_deliveries WHERE transition_id = 'swallowed'"))
                .containsExactly("t"));
    assertThat(records("oht50.alerts").stream().map(EventScriptsIT::key))
        .containsOnlyOnce("swallowed|1");
  }

  @Test
  void aCriticalAlertIsProvisionalAtOnceAndConfirmedWhenItsCheckpointHasCompleted() {
    String alert =
        stack.value(
            // Of the sequence: the rule of the same name says it of each type.
            "SELECT alert_id FROM alert_transitions WHERE rule = 'SafetyEventCritical'"
                + " AND labels->>'robot_id' = 'NO-ANSWER' AND NOT labels ? 'type'");
    Eventually.passes(
        PATIENCE,
        () ->
            assertThat(records("oht50.alerts.fast"))
                .filteredOn(record -> record.path("alert_id").asText().equals(alert))
                .extracting(record -> record.path("status").asText())
                .containsExactly("provisional", "confirmed"));
  }

  /** As an attempt leaves it that failed before its checkpoint, and whose successor knew better. */
  @Test
  void aProvisionalAlertThatNobodyFindsAgainIsWithdrawn() {
    stack.send(
        List.of(
            Lines.raw(
                "oht50.alerts.fast",
                "ghost",
                "{\"transition_id\": \"ghost\", \"turn\": 1, \"alert_id\": \"ghost\","
                    + " \"status\": \"provisional\"}")));
    Eventually.passes(
        PATIENCE,
        () ->
            assertThat(records("oht50.alerts.fast"))
                .filteredOn(record -> record.path("alert_id").asText().equals("ghost"))
                .extracting(record -> record.path("status").asText())
                .containsExactly("provisional", "withdrawn"));
  }

  /**
   * Who judges the fleet hears of the new time from many sides, and must wait for what is said of
   * each robot in the time between.
   */
  @Test
  @Order(Integer.MAX_VALUE)
  void afterSilenceAndALeapOfTimeTheFleetIsJudgedByAllThatItsRobotsHadSaid() throws Exception {
    long begin = T + 70 * MINUTE;
    List<String> said = new ArrayList<>();
    for (int second = 0; second < 90; second += 5) {
      for (String robot : List.of("R0", "R1", "R2")) {
        said.add(
            Lines.point("load", "{\"robot_id\": \"" + robot + "\"}", begin + second * 1_000, 100));
      }
    }
    stack.send(said);
    clock(begin + 2 * MINUTE - 30_000);
    Eventually.passes(PATIENCE, () -> assertThat(fleetBusy()).containsExactly(begin + "|null"));
    long checkpoint = stack.status().path("checkpoint").path("id").asLong();
    Eventually.passes( // all are silent meanwhile
        PATIENCE,
        () ->
            assertThat(stack.status().path("checkpoint").path("id").asLong())
                .isGreaterThan(checkpoint + 1));

    clock(begin + Duration.ofDays(3).toMillis());

    // The last load counts for a minute, the alert holds for 30 s from the tick without one.
    Eventually.passes(
        PATIENCE,
        () -> assertThat(fleetBusy()).containsExactly(begin + "|" + (begin + 3 * MINUTE)));
  }

  private static List<String> fleetBusy() {
    return stack.rows(
        "SELECT (extract(epoch FROM starts_at) * 1000)::bigint,"
            + " (extract(epoch FROM ends_at) * 1000)::bigint FROM alerts WHERE rule = 'FleetBusy'");
  }

  /** The supervisor starts each again, and nothing is forgotten or told twice. */
  @Test
  @Order(Integer.MAX_VALUE - 1)
  void aKilledProcessIsStartedAgainAndTablesTopicAndMetricsPageSayTheSame() throws Exception {
    events(facts());
    clock(T + 60 * MINUTE);
    Map<String, Double> page = new TreeMap<>();
    Eventually.passes( // page and tables agree on the way there, too
        PATIENCE,
        () -> {
          page.clear();
          page.putAll(ScrapedPage.thatAgreesWithTheTables(stack).values());
          assertThat(page)
              .containsEntry("oht50_missions_total{status=failed, type=patrol}", 10.0)
              .containsEntry("oht50_missions_total{status=completed, type=patrol}", 20.0)
              .containsEntry("oht50_safety_response_time_seconds_count{type=timeout}", 30.0);
        });
    List<String> tables = tables();
    for (String process : List.of("taskManager", "kafka", "postgres")) {
      long checkpoint = stack.status().path("checkpoint").path("id").asLong();
      long killed = stack.pid(process);
      Oht50.run(List.of("kill", "-9", String.valueOf(killed)), Map.of()).expectSuccess();
      Eventually.passes(
          Duration.ofMinutes(2),
          () -> {
            JsonNode status = stack.status();
            assertThat(status.path("pids").path(process).asLong()).isNotIn(0L, killed);
            assertThat(status.path("job").path("state").asText()).isEqualTo("RUNNING");
            assertThat(status.path("checkpoint").path("id").asLong()).isGreaterThan(checkpoint);
          });
    }

    assertThat(ScrapedPage.thatAgreesWithTheTables(stack).values()).isEqualTo(page);
    assertThat(tables()).isEqualTo(tables);
    assertThat(records("oht50.alerts").stream().map(EventScriptsIT::key)).doesNotHaveDuplicates();
  }

  /** Missions and answered safety events, in the quarter of an hour after all others. */
  private static String[] facts() {
    List<String> facts = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      long at = T + 45 * MINUTE + i * 10_000;
      String status = i % 3 == 0 ? "failed" : "completed";
      facts.add(Lines.mission("M-" + i, "R" + i % 4, "patrol", status, at));
      // Eighths of a second have exact sums.
      facts.add(Lines.answeredSafety("R" + i % 4, "timeout", "low", at, 125 * (i % 20 + 1)));
    }
    return facts.toArray(new String[0]);
  }

  private static List<String> tables() {
    return List.of(
        stack.value(
            "SELECT md5(string_agg(concat_ws('|', series_id, \"interval\", window_start, count, sum,"
                + " is_final, revision), ',' ORDER BY series_id, \"interval\", window_start))"
                + " FROM rollups"),
        stack.value(
            "SELECT md5(string_agg(concat_ws('|', transition_id, turn, state, starts_at, ends_at), ','"
                + " ORDER BY transition_id, turn)) FROM alert_transitions"),
        stack.value("SELECT count(*) FROM events"));
  }

  private static List<JsonNode> records(String topic) {
    List<JsonNode> records = new ArrayList<>();
    ObjectMapper json = new ObjectMapper();
    String lines = stack.command("topic", topic, "--from-beginning").expectSuccess().out();
    try {
      for (String line : lines.lines().toList()) {
        JsonNode value = json.readTree(line).path("value");
        records.add(value.isTextual() ? json.readTree(value.asText()) : value);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return records;
  }

  private static String key(JsonNode record) {
    return record.path("transition_id").asText() + "|" + record.path("turn").asInt();
  }

  private static String id(String robot, long activeAt) {
    return AlertTransition.alertId(
        "SafetyEventUnacknowledged",
        Labels.of(
            "alertname", "SafetyEventUnacknowledged", "severity", "critical", "robot_id", robot),
        activeAt);
  }

  private static List<String> alert(String robot) {
    return stack.rows(
        "SELECT alert_id, state, withdrawn::text, (extract(epoch FROM active_at) * 1000)::bigint,"
            + " (extract(epoch FROM starts_at) * 1000)::bigint, (extract(epoch FROM ends_at) * 1000)::bigint"
            + " FROM alert_transitions WHERE rule = 'SafetyEventUnacknowledged'"
            + " AND labels->>'robot_id' = '"
            + robot
            + "' ORDER BY turn");
  }

  /** Sends events and waits until the job has read them. */
  private static void events(String... lines) throws IOException {
    long before = Long.parseLong(stack.value("SELECT count(*) FROM events"));
    stack.send(List.of(lines));
    Eventually.passes(
        PATIENCE,
        () ->
            assertThat(stack.value("SELECT count(*) FROM events"))
                .isEqualTo(String.valueOf(before + lines.length)));
  }

  private static void clock(long timestamp) throws IOException {
    stack.send(List.of(Lines.clock(timestamp)));
  }

  /** Waits until so many transitions are in the table. */
  private static void alerts(int count) {
    Eventually.passes(
        PATIENCE,
        () ->
            assertThat(
                    stack.value(
                        "SELECT count(*) FROM alert_transitions WHERE rule = 'SafetyEventUnacknowledged'"))
                .isEqualTo(String.valueOf(count)));
  }
}
