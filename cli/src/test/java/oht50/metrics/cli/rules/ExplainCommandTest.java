package oht50.metrics.cli.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import oht50.metrics.cli.Oht50;
import oht50.metrics.cli.db.ScratchDatabase;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.StaleMarker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules over points of a real database, read as an analyst; all points are of 10:00 and later. */
class ExplainCommandTest {
  private static final String RULES =
      """
      groups:
      - name: g
        interval: 1m
        rules:
        - record: instance:load:avg
          expr: avg without (core) (load)
        - alert: HighLoad
          expr: instance:load:avg > 80
          for: 2m
          labels: {severity: warning}
        - alert: Twice
          expr: up == 0
        - alert: Twice
          expr: up == 1
        - alert: Done
          expr: done_total > 2
      """;

  private static ScratchDatabase database;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void startDatabase() throws IOException, SQLException {
    database = ScratchDatabase.migrated();
    try (Connection connection = database.connect()) {
      putSeries(connection, 1, "load", "{\"instance\": \"a\", \"core\": \"0\"}", MetricKind.GAUGE);
      putSeries(connection, 2, "load", "{\"instance\": \"a\", \"core\": \"1\"}", MetricKind.GAUGE);
      putSeries(connection, 3, "load", "{\"instance\": \"b\", \"core\": \"0\"}", MetricKind.GAUGE);
      putSeries(connection, 4, "done_total", "{\"robot_id\": \"R-1\"}", MetricKind.DELTA);
      putSeries(connection, 5, "oht50_cpu_usage_percent", cpu("0", "user"), MetricKind.GAUGE);
      putSeries(connection, 6, "oht50_cpu_usage_percent", cpu("1", "user"), MetricKind.GAUGE);
      putChunk(connection, 5, 40, 99, 98.5, 99, 97);
      putChunk(connection, 6, 35, 88, 72.5, 90, 86);
      putChunk(connection, 1, 70, 90, 90, 90, 90, 90);
      putChunk(connection, 2, 70, 90, 20, 90, 90, 90);
      putChunk(connection, 3, 90, StaleMarker.VALUE);
      putChunk(connection, 4, 1, 2, 0, 4);
      try (Statement statement = connection.createStatement()) {
        // Wins over the chunk's, with which the condition would not have held.
        statement.execute(
            "INSERT INTO late_points (series_id, \"timestamp\", value, source_id, record_offset,"
                + " epoch, seq) VALUES (2, '2026-11-29T10:02:00Z', 96, 1, 1, 1, 1)");
        statement.execute(
            "INSERT INTO alert_transitions VALUES ('t', 1, 'x', 'HighLoad', 'firing', 'pending',"
                + " false, 'late', '{\"alertname\": \"HighLoad\", \"instance\": \"a\","
                + " \"severity\": \"warning\"}', '{}', 93, '2026-11-29T10:01:00Z',"
                + " '2026-11-29T10:03:00Z', NULL, '2026-11-29T10:03:09Z', NULL, 1, 1)");
      }
    }
  }

  private static void putSeries(
      Connection connection, int id, String name, String labels, MetricKind kind)
      throws SQLException {
    String insert =
        "INSERT INTO series (series_id, metric_name, labels, metric_type, kind, canonical, entity,"
            + " incarnation, first_timestamp, epoch, seq)"
            + " VALUES (?, ?, ?::jsonb, ?, ?, ?, 'e', 1, '2026-11-29T10:00:00Z', 1, 1)";
    try (PreparedStatement statement = connection.prepareStatement(insert)) {
      statement.setLong(1, id);
      statement.setString(2, name);
      statement.setString(3, labels);
      statement.setString(4, kind.metricType());
      statement.setInt(5, kind.code());
      statement.setString(6, name + labels);
      statement.execute();
    }
  }

  private static String cpu(String core, String type) {
    return "{\"instance\": \"host-1\", \"core\": \"%s\", \"type\": \"%s\"}".formatted(core, type);
  }

