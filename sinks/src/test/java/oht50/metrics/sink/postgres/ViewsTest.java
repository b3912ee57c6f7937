package oht50.metrics.sink.postgres;

import static oht50.metrics.sink.postgres.Samples.BATTERY;
import static oht50.metrics.sink.postgres.Samples.FIRST_LIFE;
import static oht50.metrics.sink.postgres.Samples.MINUTE;
import static oht50.metrics.sink.postgres.Samples.NOON;
import static oht50.metrics.sink.postgres.Samples.SERIES;
import static oht50.metrics.sink.postgres.Samples.chunk;
import static oht50.metrics.sink.postgres.Samples.corrected;
import static oht50.metrics.sink.postgres.Samples.entry;
import static oht50.metrics.sink.postgres.Samples.late;
import static oht50.metrics.sink.postgres.Samples.rollup;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import oht50.metrics.model.Cause;
import oht50.metrics.model.LatePoint;
import oht50.metrics.model.PointChunk;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.time.Interval;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ViewsTest {
  private static final String POINTS =
      "SELECT to_millis(\"timestamp\") - " + NOON + ", metric_value FROM metrics ORDER BY 1";

  private Database database;

  @BeforeEach
  void start() throws SQLException {
    database = Database.empty();
    try (Connection connection = database.connect();
        PreparedStatement insert = connection.prepareStatement(SeriesStatement.SQL)) {
      SeriesStatement.bind(insert, entry(BATTERY));
      insert.executeUpdate();
    }
  }

  private void chunks(PointChunk... rows) throws Exception {
    try (var writer =
        new WriterUnderTest<>(new ChunksTable(), new Connections(database.settings()))) {
      writer.write(rows);
    }
  }

  private void latePoints(LatePoint... rows) throws Exception {
    try (var writer =
        new WriterUnderTest<>(
            new LatePointsTable(LatePointsTable.LATE), new Connections(database.settings()))) {
      writer.write(rows);
    }
  }

  private void rollups(Rollup... rows) throws Exception {
    try (var writer =
        new WriterUnderTest<>(new RollupsTable(), new Connections(database.settings()))) {
      writer.write(rows);
    }
  }

  @Test
  void columnsAreThoseOfTheDesignDocumentInItsOrder() {
    assertThat(database.columns("SELECT * FROM metrics"))
        .containsExactly("id", "metric_name", "metric_value", "timestamp", "labels", "metric_type");
    assertThat(database.columns("SELECT * FROM metrics_aggregated"))
        .containsExactly(
            "id",
            "metric_name",
            "aggregation_type",
            "metric_value",
            "start_time",
            "end_time",
            "labels",
            "interval",
            "is_final",
            "revision");
    assertThat(database.columns("SELECT * FROM metrics_aggregated_as_of(now())"))
        .isEqualTo(database.columns("SELECT * FROM metrics_aggregated"));
    assertThat(database.columns("SELECT * FROM metrics_retention"))
        .containsExactly("metric_name", "retention_days", "aggregation_interval", "enabled");
    assertThat(database.columns("SELECT * FROM metrics_between(now(), now())"))
        .isEqualTo(database.columns("SELECT * FROM metrics"));
  }

  @Test
  void metricsShowsEveryPointWithItsSeries() throws Exception {
    chunks(chunk(FIRST_LIFE, 1, 1, 10, 20));

    assertThat(
            database.rows(
                "SELECT metric_name, metric_value, to_millis(\"timestamp\"), labels, metric_type"
                    + " FROM metrics ORDER BY \"timestamp\""))
        .containsExactly(
            "oht50_robot_battery_percent|10|" + NOON + "|{\"robot_id\": \"OHT-50-001\"}|gauge",
            "oht50_robot_battery_percent|20|"
                + (NOON + 1_000)
                + "|{\"robot_id\": \"OHT-50-001\"}|gauge");
  }

  @Test
  void latePointWinsOverTheChunksPointAndAddsWhatIsMissing() throws Exception {
    chunks(chunk(FIRST_LIFE, 1, 1, 10, 20));
    latePoints(late(1_000, 21, 1), late(1_500, 22, 2));

    assertThat(database.rows(POINTS)).containsExactly("0|10", "1000|21", "1500|22");
  }

  @Test
  void nanIsShownAndAStaleMarkerIsNoSample() throws Exception {
    chunks(chunk(FIRST_LIFE, 1, 1, Double.NaN, StaleMarker.VALUE, 3));
    latePoints(late(5_000, StaleMarker.VALUE, 1));

    assertThat(database.rows(POINTS)).containsExactly("0|NaN", "2000|3");
  }

  @Test
  void emptyChunkHasNoRows() throws Exception {
    chunks(chunk(FIRST_LIFE, 1, 1));

    assertThat(database.rows(POINTS)).isEmpty();
  }

  @Test
  void metricsBetweenIsMetricsFiltered() throws Exception {
    chunks(
        chunk(FIRST_LIFE, 1, 1, 10, 20, 30),
        // a day long, begun long before the span that is asked for
        new PointChunk(
            SERIES,
            NOON - 86_400_000 + 1_000,
            NOON + 1_000,
            new int[] {0, 86_399_500},
            new double[] {1, 2},
            FIRST_LIFE,
            1,
            2));
    latePoints(late(1_000, 21, 1), late(2_500, 22, 2));

    String all = "SELECT id, \"timestamp\", metric_value FROM ";
    for (long to = -1_000; to <= 4_000; to += 500) {
      for (long from = -1_000; from <= to; from += 500) {
        assertThat(
                database.rows(
                    all + "metrics_between(from_millis(?), from_millis(?)) ORDER BY 2",
                    NOON + from,
                    NOON + to))
            .isEqualTo(
                database.rows(
                    all
                        + "metrics WHERE \"timestamp\" >= from_millis(?)"
                        + " AND \"timestamp\" < from_millis(?) ORDER BY 2",
                    NOON + from,
                    NOON + to));
      }
    }
  }

  @Test
  void metricsBetweenReachesTheIndexOfTheChunks() {
    fill();
    assertThat(plan("SELECT * FROM metrics_between('2026-11-24 01:00', '2026-11-24 02:00')"))
        .contains("chunks_by_start")
        .doesNotContain("Seq Scan on chunks")
        .doesNotContain("Function Scan on metrics_between");
  }

  @Test
  void nameOfAMetricReachesThePrimaryKeys() {
    fill();
    assertThat(plan("SELECT * FROM metrics WHERE metric_name = 'metric_7'"))
        .contains("series_by_metric_name", "chunks_pkey")
        .doesNotContain("Seq Scan on chunks");
    assertThat(
            plan(
                "SELECT * FROM metrics_aggregated"
                    + " WHERE metric_name = 'metric_7' AND \"interval\" = '1m'"))
        .contains("series_by_metric_name", "rollups_pkey");
    assertThat(
            plan(
                "SELECT * FROM metrics_aggregated_as_of('2026-11-24')"
                    + " WHERE metric_name = 'metric_7' AND \"interval\" = '1m'"))
        .contains("series_by_metric_name", "rollups_pkey")
        .doesNotContain("Seq Scan on rollups ");
  }

  /** 1,000 series of 500 metrics, 30 days of them. */
  private void fill() {
    database.execute(
        """
        INSERT INTO series SELECT i, 'metric_' || i % 500, '{}', 'gauge', 1, '', '', 1, now(), 1, 1
        FROM generate_series(1, 1000) i
        """);
    database.execute(
        """
        INSERT INTO chunks
        SELECT i, day, day + interval '24 hours', '{0}', '{1}', 1, 1, 1
        FROM generate_series(1, 1000) i,
          generate_series(timestamptz '2026-11-01', '2026-11-30', '24 hours') day
        """);
    database.execute(
        """
        INSERT INTO rollups
        SELECT i, '1m', day, day + interval '1 minute', 1, 1, 1, 1, 1, 1, true, 0, 'on_time', 1, 1, 1
        FROM generate_series(1, 1000) i,
          generate_series(timestamptz '2026-11-01', '2026-11-30', '24 hours') day
        """);
    database.execute("ANALYZE series, chunks, rollups, late_points");
  }

  private String plan(String query) {
    return String.join("\n", database.rows("EXPLAIN " + query));
  }

  @Test
  void idIsTheSameInEveryInstallation() throws Exception {
    chunks(chunk(FIRST_LIFE, 1, 1, 10));
    rollups(rollup(10, 1, 1));

    assertThat(database.rows("SELECT stable_id('1|2')")).containsExactly("-5595337032107772176");
    String key = SERIES + "|" + NOON;
    assertThat(database.rows("SELECT id FROM metrics"))
        .isEqualTo(database.rows("SELECT stable_id(?)", key));
    assertThat(database.rows("SELECT id FROM metrics_aggregated WHERE aggregation_type = 'avg'"))
        .isEqualTo(database.rows("SELECT stable_id(?)", SERIES + "|1m|" + NOON + "|avg"));
  }

  @Test
  void idStaysWhenAValueIsCorrected() throws Exception {
    chunks(chunk(FIRST_LIFE, 1, 1, 10));
    List<String> before = database.rows("SELECT id FROM metrics");
    latePoints(late(0, 11, 1));

    assertThat(database.rows("SELECT id, metric_value FROM metrics"))
        .containsExactly(before.get(0) + "|11");
  }

  @Test
  void aggregatesHaveOneRowForEachType() throws Exception {
    rollups(
        new Rollup(
            SERIES,
            Interval.HOUR,
            NOON,
            NOON + 3_600_000,
            4,
            10,
            1,
            4,
            1,
            4,
            Rollup.NONE,
            Rollup.NONE,
            Rollup.NONE,
            -1,
            -1,
            true,
            Cause.ON_TIME,
            FIRST_LIFE,
            1,
            1));

    assertThat(
            database.rows(
                "SELECT aggregation_type, metric_value, \"interval\","
                    + " to_millis(end_time) - to_millis(start_time), is_final, revision"
                    + " FROM metrics_aggregated ORDER BY 1"))
        .containsExactly(
            "avg|2.5|1h|3600000|t|0",
            "count|4|1h|3600000|t|0",
            "max|4|1h|3600000|t|0",
            "min|1|1h|3600000|t|0",
            "sum|10|1h|3600000|t|0");
  }

  @Test
  void quarterHoursAndRetractedWindowsAreHidden() throws Exception {
    rollups(
        new Rollup(
            SERIES,
            Interval.QUARTER,
            NOON,
            NOON + 900_000,
            1,
            1,
            1,
            1,
            1,
            1,
            Rollup.NONE,
            Rollup.NONE,
            Rollup.NONE,
            -1,
            -1,
            true,
            Cause.ON_TIME,
            FIRST_LIFE,
            1,
            1),
        new Rollup(
            SERIES,
            Interval.MINUTE,
            NOON,
            NOON + MINUTE,
            0,
            0,
            0,
            0,
            0,
            0,
            Rollup.NONE,
            Rollup.NONE,
            Rollup.NONE,
            -1,
            -1,
            true,
            Cause.LATE,
            FIRST_LIFE,
            1,
            2));

    assertThat(database.rows("SELECT * FROM metrics_aggregated")).isEmpty();
    assertThat(database.rows("SELECT count(*) FROM rollups")).containsExactly("2");
  }

  @Test
  void nanAndTheSmallestNumbersDoNotBreakAQuery() throws Exception {
    rollups(
        rollup(Double.NaN, 1, 1),
        new Rollup(
            SERIES,
            Interval.HOUR,
            NOON,
            NOON + 3_600_000,
            3,
            Double.MIN_VALUE,
            0,
            0,
            0,
            0,
            Rollup.NONE,
            Rollup.NONE,
            Rollup.NONE,
            -1,
            -1,
            true,
            Cause.ON_TIME,
            FIRST_LIFE,
            1,
            2));

    assertThat(
            database.rows(
                "SELECT metric_value FROM metrics_aggregated WHERE aggregation_type = 'avg'"
                    + " ORDER BY \"interval\""))
        .containsExactly("0", "NaN");
  }

  @Test
  void revisionIsShown() throws Exception {
    rollups(rollup(1, 1, 1));
    rollups(corrected(2, Cause.LATE, 1, 2));

    assertThat(
            database.rows(
                "SELECT metric_value, revision FROM metrics_aggregated"
                    + " WHERE aggregation_type = 'max'"))
        .containsExactly("2|1");
  }
}
