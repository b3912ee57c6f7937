package oht50.metrics.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What robots did with their time, by the changes that rows of minutes note. Times are of one day,
 * UTC.
 */
class RobotTimesTest {
  private static final String DAY = "2026-11-24";
  private static final String WHOLE_DAY = "('2026-11-24T00:00Z', '2026-11-25T00:00Z')";

  private final Map<String, Integer> series = new LinkedHashMap<>();
  private Database database;

  @BeforeEach
  void start() {
    database = Database.empty();
    database.execute(
        """
        INSERT INTO registrations (robot_id, effective_from, attributes, source_id, record_offset)
        VALUES ('R1', '-infinity', '{"zone": "UTC", "site": "fab-1"}', 1, 1)
        """);
    fact("oht50_robot_state", "state", "idle", "00:00:00 1"); // it is known from midnight
  }

  @AfterEach
  void forgetWhatTheInstallationSays() {
    database.execute("DELETE FROM kpi.shifts; DELETE FROM kpi.closures");
    database.execute("DELETE FROM kpi.e10_mapping WHERE word = 'paused'");
  }

  /** Changes as {@code HH:MM:SS value}, of robot R1. */
  private void fact(String metric, String label, String word, String... changes) {
    factOn(DAY, metric, label, word, changes);
  }

  private void factOn(String day, String metric, String label, String word, String... changes) {
    String labels =
        "{\"robot_id\": \"R1\""
            + (label == null ? "" : ", \"" + label + "\": \"" + word + "\"")
            + "}";
    Integer id = series.get(metric + labels);
    if (id == null) {
      id = series.size() + 1;
      series.put(metric + labels, id);
      database.execute(
          """
          INSERT INTO series (series_id, metric_name, labels, metric_type, kind, canonical, entity, incarnation,
            first_timestamp, epoch, seq, expected_interval_seconds)
          VALUES (%d, '%s', '%s', 'gauge', 7, '%d', 'R1', 1, now(), 1, 1, 300)
          """
              .formatted(id, metric, labels, id));
    }
    for (String change : changes) {
      String[] parts = change.split(" ", 2);
      boolean isEnd = parts[1].equals("-");
      String value = isEnd ? "NULL" : parts[1];
      String aggregate = isEnd ? "'NaN'" : parts[1];
      database.execute(
          """
          INSERT INTO rollups (series_id, "interval", window_start, window_end, count, sum, min, max, first, last,
            is_final, cause, incarnation, epoch, seq, change_offsets, change_values)
          SELECT %d, '1m', date_trunc('minute', at), date_trunc('minute', at) + interval '1 minute', %d, %s, %s, %s, %s,
            %s, true, 'on_time', 1, 1, 1, ARRAY[(extract(second FROM at) * 1000)::integer], ARRAY[%s]::float8[]
          FROM (SELECT timestamptz '%sT%sZ' AS at) AS c
          ON CONFLICT (series_id, "interval", window_start) DO UPDATE SET
            change_offsets = rollups.change_offsets || excluded.change_offsets,
            change_values = rollups.change_values || excluded.change_values, last = excluded.last
          """
              .formatted(
                  id,
                  isEnd ? 0 : 1,
                  aggregate,
                  aggregate,
                  aggregate,
                  aggregate,
                  aggregate,
                  value,
                  day,
                  parts[0]));
    }
  }

  private List<String> intervals(String span) {
    List<String> rows = new ArrayList<>();
    for (String row :
        database.rows(
            "SELECT state || ' ' || to_char(since AT TIME ZONE 'UTC', 'HH24:MI:SS.MS') || CASE WHEN is_intervention"
                + " THEN ' intervention' WHEN is_failure THEN ' failure' ELSE '' END"
                + " FROM kpi.e10_intervals"
                + span
                + " ORDER BY since")) {
      rows.add(row.replace(".000", ""));
    }
    return rows;
  }

  private List<String> days(String span) {
    return database.rows(
        "SELECT day || ' ' || state || ' ' || seconds || ' ' || coalesce(unobserved_seconds::text, 'unknown')"
            + " FROM kpi.e10"
            + span
            + " ORDER BY day, state");
  }