  /** A value each minute from 10:00 on. */
  private static void putChunk(Connection connection, int id, double... values)
      throws SQLException {
    String insert =
        "INSERT INTO chunks (series_id, chunk_start, chunk_end, offsets_ms, point_values,"
            + " incarnation, epoch, seq)"
            + " VALUES (?, '2026-11-29T10:00:00Z', '2026-11-29T10:10:00Z', ?, ?, 1, 1, 1)";
    Integer[] offsets =
        Stream.iterate(0, at -> at + 60_000).limit(values.length).toArray(Integer[]::new);
    try (PreparedStatement statement = connection.prepareStatement(insert)) {
      statement.setLong(1, id);
      statement.setArray(2, connection.createArrayOf("integer", offsets));
      statement.setObject(3, values);
      statement.execute();
    }
  }

  @AfterAll
  static void stopDatabase() throws IOException {
    database.close();
  }

  @Test
  void anAlertIsExplainedFromItsPointsToWhatWasPublished() throws IOException {
    assertThat(explain("HighLoad", "--labels", "instance=a", "--at", "2026-11-29T10:04:30Z"))
        .isZero();

    assertThat(err.toString()).isEmpty();
    assertThat(out.toString().replace(folder.toString(), ""))
        .isEqualTo(
            """
            alert HighLoad, /r.yml:8, group g
            at its tick 2026-11-29T10:04:00Z, the last one up to 10:04:30; ticks are 1m apart
            labels {instance="a"}
            it looks at record instance:load:avg, /r.yml:6, evaluated here from 08:56:00 on
            10 points were read

            instance:load:avg > 80
              instance:load:avg{instance="a"} 90 > 80: holds
              instance:load:avg
                instance:load:avg{instance="a"} 90, of 10:04:00

            alerts, for 2m, from 09:02:00 on
              {alertname="HighLoad", instance="a", severity="warning"}
                firing since 10:03:00: the condition began to hold at 10:01:00 and had held for 2m
                condition: 09:02:00 no (x59), 10:01:00 90, 10:02:00 93, 10:03:00 90 (x2)
                states: 10:01:00 pending, 10:03:00 firing

            published
              {alertname="HighLoad", instance="a", severity="warning"} active 10:01:00, fires 10:03:00
                decided: 10:03:09 firing (late)
            what was published agrees
            """);
  }

  @Test
  void aSeriesThatHasEndedHasNoValue() throws IOException {
    assertThat(explain("HighLoad", "--labels=instance=b", "--at=1795946520000")).isZero();

    assertThat(out.toString())
        .contains("at its tick 2026-11-29T10:02:00Z; ")
        .contains(
            "  instance:load:avg\n    instance:load:avg{instance=\"b\"} no value: it ended at 10:01:00\n")
        .endsWith("what was published agrees\n");
  }

  @Test
  void whatWasCountedIsAddedUp() throws IOException {
    assertThat(explain("Done", "--at", "2026-11-29T10:03:00Z")).isZero();

    assertThat(out.toString())
        .contains("  done_total{robot_id=\"R-1\"} 7 > 2: holds\n")
        .contains("condition: 09:03:00 no (x58), 10:01:00 3 (x2), 10:03:00 7\n")
        .contains("what was published differs: {alertname=\"Done\", robot_id=\"R-1\"} is firing");
  }

  @Test
  void aProgramReadsOneObject() throws IOException {
    assertThat(explain("HighLoad", "--json", "--at", "2026-11-29T10:04:30Z")).isZero();

    JsonNode object = new JsonMapper().readTree(out.toString());
    assertThat(object.get("tick").asText()).isEqualTo("2026-11-29T10:04:00Z");
    assertThat(object.get("looks_at").get(0).get("rule").asText())
        .isEqualTo("record instance:load:avg");
    JsonNode series = object.get("expression").get("series").get(0);
    assertThat(series.get("labels").get("instance").asText()).isEqualTo("a");
    assertThat(series.get("value").asDouble()).isEqualTo(90);
    assertThat(series.get("text").asText()).isEqualTo("90 > 80: holds");
    assertThat(object.get("alerts").get(0).get("state").asText()).isEqualTo("firing");
    assertThat(object.get("alerts").get(0).get("fired_at").asText())
        .isEqualTo("2026-11-29T10:03:00Z");
    assertThat(object.get("alerts").get(0).get("resolved_at").isNull()).isTrue();
    assertThat(object.get("published")).hasSize(1);
    assertThat(object.get("agrees").asBoolean()).isTrue();
  }

