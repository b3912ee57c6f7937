package oht50.metrics.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * One of every message, through topics and exporters into the tables and onto the page for
 * Prometheus: every metric of the specification with its name, kind, labels and value, against
 * {@code /seen/tables.txt} and {@code /seen/page.txt}, in the form of {@link SeenMetrics}. With
 * {@code -Dgolden.write=true} these are written; then read them against the examples.
 *
 * <p>No clock runs, so that nothing leaves the page while it is looked at, and its last complete
 * minute is that of the examples.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExamplesIT {
  private static final Path SEEN = Oht50.HOME.resolve("it/src/test/resources/seen");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The watermark is so far behind what is newest. */
  private static final Duration OUT_OF_ORDERNESS = Duration.ofSeconds(2);

  private static Stack stack;
  private static ExampleExporter exporter;

  /** To which the last minute of each file of examples is moved; it is over when they are sent. */
  private static Instant minute;

  private static Instant begun;
  private static Instant sent;

  @BeforeAll
  static void send() throws IOException {
    exporter = new ExampleExporter();
    stack = Stack.at(14).serial();
    stack.up(
        "--no-demo",
        "--no-host",
        "--no-clock",
        "--set",
        "time.zone=Asia/Ho_Chi_Minh",
        "--set",
        "time.idle-after=1s",
        "--set",
        "time.max-trailing=10m",
        "--set",
        "series.chunk-cadence=2s",
        "--set",
        "scrape.file=" + exporter.writeScrapeFile(stack.data().resolve("scrape.yml")),
        "--set",
        "relabel.file=" + Oht50.HOME.resolve("deploy/relabel/backend.yml"));
    begun = Instant.now();
    minute = begun.minusSeconds(65).truncatedTo(ChronoUnit.MINUTES);
    List<String> lines = new ArrayList<>(Examples.linesAt(minute));
    lines.add(Lines.clock(end().plus(OUT_OF_ORDERNESS).plusSeconds(1).toEpochMilli()));
    stack.send(lines);
    sent = Instant.now();
    exporter.open(); // what is scraped is of later minutes
  }

  private static Instant end() {
    return minute.plus(1, ChronoUnit.MINUTES);
  }

  @AfterAll
  static void stop() {
    if (stack != null) {
      stack.close();
    }
    exporter.close();
  }

  @Test
  @Order(1)
  void everyFileOfTheExamplesHasItsPlace() {
    assertThat(Examples.unknown()).isEmpty();
  }

  @Test
  @Order(2)
  void thePageHasTheNamesTypesLabelsAndValuesOfTheExamples() throws Exception {
    check("page.txt", () -> SeenMetrics.onPage(ScrapedPage.of(stack)));
  }

  /** Later, because raw points of open minutes are stored as time goes on. */
  @Test
  @Order(3)
  void theTablesHaveTheNamesKindsLabelsAndValuesOfTheExamples() throws Exception {
    check(
        "tables.txt",
        () -> {
          tick(Instant.now());
          return SeenMetrics.inTables(stack, minute);
        });
  }

  private static void tick(Instant time) {
    stack.send(List.of(Lines.clock(time.toEpochMilli())));
  }

  private static void check(String file, Supplier<SeenMetrics> look) throws Exception {
    if (Boolean.getBoolean("golden.write")) {
      Files.createDirectories(SEEN);
      Files.write(
          SEEN.resolve(file),
          Eventually.settles(PATIENCE, Duration.ofSeconds(20), () -> look.get().lines()));
    }
    List<String> expected = Files.readAllLines(SEEN.resolve(file));
    Eventually.passes(
        PATIENCE,
        () -> {
          SeenMetrics seen = look.get();
          assertThat(seen.missing()).as("metrics of which nothing is seen").isEmpty();
          assertThat(seen.lines()).containsExactlyElementsOf(expected);
        });
  }

  /** A message's latency is its time of arrival less its own; that it lies in between is known. */
  @Test
  @Order(4)
  void latenciesAreWhatPassedBeforeAMessageArrived() {
    assertThat(
            stack.rows(
                "SELECT metric_value, labels FROM metrics WHERE metric_name = '"
                    + SeenMetrics.LATENCY
                    + "' AND NOT labels ? 'job' AND \"timestamp\" + metric_value * interval '1s' NOT BETWEEN '"
                    + begun
                    + "' AND '"
                    + sent
                    + "'"))
        .isEmpty();
    ScrapedPage page = ScrapedPage.of(stack);
    double shortest = Duration.between(end(), begun).toMillis() / 1000.0;
    double longest = Duration.between(minute.minusSeconds(60), sent).toMillis() / 1000.0;
    assertThat(page.samples())
        .filteredOn(sample -> sample.name().equals(SeenMetrics.LATENCY + "_sum"))
        .isNotEmpty()
        .allSatisfy(
            sum ->
                assertThat(
                        sum.value()
                            / page.values().get(SeenMetrics.LATENCY + "_count" + sum.labels()))
                    .isBetween(shortest, longest));
  }

  @Test
  @Order(5)
  void whatIsRejectedIsWhatTheExamplesSay() {
    List<String> expected = new ArrayList<>(Examples.rejects());
    // Two of the others say no time, and one of them not what has become of the mission.
    expected.add("oht50.missions|m1|MISSING_FIELD|status");
    expected.add("oht50.safety|OHT-50-001|MISSING_FIELD|timestamp");
    Eventually.passes(
        PATIENCE,
        () ->
            assertThat(stack.rows("SELECT topic, key, reason, path FROM rejected"))
                .containsExactlyInAnyOrderElementsOf(expected));
  }

  /** Its events come late: the ticks have brought the time beyond them. */
  @Test
  @Order(6)
  void anAnswerFromElsewhereEndsTheAlert() {
    stack.send(
        List.of(
            Lines.safety("R-1", "e_stop", "critical", minute.toEpochMilli()),
            Lines.raw(
                "oht50.alerts.external",
                "R-1",
                "{\"type\": \"alert_update\", \"timestamp\": \"%s\", \"data\": {\"action\": \"acknowledged\", \"alert\": {\"id\": 1, \"source\": \"safety_system\", \"acknowledged_at\": \"%s\"}}}"
                    .formatted(minute, minute.plusSeconds(30)))));
    Eventually.passes(
        PATIENCE,
        () -> assertThat(alerts("R-1")).containsExactly("SafetyEventCritical|inactive|00:00:30"));
    assertThat(
            stack.rows(
                "SELECT kind, type FROM events WHERE topic = 'oht50.alerts.external' AND \"timestamp\" = '"
                    + minute.plusSeconds(30)
                    + "'"))
        .containsExactlyInAnyOrder("alert|acknowledged", "safety|ack");
  }

  private static List<String> alerts(String robot) {
    return stack.rows(
        "SELECT rule, state, ends_at - active_at FROM alerts"
            + " WHERE NOT withdrawn AND labels ->> 'robot_id' = '"
            + robot
            + "'");
  }

  @Test
  @Order(7)
  void whatFollowsFromStatesCountsWhereTheRegistrySaysSo() {
    stack.send(
        List.of(
            state(0, 1, "", "NONE"),
            state(1, 2, "x", "NONE"),
            state(10, 4, "x", "MANUAL"),
            state(20, 5, "", "NONE"),
            state(5, 3, "x", "AUTOACK"), // late
            Lines.raw(
                "oht50.registry",
                "m/R",
                "{\"missions_from\": \"vda5050.state\", \"safety_from\": \"vda5050.state\"}")));
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
        () -> assertThat(alerts("m/R")).containsExactly("SafetyEventCritical|inactive|00:00:15"));
    assertThat(
            stack.rows(
                "SELECT mission_id, status, duration_seconds FROM missions WHERE mission_id LIKE 'm/R/%'"))
        .containsExactly("m/R/x|completed|19");
    assertThat(
            stack.rows(
                "SELECT type, coalesce(severity, status), withdrawn FROM events WHERE topic = 'vda5050.state' AND entity = 'm/R'"))
        .containsExactlyInAnyOrder(
            "order|executing|f",
            "order|completed|f",
            "e_stop|critical|t",
            "e_stop|high|f",
            "clear|null|f");
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
            .formatted(headerId, minute.plusSeconds(seconds), order, node, stop)
            .replace("\n", " "));
  }
}
