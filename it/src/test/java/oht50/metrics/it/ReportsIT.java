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
                    .formatted(T.plusSeconds(30)))));
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
                            + " OR labels ->> 'mode' IN ('manual', 'auto')"))
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
                        "SELECT rule, state, ends_at - active_at FROM alerts WHERE NOT withdrawn"))
                .containsExactly("SafetyEventCritical|inactive|00:00:30"));
    assertThat(stack.rows("SELECT kind, type FROM events WHERE topic = 'oht50.alerts.external'"))
        .containsExactlyInAnyOrder("alert|acknowledged", "safety|ack");
  }
}
