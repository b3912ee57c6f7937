package oht50.metrics.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Stream;
import oht50.metrics.model.StaleMarker;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each file of sql/queries answers the question in its first line; asked as an analyst. */
class ExampleQueriesTest {
  private static final Path FOLDER = Path.of("../sql/queries");

  private Database database;

  @BeforeEach
  void start() {
    database = Database.empty();
    database.execute(
        """
        INSERT INTO series (series_id, metric_name, labels, metric_type, kind, canonical, entity, incarnation,
          first_timestamp, epoch, seq, expected_interval_seconds)
        SELECT i, 'oht50_robot_battery_percent', jsonb_build_object('robot_id', 'OHT-50-' || to_char(i, 'FM000')),
          'gauge', 1, 'battery ' || i, 'OHT-50-' || to_char(i, 'FM000'), 1, now(), 1, 1, 1
        FROM generate_series(1, 101) AS i
        """);
  }

  private List<String> ask(String file) throws IOException, SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = database.connectAs(Database.ANALYST);
        Statement statement = connection.createStatement()) {
      statement.execute("SET TIME ZONE 'UTC'");
      try (ResultSet result =
          statement.executeQuery(Files.readString(FOLDER.resolve(file + ".sql")))) {
        while (result.next()) {
          StringJoiner row = new StringJoiner("|");
          for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            String value = result.getString(i);
            row.add(value == null ? "-" : value);
          }
          rows.add(row.toString());
        }
      }
    }
    return rows;
  }

  /** Final rows of two samples: the value, and one that is 2 more. */
  private void rollups(String series, String interval, String length, String starts, String value) {
    database.execute(
        String.format(
            """
            INSERT INTO rollups (series_id, "interval", window_start, window_end, count, sum, min, max, first, last,
              is_final, cause, incarnation, epoch, seq)
            SELECT series_id, '%s', w, w + interval '%s', 2, 2 * (%s) + 2, %s, (%s) + 2, 0, 0, true, 'on_time', 1, 1, 1
            FROM (SELECT series_id FROM series WHERE %s) AS s CROSS JOIN %s AS w
            """,
            interval, length, value, value, value, series, starts));
  }

  @Test
  void everyFileBeginsWithItsQuestionAndHasATest() throws IOException {
    List<String> tested =
        List.of(
            "alerts_of_a_robot",
            "as_of",
            "completeness_of_a_day",
            "corrected_windows",
            "e10_of_a_day",
            "events_that_count",
            "failures_of_robots",
            "hundred_series_over_a_day",
            "lowest_battery_per_day",
            "lowest_battery_per_site",
            "newest_value_of_every_series",
            "one_series_over_a_day",
            "silent_series",
            "top_ten_of_a_week");
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".sql", "")))
          .containsExactlyInAnyOrderElementsOf(tested);
    }
    for (String file : tested) {
      assertThat(Files.readAllLines(FOLDER.resolve(file + ".sql")).get(0))
          .startsWith("-- ")
          .contains("?");
    }
  }

  @Test
  void oneSeriesOverADay() throws Exception {
    rollups(
        "series_id <= 2",
        "5m",
        "5 minutes",
        "generate_series(timestamptz '2026-11-23T23:55Z', '2026-11-25T00:00Z', '5 minutes')",
        "extract(hour FROM w AT TIME ZONE 'UTC')");

    assertThat(ask("one_series_over_a_day"))
        .hasSize(288)
        .startsWith("2026-11-24 00:00:00+00|1|0|2|t")
        .endsWith("2026-11-24 23:55:00+00|24|23|25|t");
  }

  @Test
  void hundredSeriesOverADay() throws Exception {
    rollups(
        "true",
        "5m",
        "5 minutes",
        "generate_series(timestamptz '2026-11-23T23:55Z', '2026-11-25T00:00Z', '5 minutes')",
        "series_id");

    assertThat(ask("hundred_series_over_a_day"))
        .hasSize(28_800)
        .startsWith("OHT-50-001|2026-11-24 00:00:00+00|2")
        .endsWith("OHT-50-100|2026-11-24 23:55:00+00|101");
  }

  @Test
  void newestValueOfEverySeries() throws Exception {
    database.execute(
        """
        INSERT INTO latest_points (series_id, "timestamp", value, source_id, record_offset, incarnation, known_from,
          epoch, seq)
        SELECT i, now() - i * interval '25 minutes', 30 + i, 1, 1, 1, '-infinity', 1, 1
        FROM generate_series(1, 3) AS i
        """);
    database.execute(
        "INSERT INTO latest_points SELECT 4, now(), ?, 1, 1, 1, '-infinity', 1, 1",
        StaleMarker.VALUE);

    assertThat(ask("newest_value_of_every_series"))
        .extracting(row -> row.substring(0, row.lastIndexOf('|')))
        .containsExactly(
            "oht50_robot_battery_percent|{\"robot_id\": \"OHT-50-001\"}|31",
            "oht50_robot_battery_percent|{\"robot_id\": \"OHT-50-002\"}|32");
  }

  @Test
  void silentSeries() throws Exception {
    database.execute("UPDATE series SET expected_interval_seconds = NULL WHERE series_id = 4");
    database.execute(
        """
        INSERT INTO latest_points (series_id, "timestamp", value, source_id, record_offset, incarnation, known_from,
          epoch, seq)
        SELECT i, timestamptz '2026-11-24T12:00Z' - i * interval '1 second', 40 + i, 1, 1, 1, '-infinity', 1, 1
        FROM generate_series(1, 4) AS i
        """);
    database.execute("UPDATE latest_points SET \"timestamp\" = now() WHERE series_id = 2");
    database.execute("UPDATE latest_points SET value = ? WHERE series_id = 3", StaleMarker.VALUE);

    assertThat(ask("silent_series"))
        .containsExactly(
            "oht50_robot_battery_percent|{\"robot_id\": \"OHT-50-001\"}|41|2026-11-24 11:59:59+00|silent",
            "oht50_robot_battery_percent|{\"robot_id\": \"OHT-50-003\"}|-|2026-11-24 11:59:57+00|ended");
  }

  @Test
  void topTenOfAWeek() throws Exception {
    database.execute(
        "UPDATE series SET metric_name = 'oht50_safety_events_total', metric_type = 'delta',"
            + " labels = labels || '{\"type\": \"e_stop\", \"severity\": \"critical\"}'");
    rollups(
        "series_id <= 20",
        "1d",
        "1 day",
        "generate_series(timestamptz '2026-11-15T00:00Z', '2026-11-23T00:00Z', '1 day')",
        "series_id - 1");

    List<String> answer = ask("top_ten_of_a_week");
    assertThat(answer).hasSize(10).startsWith("OHT-50-020|280", "OHT-50-019|266");
    assertThat(answer).endsWith("OHT-50-011|154");
  }

  @Test
  void lowestBatteryPerDay() throws Exception {
    rollups(
        "series_id <= 2",
        "1d",
        "1 day",
        "generate_series(timestamptz '2026-11-23T00:00Z', '2026-11-24T00:00Z', '1 day')",
        "40 - series_id");

    assertThat(ask("lowest_battery_per_day"))
        .containsExactly(
            "OHT-50-002|2026-11-24 00:00:00+00|38|t",
            "OHT-50-001|2026-11-24 00:00:00+00|39|t",
            "OHT-50-002|2026-11-23 00:00:00+00|38|t",
            "OHT-50-001|2026-11-23 00:00:00+00|39|t");
  }

  @Test
  void lowestBatteryPerSite() throws Exception {
    rollups(
        "series_id <= 3",
        "1d",
        "1 day",
        "generate_series(timestamptz '2026-11-23T00:00Z', '2026-11-24T00:00Z', '1 day')",
        "40 - series_id");
    database.execute(
        """
        INSERT INTO registrations (robot_id, effective_from, attributes, source_id, record_offset)
        VALUES ('OHT-50-001', '-infinity', '{"site": "fab-1"}', 1, 1),
          ('OHT-50-002', '-infinity', '{"site": "fab-1"}', 1, 2),
          ('OHT-50-002', '2026-11-24T00:00Z', '{"site": "fab-2"}', 1, 3)
        """);

    assertThat(ask("lowest_battery_per_site"))
        .containsExactly(
            "fab-1|2026-11-24 00:00:00+00|39|1",
            "fab-2|2026-11-24 00:00:00+00|38|1",
            "-|2026-11-24 00:00:00+00|37|1",
            "fab-1|2026-11-23 00:00:00+00|38|2",
            "-|2026-11-23 00:00:00+00|37|1");
  }

  @Test
  void eventsThatCount() throws Exception {
    database.execute(
        """
        INSERT INTO registrations (robot_id, effective_from, attributes, source_id, record_offset)
        VALUES ('m/A', '-infinity', '{"safety_from": "oht50.safety"}', 1, 1),
          ('m/A', '2026-11-24T12:00Z', '{"safety_from": "vda5050.state", "missions_from": "vda5050.state"}', 1, 2)
        """);
    database.execute(
        """
        INSERT INTO events (kind, event_id, entity, type, acknowledged, "timestamp", payload, topic, partition,
          record_offset, withdrawn)
        SELECT kind, robot || kind || topic || hour, robot, 'x', false,
          timestamptz '2026-11-24T00:00Z' + hour * interval '1 hour', '{}', topic, 0, 1,
          hour = 15
        FROM (VALUES ('m/A'), ('B')) AS robots (robot),
          (VALUES ('safety', 'oht50.safety'), ('safety', 'vda5050.state'), ('mission', 'oht50.missions'),
            ('mission', 'vda5050.state')) AS topics (kind, topic),
          (VALUES (6), (14), (15)) AS hours (hour)
        """);

    assertThat(ask("events_that_count"))
        .extracting(
            row -> row.substring(11, 13) + row.replaceFirst("^[^|]*", "").replace("|x|-|-", ""))
        .containsExactly(
            "06|B|mission|oht50.missions",
            "06|m/A|mission|oht50.missions",
            "06|B|safety|oht50.safety",
            "06|m/A|safety|oht50.safety",
            "14|B|mission|oht50.missions",
            "14|m/A|mission|vda5050.state",
            "14|B|safety|oht50.safety",
            "14|m/A|safety|vda5050.state");
  }

  @Test
  void correctedWindows() throws Exception {
    rollups(
        "series_id <= 2",
        "1m",
        "1 minute",
        "generate_series(timestamptz '2026-11-24T00:00Z', '2026-11-24T00:00Z', '1 day')",
        "series_id");
    database.execute("UPDATE rollups SET sum = 10, max = 9, cause = 'late' WHERE series_id = 1");

    assertThat(ask("corrected_windows"))
        .singleElement()
        .asString()
        .startsWith(
            "oht50_robot_battery_percent|{\"robot_id\": \"OHT-50-001\"}|1m|2026-11-24 00:00:00+00|2|5|3|late|");
  }

  @Test
  void alertsOfARobot() throws Exception {
    database.execute(
        """
        INSERT INTO alert_transitions (transition_id, turn, alert_id, rule, state, previous_state,
          withdrawn, cause, labels, annotations, value, active_at, starts_at, ends_at, decided_at, epoch, seq)
        SELECT id, 1, id, rule, 'inactive', 'firing', withdrawn, 'on_time',
          jsonb_build_object('robot_id', robot), '{"summary": "Pressed"}', 1,
          timestamptz '2026-11-24T12:00Z', starts, starts + interval '90 seconds', now(), 1, 1
        FROM (VALUES
          ('a', 'SafetyEventCritical', false, 'OHT-50-001', timestamptz '2026-11-24T12:00Z'),
          ('b', 'SafetyEventCritical', true, 'OHT-50-001', '2026-11-24T13:00Z'),
          ('c', 'SafetyEventCritical', false, 'OHT-50-002', '2026-11-24T14:00Z'),
          ('d', 'SafetyEventUnacknowledged', false, 'OHT-50-001', '2026-11-24T15:00Z'),
          ('e', 'SafetyEventUnacknowledged', false, 'OHT-50-001', NULL))
          AS t (id, rule, withdrawn, robot, starts)
        """);

    assertThat(ask("alerts_of_a_robot"))
        .containsExactly(
            "SafetyEventUnacknowledged|2026-11-24 15:00:00+00|2026-11-24 15:01:30+00|00:01:30|Pressed",
            "SafetyEventCritical|2026-11-24 12:00:00+00|2026-11-24 12:01:30+00|00:01:30|Pressed");
  }

  @Test
  void completenessOfADay() throws Exception {
    database.execute(
        """
        INSERT INTO rollups (series_id, "interval", window_start, window_end, count, sum, min, max, first, last,
          is_final, cause, incarnation, epoch, seq, largest_gap_seconds)
        SELECT series_id, '1d', timestamptz '2026-11-24T00:00Z', timestamptz '2026-11-25T00:00Z', 43200 * series_id,
          1, 1, 1, 1, 1, true, 'on_time', 1, 1, 1, 30 / series_id
        FROM series WHERE series_id <= 2
        """);

    assertThat(ask("completeness_of_a_day"))
        .containsExactly("OHT-50-001|43200|86400|50.0|30", "OHT-50-002|86400|86400|100.0|15");
  }

  /** A robot that moves from eight to nine o'clock and then stands still with a fault until ten. */
  private void aFaultAtNine() {
    database.execute(
        """
        INSERT INTO series (series_id, metric_name, labels, metric_type, kind, canonical, entity, incarnation,
          first_timestamp, epoch, seq, expected_interval_seconds)
        SELECT 200 + i, 'oht50_robot_state', jsonb_build_object('robot_id', 'OHT-50-001', 'state', word), 'gauge', 7,
          'state ' || word, 'OHT-50-001', 1, now(), 1, 1, 60
        FROM (VALUES (1, 'moving'), (2, 'fault')) AS w (i, word)
        """);
    database.execute(
        """
        INSERT INTO registrations (robot_id, effective_from, attributes, source_id, record_offset)
        VALUES ('OHT-50-001', '-infinity', '{"zone": "Asia/Ho_Chi_Minh"}', 1, 1)
        """);
    database.execute(
        """
        INSERT INTO rollups (series_id, "interval", window_start, window_end, count, sum, min, max, first, last,
          is_final, cause, incarnation, epoch, seq, change_offsets, change_values)
        SELECT series_id, '1m', at, at + interval '1 minute', 1, value, value, value, value, value, true, 'on_time', 1,
          1, 1, '{0}', ARRAY[value]
        FROM (VALUES
          (201, timestamptz '2026-11-22T17:00+00', 0.0), (202, '2026-11-22T17:00+00', 0.0),
          (201, '2026-11-23T20:00+00', 1.0), (201, '2026-11-23T21:00+00', 0.0),
          (202, '2026-11-23T21:00+00', 1.0), (202, '2026-11-23T22:00+00', 0.0))
          AS c (series_id, at, value)
        """);
  }

  @Test
  void e10OfADay() throws Exception {
    aFaultAtNine();

    assertThat(ask("e10_of_a_day"))
        .containsExactly(
            "OHT-50-001|PRD|3600|-|86400",
            "OHT-50-001|SBY|79200|-|86400",
            "OHT-50-001|UDT|3600|-|86400");
  }

  @Test
  void failuresOfRobots() throws Exception {
    aFaultAtNine();
    database.execute(
        """
        INSERT INTO mission_attempts (mission_id, attempt, robot_id, status, ended_at, incarnation, epoch, seq)
        SELECT 'm-' || i, 1, 'OHT-50-001', 'completed', timestamptz '2026-11-23T20:10Z', 1, 1, 1
        FROM generate_series(1, 12) AS i
        """);

    assertThat(ask("failures_of_robots")).containsExactly("OHT-50-001|1|1|1.00|60.0|12|96.8|3.2");
  }

  @Test
  void asOf() throws Exception {
    rollups(
        "series_id <= 3",
        "1d",
        "1 day",
        "generate_series(timestamptz '2026-11-24T00:00Z', '2026-11-24T00:00Z', '1 day')",
        "30 + series_id");
    database.execute("UPDATE rollups SET updated_at = '2026-11-25T00:00:03Z' WHERE series_id <= 2");
    database.execute("UPDATE rollups SET updated_at = '2026-11-25T09:00Z' WHERE series_id = 3");
    database.execute("UPDATE rollups SET min = 12, cause = 'late' WHERE series_id = 1");

    assertThat(ask("as_of"))
        .containsExactly("OHT-50-001|31|12|1", "OHT-50-002|32|32|0", "OHT-50-003|-|33|0");
  }
}
