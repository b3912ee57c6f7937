package oht50.metrics.sink.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Four questions of an analyst, in the columns of the design document, of its layout and of the
 * shipped views. Of the raw points in both; of a week of rollups of 400 series: 1m, 5m and 15m of a
 * day, 1h and 1d of seven.
 */
final class LayoutQueries {
  private static final int TIMES = 11;
  private static final boolean EXPLAINS = Boolean.getBoolean("explain");

  private static final String ROLLUPS =
      """
      TRUNCATE rollups;
      INSERT INTO rollups (series_id, "interval", window_start, window_end, count, sum, min, max, first,
        last, is_final, cause, incarnation, epoch, seq)
      SELECT s.series_id, i.name, w.window_start, w.window_start + i.span, i.count, i.count * v.value, v.value - 1,
        v.value + 1, v.value, v.value, true, 'on_time', 11, 1, 1
      FROM series s
      CROSS JOIN (VALUES
        ('1m', interval '1 minute', timestamptz '2026-11-22T00:00Z', 60),
        ('5m', interval '5 minutes', timestamptz '2026-11-22T00:00Z', 300),
        ('15m', interval '15 minutes', timestamptz '2026-11-22T00:00Z', 900),
        ('1h', interval '1 hour', timestamptz '2026-11-16T00:00Z', 3600),
        ('1d', interval '1 day', timestamptz '2026-11-16T00:00Z', 86400))
        AS i (name, span, begun, count)
      CROSS JOIN LATERAL generate_series(i.begun, timestamptz '2026-11-22T23:59Z', i.span)
        AS w (window_start)
      CROSS JOIN LATERAL (
        SELECT mod(abs(s.series_id % 97) + extract(epoch FROM w.window_start)::bigint / 60, 400) / 4.0::float8
          AS value) AS v
      WHERE s.metric_name <= 'oht50_robot_metric_03'
      ORDER BY w.window_start + i.span;
      CREATE SCHEMA IF NOT EXISTS seed;
      DROP TABLE IF EXISTS seed.metrics_aggregated;
      CREATE TABLE seed.metrics_aggregated (
        id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        metric_name varchar(100) NOT NULL,
        aggregation_type varchar(20) NOT NULL,
        metric_value real NOT NULL,
        start_time timestamp NOT NULL,
        end_time timestamp NOT NULL,
        labels json);
      INSERT INTO seed.metrics_aggregated (
        metric_name, aggregation_type, metric_value, start_time, end_time, labels)
      SELECT metric_name, aggregation_type, metric_value, start_time, end_time, labels
      FROM metrics_aggregated
      ORDER BY end_time;
      CREATE INDEX ON seed.metrics_aggregated (metric_name, start_time, end_time);
      """;

  private final String url;
  private final RawFeed feed;
  private final PrintStream out = System.out;

  LayoutQueries(String url, RawFeed feed) {
    this.url = url;
    this.feed = feed;
  }

  void run() throws SQLException, IOException {
    try (Connection connection = DriverManager.getConnection(url, "postgres", null);
        Statement statement = connection.createStatement()) {
      statement.execute(ROLLUPS);
      for (String table :
          List.of(
              "rollups",
              "seed.metrics_aggregated",
              "seed.metrics",
              "chunks",
              "late_points",
              "latest_points")) {
        statement.execute("VACUUM (ANALYZE) " + table);
      }
      out.println("\n| question | rows | seed, ms | shipped, ms | |");
      out.println("|---|---|---|---|---|");
      same("one_series_over_a_day", statement);
      same("hundred_series_over_a_day", statement);
      if (feed.seconds == 1_800) {
        compare(
            "newest_value_of_every_series",
            text("newest_value_of_every_series_latest"),
            "from metrics_latest",
            statement);
      }
      same("top_ten_of_a_week", statement);
    }
  }

  private void same(String question, Statement statement) throws SQLException, IOException {
    compare(question, text(question), "the same text", statement);
    String withInterval =
        text(question)
            .replace("end_time - start_time = interval '5 minutes'", "\"interval\" = '5m'")
            .replace("end_time - start_time = interval '1 day'", "\"interval\" = '1d'");
    if (!withInterval.equals(text(question))) {
      compare(question, withInterval, "with the column interval", statement);
    }
  }

  private void compare(String seed, String shipped, String how, Statement statement)
      throws SQLException, IOException {
    Answer ofSeed = ask("seed", text(seed), statement);
    Answer ofViews = ask("public", shipped, statement);
    if (ofSeed.rows != ofViews.rows) {
      throw new IllegalStateException(
          seed + " has " + ofSeed.rows + " rows, and " + ofViews.rows + " in the shipped layout");
    }
    out.printf(
        Locale.ROOT,
        "| %s | %d | %.1f | %.1f | %s |%n",
        seed,
        ofSeed.rows,
        ofSeed.millis,
        ofViews.millis,
        how);
  }

  private record Answer(int rows, double millis) {}

  /** The median, of a server that has answered the same before. */
  private Answer ask(String schema, String sql, Statement statement) throws SQLException {
    statement.execute("SET search_path = " + schema);
    if (EXPLAINS) {
      explain(sql, statement);
    }
    double[] millis = new double[TIMES];
    int rows = 0;
    for (int i = -1; i < TIMES; i++) {
      long begun = System.nanoTime();
      rows = 0;
      try (ResultSet result = statement.executeQuery(sql)) {
        while (result.next()) {
          rows++;
        }
      }
      millis[Math.max(i, 0)] = (System.nanoTime() - begun) / 1e6;
    }
    Arrays.sort(millis);
    statement.execute("RESET search_path");
    return new Answer(rows, millis[TIMES / 2]);
  }

  private void explain(String sql, Statement statement) throws SQLException {
    try (ResultSet plan = statement.executeQuery("EXPLAIN (ANALYZE, BUFFERS) " + sql)) {
      while (plan.next()) {
        out.println(plan.getString(1));
      }
    }
  }

  private static String text(String question) throws IOException {
    try (InputStream file =
        LayoutQueries.class.getResourceAsStream("/oht50/bench/" + question + ".sql")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