  private String figure(String column) {
    return database.rows("SELECT " + column + " FROM kpi.robots" + WHOLE_DAY).get(0);
  }

  @Test
  void theFirstStateOfTheMappingCounts() {
    fact("oht50_robot_mission_active", null, null, "01:00:00 1", "05:00:00 0");
    fact("oht50_robot_charging", null, null, "02:00:00 1", "04:00:00 0");
    fact("oht50_robot_state", "state", "fault", "03:00:00.250 1", "03:30:00 0");

    assertThat(intervals(WHOLE_DAY))
        .containsExactly(
            "SBY 00:00:00",
            "PRD 01:00:00",
            "SDT 02:00:00",
            "UDT 03:00:00.250 intervention",
            "SDT 03:30:00",
            "PRD 04:00:00",
            "SBY 05:00:00");
  }

  @Test
  void aRestartAfterAFailureIsAPartOfIt() {
    fact("oht50_robot_state", "state", "fault", "03:00:00 1", "03:30:00 0");
    fact(
        "oht50_robot_state",
        "state",
        "starting",
        "03:30:00 1",
        "03:35:00 0",
        "06:00:00 1",
        "06:05:00 0");

    assertThat(intervals(WHOLE_DAY))
        .containsExactly(
            "SBY 00:00:00",
            "UDT 03:00:00 intervention",
            "SBY 03:35:00",
            "SDT 06:00:00",
            "SBY 06:05:00");
    assertThat(figure("mttr_seconds")).isEqualTo("2100");
  }

  @Test
  void aStopThatAcknowledgesItselfIsAFailureAndNoIntervention() {
    fact(
        "oht50_robot_safety",
        "signal",
        "estop",
        "03:00:00 1",
        "03:01:00 0",
        "04:00:00 1",
        "04:01:00 0");
    fact("oht50_robot_safety", "signal", "estop_autoack", "03:00:00 1", "03:01:00 0");

    assertThat(intervals(WHOLE_DAY))
        .containsExactly(
            "SBY 00:00:00",
            "UDT 03:00:00 failure",
            "SBY 03:01:00",
            "UDT 04:00:00 intervention",
            "SBY 04:01:00");
    assertThat(figure("failures || ' ' || interventions")).isEqualTo("2 1");
  }

  @Test
  void outsideTheShiftsNothingIsScheduledButAMissionGoesOn() {
    database.execute(
        "INSERT INTO kpi.shifts VALUES ('fab-1', 2, '06:00', '14:00'), ('fab-1', 2, '22:00', '02:00')");
    database.execute(
        "INSERT INTO kpi.closures VALUES ('fab-1', '2026-11-24T12:00Z', '2026-11-24T13:00Z', 'inventory')");
    fact("oht50_robot_mission_active", null, null, "13:50:00 1", "14:10:00 0");

    assertThat(intervals(WHOLE_DAY))
        .containsExactly(
            "NST 00:00:00",
            "SBY 06:00:00",
            "NST 12:00:00",
            "SBY 13:00:00",
            "PRD 13:50:00",
            "NST 14:10:00",
            "SBY 22:00:00");
    assertThat(figure("nst_seconds"))
        .isEqualTo(Integer.toString((6 + 1) * 3_600 + 7 * 3_600 + 50 * 60));
  }

  @Test
  void aCalibrationIsEngineering() {
    database.execute(
        """
        INSERT INTO mission_attempts (mission_id, attempt, robot_id, mission_type, status, executing_at, ended_at,
          incarnation, epoch, seq)
        VALUES ('m', 1, 'R1', 'calibrate', 'completed', '2026-11-24T08:00Z', '2026-11-24T08:20Z', 1, 1, 1)
        """);

    assertThat(intervals(WHOLE_DAY))
        .containsExactly("SBY 00:00:00", "ENG 08:00:00", "SBY 08:20:00");
  }

