package oht50.metrics.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What robots and backends report now and then, from its topics into the tables. */
class ReportsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Instant T =
      Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(2, ChronoUnit.MINUTES);

  private static Stack stack;

  @BeforeAll
  static void send() throws IOException {
    stack = Stack.at(14).up("--no-demo", "--no-host");
    String change =
        message(
            "oht50.config", "c", "config.updated", "\"data\": {\"changes\": {\"safety.a\": 1}}");
    stack.send(
        List.of(
            message("oht50.modules", "R-1", "robot.mode", "\"data\": {\"mode\": \"manual\"}"),
            change,
            change,
            Lines.raw(
                "oht50.logs",
                "backend",
                "{\"message\": \"Request completed\", \"time\": \"%s\", \"method\": \"GET\", \"path\": \"/a/7\", \"status_code\": 200, \"duration\": 0.5}"
                    .formatted(T)),
            message(
                "oht50.performance",
                "backend",
                "cache.stats",
                "\"cache_type\": \"redis\", \"hits\": 3, \"misses\": 1"),
            Lines.safety("R-1", "e_stop", "critical", T.toEpochMilli()),
            message(
                "oht50.alerts.external",
                "R-1",
                "alert_update",
                "\"data\": {\"action\": \"acknowledged\", \"alert\": {\"id\": 1, \"source\": \"safety_system\", \"acknowledged_at\": \"%s\"}}"
                    .formatted(T.plusSeconds(30))),
            state(0, 1, "", "NONE"),
            state(1, 2, "x", "NONE"),
            state(10, 4, "x", "MANUAL"),
            state(20, 5, "", "NONE"),
            state(5, 3, "x", "AUTOACK"), // late
            Lines.raw(
                "oht50.registry",
                "m/R",
                "{\"missions_from\": \"vda5050.state\", \"safety_from\": \"vda5050.state\"}")));
  }

  private static String state(int seconds, int headerId, String order, String stop) {
    String node =
        order.isEmpty() ? "" : "{\"nodeId\": \"n\", \"sequenceId\": 2, \"released\": true}";
    return Lines.raw(
        "vda5050.state",
        "m/R",
        """
        {"headerId": %d, "timestamp": "%s", "version": "2.1.0", "manufacturer": "m", "serialNumber": "R",
        "orderId": "%s", "orderUpdateId": 0, "lastNodeId": "a", "lastNodeSequenceId": 0, "driving": false,
        "operatingMode": "AUTOMATIC", "nodeStates": [%s], "edgeStates": [], "actionStates": [], "errors": [],
        "batteryState": {"batteryCharge": 80, "charging": false},
        "safetyState": {"eStop": "%s", "fieldViolation": false}}
        """
            .formatted(headerId, T.plusSeconds(seconds), order, node, stop)
            .replace("\n", " "));
  }

  private static String message(String topic, String key, String type, String rest) {
    return Lines.raw(
        topic, key, "{\"type\": \"%s\", \"timestamp\": \"%s\", %s}".formatted(type, T, rest));
  }

  @AfterAll
  static void stop() {
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  void eachIsASampleInTheTable() {
    Eventually.passes(
        PATIENCE,
        () ->
            assertThat(
                    stack.rows(
                        "SELECT metric_name, metric_value, labels ->> 'mode' FROM metrics"
                            + " WHERE metric_name LIKE 'oht50_c%' OR metric_name LIKE 'oht50_http%'"
                            + " OR labels ->> 'robot_id' = 'R-1' AND labels ->> 'mode' IN ('manual', 'auto')"))
                .containsExactlyInAnyOrder(
                    "oht50_robot_mode|1|manual",
                    "oht50_robot_mode|0|auto",
                    "oht50_config_changes_total|1|null",
                    "oht50_http_requests_total|1|null",
                    "oht50_http_request_duration_seconds|0.5|null",
                    "oht50_cache_hit_rate|0.75|null"));
    assertThat(stack.rows("SELECT * FROM rejected")).isEmpty();
  }

  @Test
  void anAnswerFromElsewhereEndsTheAlert() {
    Eventually.passes(
        PATIENCE,
        () ->
            assertThat(
                    stack.rows(
                        "SELECT rule, state, ends_at - active_at FROM alerts"
                            + " WHERE NOT withdrawn AND labels ->> 'robot_id' = 'R-1'"))
                .containsExactly("SafetyEventCritical|inactive|00:00:30"));
    assertThat(stack.rows("SELECT kind, type FROM events WHERE topic = 'oht50.alerts.external'"))
        .containsExactlyInAnyOrder("alert|acknowledged", "safety|ack");
  }

  @Test
  void whatFollowsFromStatesCountsWhereTheRegistrySaysSo() {
    Eventually.passes(
        PATIENCE,
        () ->
            assertThat(
                    stack.rows(
                        "SELECT metric_name, metric_value, labels ->> 'type' FROM metrics"
                            + " WHERE labels ->> 'robot_id' = 'm/R' AND labels ? 'type' AND metric_value <> 0"))
                .containsExactlyInAnyOrder(
                    "oht50_missions_total|1|order",
                    "oht50_mission_duration_seconds|19|order",
                    "oht50_safety_events_total|1|e_stop"));
    Eventually.passes(
        PATIENCE,
        () ->
            assertThat(
                    stack.rows(
                        "SELECT rule, state, ends_at - active_at FROM alerts"
                            + " WHERE NOT withdrawn AND labels ->> 'robot_id' = 'm/R'"))
                .containsExactly("SafetyEventCritical|inactive|00:00:15"));
    assertThat(stack.rows("SELECT mission_id, status, duration_seconds FROM missions"))
        .containsExactly("m/R/x|completed|19");
    assertThat(
            stack.rows(
                "SELECT type, coalesce(severity, status), withdrawn FROM events WHERE topic = 'vda5050.state'"))
        .containsExactlyInAnyOrder(
            "order|executing|f",
            "order|completed|f",
            "e_stop|critical|t",
            "e_stop|high|f",
            "clear|null|f");
  }
}
