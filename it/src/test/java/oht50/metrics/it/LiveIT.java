package oht50.metrics.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What a new user sees: this machine, the demo fleet, the job's health. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LiveIT {
  private static Stack stack;

  @BeforeAll
  static void up() throws IOException {
    stack = Stack.at(5).serial().up("--set", "maintenance.late-points.settle=1s");
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @Test
  @Order(1)
  void statusIsHealthyAndSaysWhereEverythingIs() {
    // It was, when up ended; a machine without time to spare may be behind a moment later.
    Eventually.passes(
        Duration.ofMinutes(1),
        () -> assertThat(stack.status().path("healthy").asBoolean()).isTrue());
    JsonNode status = stack.status();
    for (String key :
        List.of("jdbcUrl", "bootstrapServers", "flinkUi", "prometheus", "job", "checkpoint")) {
      assertThat(status.has(key)).as(key).isTrue();
    }
    assertThat(stack.value("SHOW fsync")).isEqualTo("on");
  }

  @Test
  @Order(2)
  void thisMachineAndTheFleetAreInTheTables() {
    Eventually.passes(
        Duration.ofMinutes(2),
        () ->
            assertThat(stack.rows("SELECT DISTINCT metric_name FROM metrics"))
                .contains(
                    "oht50_cpu_usage_percent",
                    "oht50_memory_usage_bytes",
                    "oht50_memory_total_bytes",
                    "oht50_disk_usage_bytes",
                    "oht50_network_bytes_total",
                    "oht50_system_load",
                    "oht50_robot_position_mm",
                    "oht50_telemetry_data_points_total",
                    "oht50_missions_total"));
    assertThat(
            stack.rows(
                "SELECT DISTINCT labels->>'robot_id' FROM metrics WHERE labels ? 'robot_id'"))
        .containsExactlyInAnyOrder(
            "DEMO-001",
            "DEMO-002",
            "DEMO-003",
            "DEMO-004",
            "DEMO-005",
            "DEMO-006",
            "DEMO-007",
            "DEMO-008");
  }

  @Test
  @Order(3)
  void averagesOfAMinuteShowWithinTwoMinutes() {
    Eventually.passes(
        Duration.ofMinutes(2),
        () ->
            assertThat(
                    stack.rows(
                        "SELECT 1 FROM metrics_aggregated WHERE aggregation_type = 'avg' AND interval = '1m' AND is_final LIMIT 5"))
                .hasSize(5));
    assertThat(stack.rows("SELECT DISTINCT interval FROM metrics_aggregated"))
        .containsExactlyInAnyOrder("1m", "5m", "1h", "1d");
  }

  @Test
  @Order(4)
  void theReporterShowsTheHealthOfTheJob() throws Exception {
    StringBuilder scraped = new StringBuilder();
    for (JsonNode url : stack.status().path("prometheus")) {
      scraped.append(get(url));
    }
    assertThat(scraped)
        .contains(
            "oht50_watermark_delay_seconds",
            "oht50_checkpoint_age_seconds",
            "oht50_ingest_lag_seconds",
            "oht50_late_samples",
            "oht50_corrected_rows",
            "oht50_samples_beyond_horizon",
            "oht50_reason_rejected");
  }

  @Test
  @Order(5)
  void theSpecificationsMetricsHaveTheirNamesAndTypes() {
    Eventually.passes(
        Duration.ofMinutes(1),
        () ->
            assertThat(ScrapedPage.of(stack).text())
                .contains(
                    "# TYPE oht50_cpu_usage_percent gauge",
                    "# TYPE oht50_memory_usage_bytes gauge",
                    "# TYPE oht50_memory_total_bytes gauge",
                    "# TYPE oht50_disk_usage_bytes gauge",
                    "# TYPE oht50_network_bytes_total counter",
                    "# TYPE oht50_system_load gauge",
                    "# TYPE oht50_missions_total counter",
                    "# TYPE oht50_telemetry_data_points_total counter",
                    "# TYPE oht50_telemetry_latency_seconds histogram",
                    "oht50_telemetry_latency_seconds_bucket{data_type=\"telemetry\",le=\"+Inf\"}")
                .doesNotContain("robot_id", "flink_"));
    for (JsonNode url : stack.status().path("prometheus")) {
      assertThat(get(url)).as("each in one place").doesNotContain("oht50_exposition");
    }
  }

  @Test
  @Order(6)
  void theJobWritesAndQuestionsReadEachAsItsRole() {
    assertThat(
            stack.rows(
                "SELECT DISTINCT usename FROM pg_stat_activity"
                    + " WHERE datname = 'oht50' AND usename <> 'oht50'"))
        .containsExactly("oht50_writer");
    assertThat(stack.command("sql", "--csv", "SELECT current_user AS me").expectSuccess().out())
        .contains("oht50_analyst");
    assertThat(stack.command("sql", "COMMIT; DELETE FROM rollups").exitCode()).isEqualTo(1);
    assertThat(stack.command("db", "migrate").expectSuccess().out()).contains("up to date");
    assertThat(
            stack.rows(
                "SELECT count(*) > 0 FROM metrics_aggregated_as_of(now())"
                    + " WHERE aggregation_type = 'avg'"))
        .containsExactly("t");
  }

  @Test
  @Order(7)
  void aPointBeyondTheHorizonBecomesPartOfAChunkByItself(@TempDir Path folder) throws Exception {
    String points =
        "SELECT metric_value FROM metrics WHERE metric_name = 'latecomer' ORDER BY \"timestamp\"";
    send(folder, 1, Instant.now());
    Eventually.passes(
        Duration.ofMinutes(1), () -> assertThat(stack.rows(points)).containsExactly("1"));
    send(folder, 2, Instant.now().minus(Duration.ofHours(30)));
    Eventually.passes(
        Duration.ofMinutes(1),
        () ->
            assertThat(
                    stack.rows(
                        "SELECT cardinality(merged_offsets_ms) FROM chunks JOIN series USING (series_id)"
                            + " WHERE metric_name = 'latecomer' AND merged_offsets_ms IS NOT NULL"))
                .containsExactly("1"));
    assertThat(stack.rows(points)).containsExactly("2", "1");
    assertThat(stack.rows("SELECT merged_points > 0 FROM late_point_merges")).containsExactly("t");
  }

  private static void send(Path folder, int value, Instant timestamp) throws IOException {
    Path point =
        Files.writeString(
            folder.resolve("point.jsonl"),
            "{\"name\": \"latecomer\", \"value\": "
                + value
                + ", \"timestamp\": \""
                + timestamp
                + "\", \"labels\": {}, \"metric_type\": \"gauge\"}\n");
    stack.command("replay", point.toString(), "--topic", "oht50.points").expectSuccess();
  }

  @Test
  @Order(8)
  void afterDownAndUpTheJobGoesOnWhereItWas() throws Exception {
    Map<String, Double> counted = counts();
    String incarnations =
        "SELECT md5(string_agg(series_id || ' ' || incarnation, ',' ORDER BY series_id)) FROM series"
            + " WHERE labels->>'robot_id' = 'DEMO-001' AND metric_name LIKE 'oht50_robot_%'";
    String before = stack.value(incarnations);
    assertThat(stack.down().exitCode()).isZero();
    stack.up();
    assertThat(counts())
        .allSatisfy(
            (series, value) ->
                assertThat(value)
                    .as(series)
                    .isGreaterThanOrEqualTo(counted.getOrDefault(series, 0.0)));
    assertThat(counts()).containsKeys(counted.keySet().toArray(new String[0]));
    JsonNode status = stack.status();
    JsonNode checkpoints =
        new ObjectMapper()
            .readTree(
                ScrapedPage.get(
                    status.path("flinkUi").asText()
                        + "/jobs/"
                        + status.path("job").path("id").asText()
                        + "/checkpoints"));
    assertThat(checkpoints.path("counts").path("restored").asInt()).isPositive();
    assertThat(stack.value(incarnations)).isEqualTo(before);
    assertThat(stack.value("SELECT count(*) FROM repair_windows WHERE cause = 'incarnation'"))
        .isEqualTo("0");
  }

  private static Map<String, Double> counts() {
    Map<String, Double> counts = new TreeMap<>(ScrapedPage.of(stack).values());
    counts.keySet().removeIf(series -> !series.matches("oht50_(missions|telemetry).*"));
    return counts;
  }

  private static String get(JsonNode url) {
    return ScrapedPage.get(url.asText());
  }
}