  @Test
  void whatWasEnteredBeforeTheSpanIsNoFailureOfIt() {
    factOn("2026-11-23", "oht50_robot_state", "state", "idle", "00:00:00 1");
    fact("oht50_robot_state", "state", "fault", "03:00:00 1", "05:00:00 0");

    assertThat(intervals("('2026-11-24T04:00Z', '2026-11-24T06:00Z')"))
        .containsExactly("UDT 04:00:00", "SBY 05:00:00");
    assertThat(intervals("('2026-11-24T03:00Z', '2026-11-24T04:00Z')"))
        .containsExactly("UDT 03:00:00 intervention");
  }

  @Test
  void beforeAnythingWasSaidNothingIsKnown() {
    assertThat(intervals("('2026-11-23T12:00Z', '2026-11-24T12:00Z')"))
        .containsExactly("UNKNOWN 12:00:00", "SBY 00:00:00");
  }

  @Test
  void whatSourcesEndNoLongerHolds() {
    fact("oht50_robot_driving", null, null, "01:00:00 1", "02:00:00 -");

    assertThat(intervals(WHOLE_DAY))
        .containsExactly("SBY 00:00:00", "PRD 01:00:00", "SBY 02:00:00");
    assertThat(
            database.rows(
                "SELECT coalesce(value::text, 'ended') FROM robot_intervals_between('2026-11-24T12:00Z',"
                    + " '2026-11-24T13:00Z') WHERE fact = 'oht50_robot_driving'"))
        .containsExactly("ended");
  }

  @Test
  void changesWithinOneMinuteCountToTheMillisecond() {
    fact(
        "oht50_robot_driving",
        null,
        null,
        "01:00:10.125 1",
        "01:00:10.500 0",
        "01:00:59.999 1",
        "01:01:00 0");

    assertThat(intervals(WHOLE_DAY))
        .containsExactly(
            "SBY 00:00:00",
            "PRD 01:00:10.125",
            "SBY 01:00:10.500",
            "PRD 01:00:59.999",
            "SBY 01:01:00");
    assertThat(intervals("('2026-11-24T01:00:10.250Z', '2026-11-24T01:00:20Z')"))
        .containsExactly("PRD 01:00:10.250", "SBY 01:00:10.500");
  }

  @Test
  void daysWithAChangeOfClocksHaveTheirLength() {
    database.execute(
        "UPDATE registrations SET attributes = '{\"zone\": \"Australia/Lord_Howe\", \"site\": \"fab-1\"}'");
    factOn("2026-10-01", "oht50_robot_state", "state", "idle", "00:00:00 1");
    factOn("2026-04-01", "oht50_robot_state", "state", "idle", "00:00:00 1");

    assertThat(
            database.rows(
                "SELECT day || ' ' || seconds / 3600 FROM kpi.e10('2026-10-02T13:30Z', '2026-10-04T13:00Z') ORDER BY day"))
        .containsExactly("2026-10-03 24", "2026-10-04 23.5");
    assertThat(
            database.rows(
                "SELECT day || ' ' || seconds / 3600 FROM kpi.e10('2026-04-04T13:00Z', '2026-04-05T13:30Z')"))
        .containsExactly("2026-04-05 24.5");
  }

  @Test
  void obstaclesCountDuringMissions() {
    fact("oht50_robot_mission_active", null, null, "01:00:00 1", "02:00:00 0");
    fact(
        "oht50_robot_safety",
        "signal",
        "obstacle_detected",
        "00:30:00 1",
        "00:31:00 0",
        "01:10:00 1",
        "01:11:00 0",
        "01:20:00 1",
        "01:21:00 0");

    assertThat(figure("obstructions")).isEqualTo("2");
  }

  @Test
  void withoutAFailureThereIsNoTimeBetween() {
    assertThat(
            figure(
                "coalesce(mtbf_productive_seconds::text, '-') || coalesce(mcbf_missions::text, '-')"))
        .isEqualTo("--");
    assertThat(figure("coalesce(success_rate::text, '-') || ' ' || availability")).isEqualTo("- 1");
  }