  @Test
  void theRulesThatShipAreExplainedWithoutAFile() {
    assertThat(run("rules", "explain", "HighAPIResponseTime", "--at", "2026-11-29T10:04:30Z"))
        .isZero();
    assertThat(out.toString())
        .startsWith("alert HighAPIResponseTime, oht50.yml:")
        .contains("# no series\n")
        .contains("inactive: the condition held at none of these ticks\n");
  }

  @Test
  void theExampleOfTheDocumentationIsWhatIsSaid() throws IOException {
    assertThat(
            run(
                "rules",
                "explain",
                "HighCPUUsage",
                "--labels",
                "instance=host-1",
                "--at",
                "2026-11-29T10:04:30Z"))
        .isZero();
    assertThat(Files.readString(Path.of("../docs/rules.md"))).contains(out.toString());
  }

  @Test
  void wrongUsageIsCode2() throws IOException {
    assertThat(explain("Twice")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("error: 'Twice' is the name of 2 rules; ")
        .contains("r.yml:12\n")
        .contains("r.yml:14\n");
    assertThat(explain("Nobody")).isEqualTo(2);
    assertThat(explain("HighLoad", "--at", "noon")).isEqualTo(2);
    assertThat(explain("HighLoad", "--before", "1 hour")).isEqualTo(2);
    assertThat(explain("HighLoad", "--labels", "instance")).isEqualTo(2);
    assertThat(explain("HighLoad", "--limit", "0")).isEqualTo(2);
    assertThat(run("rules", "explain", "A", "--file", folder.resolve("none.yml").toString()))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "error: there is no rule 'Nobody'; known are instance:load:avg, HighLoad, Twice, Done",
            "--at takes an instant such as 2026-11-24T18:50:00Z",
            "--before: ",
            "--limit must be more than 0",
            "there is no file ");
  }

  @Test
  void aFileThatIsWrongIsAProblemAndADatabaseThatIsAwayIsCode69() throws IOException {
    Path wrong = folder.resolve("wrong.yml");
    Files.writeString(wrong, "groups: [{name: a, rules: [{alert: A}]}]");
    Path ahead = folder.resolve("ahead.yml");
    Files.writeString(ahead, "groups: [{name: a, rules: [{alert: A, expr: x offset -1m}]}]");

    assertThat(run("rules", "explain", "A", "--file", wrong.toString())).isEqualTo(1);
    assertThat(run("rules", "explain", "A", "--file", ahead.toString())).isEqualTo(1);
    assertThat(err.toString())
        .contains("wrong.yml:1:28: alert A has no expression")
        .contains("ahead.yml:1: alert A: 1:1: a negative offset looks ahead of the tick");
    String away = "jdbc:postgresql://127.0.0.1:1/none";
    assertThat(
            Oht50.execute(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                "rules",
                "explain",
                "HighCPUUsage",
                "--jdbc-url",
                away))
        .isEqualTo(69);
  }

  private int explain(String... arguments) throws IOException {
    Path file = Files.writeString(folder.resolve("r.yml"), RULES);
    return run(
        Stream.of(
                List.of("rules", "explain"), List.of(arguments), List.of("--file", file.toString()))
            .flatMap(List::stream)
            .toArray(String[]::new));
  }

  private int run(String... arguments) {
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--jdbc-url";
    all[arguments.length + 1] = database.url() + "?user=oht50_analyst";
    return Oht50.execute(new PrintWriter(out, true), new PrintWriter(err, true), all);
  }
}