  /** It is expected every five minutes, so a quarter of an hour is no silence yet. */
  @Test
  void silenceIsReportedBesideTheState() {
    database.execute("DELETE FROM rollups");
    fact("oht50_robot_state", "state", "moving", "00:00:00 1", "02:00:00 0");
    database.execute(
        """
        INSERT INTO chunks (series_id, chunk_start, chunk_end, offsets_ms, point_values, incarnation, epoch, seq)
        SELECT 1, at, at + interval '1 hour', '{0,600000,1200000,1800000,2400000,3000000}', '{1,1,1,1,1,1}', 1, 1, 1
        FROM generate_series(timestamptz '2026-11-24T00:00Z', '2026-11-24T23:00Z', '1 hour') AS at
        WHERE at <> '2026-11-24T01:00Z'
        """);

    assertThat(days(WHOLE_DAY))
        .containsExactly("2026-11-24 PRD 7200 3300", "2026-11-24 SBY 79200 0");
  }

  @Test
  void aBrokenLinkIsReportedToo() {
    database.execute("DELETE FROM rollups");
    fact("oht50_robot_state", "state", "moving", "00:00:00 1", "12:00:00 0");
    fact("oht50_robot_link_up", "link", "broker", "00:00:00 1", "11:00:00 0", "13:00:00 1");
    database.execute(
        """
        INSERT INTO chunks (series_id, chunk_start, chunk_end, offsets_ms, point_values, incarnation, epoch, seq)
        SELECT 1, at, at + interval '1 hour', '{0,600000,1200000,1800000,2400000,3000000}', '{1,1,1,1,1,1}', 1, 1, 1
        FROM generate_series(timestamptz '2026-11-24T00:00Z', '2026-11-24T23:00Z', '1 hour') AS at
        """);

    assertThat(days(WHOLE_DAY))
        .containsExactly("2026-11-24 PRD 43200 3600", "2026-11-24 SBY 43200 3600");
  }

  /** Its raw points come later than its newest point; what is not stored yet is no silence. */
  @Test
  void aRobotThatHasJustSpokenIsSeen() {
    database.execute(
        """
        INSERT INTO latest_points (series_id, "timestamp", value, source_id, record_offset, incarnation, known_from,
          epoch, seq)
        VALUES (1, now() - interval '1 second', 1, 1, 1, 1, '-infinity', 1, 1)
        """);
    database.execute("UPDATE series SET expected_interval_seconds = 30");

    assertThat(
            database.rows(
                "SELECT count(*) FROM kpi.unobserved(now() - interval '1 hour', now()) u"
                    + " JOIN latest_points l ON u.until > date_trunc('minute', l.\"timestamp\")"))
        .containsExactly("0");

    database.execute("UPDATE latest_points SET \"timestamp\" = now() - interval '100 seconds'");
    assertThat(
            database.rows(
                "SELECT u.since - l.\"timestamp\" FROM latest_points l"
                    + " JOIN kpi.unobserved(now() - interval '1 hour', now()) u"
                    + " ON u.until > l.\"timestamp\""))
        .containsExactly("00:01:30");
  }

  @Test
  void whatRawPointsWouldTellIsNotKnownWithoutThem() {
    fact("oht50_robot_state", "state", "moving", "01:00:00 1", "02:00:00 0");

    assertThat(days(WHOLE_DAY))
        .containsExactly("2026-11-24 PRD 3600 unknown", "2026-11-24 SBY 82800 unknown");
  }

  @Test
  void anotherMappingAnswersAnew() {
    fact("oht50_robot_state", "state", "paused", "01:00:00 1", "02:00:00 0");
    assertThat(intervals(WHOLE_DAY)).containsExactly("SBY 00:00:00");

    database.execute(
        "INSERT INTO kpi.e10_mapping VALUES ('oht50_robot_state', 'paused', 'SDT', NULL)");
    assertThat(intervals(WHOLE_DAY))
        .containsExactly("SBY 00:00:00", "SDT 01:00:00", "SBY 02:00:00");
  }
}
