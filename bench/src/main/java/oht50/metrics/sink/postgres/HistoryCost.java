package oht50.metrics.sink.postgres;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import oht50.metrics.model.Cause;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.Series;
import oht50.metrics.time.Interval;

/**
 * What it costs to keep what a corrected row said before: rows of a minute are corrected through
 * the product's writer, in turns with and without the trigger that writes {@code rollup_history}.
 * Needs the rollups of {@link LayoutQueries}.
 */
final class HistoryCost {
  private static final int ROUNDS = 5; // of either kind
  private static final int MINUTES = 60; // of each series and round
  private static final long DAY = Instant.parse("2026-11-22T00:00:00Z").toEpochMilli();
  private static final long LIFE = 11;
  private static final String LAST_METRIC = RawFeed.metric(3);

  private final String url;
  private final RawFeed feed;
  private final PrintStream out = System.out;

  HistoryCost(String url, RawFeed feed) {
    this.url = url;
    this.feed = feed;
  }

  /**
   * @param micros of a corrected row
   * @param walBytes of a corrected row
   */
  private record Cost(double micros, double walBytes) {}

  void run() throws Exception {
    Cost[] with = new Cost[ROUNDS];
    Cost[] without = new Cost[ROUNDS];
    try (Connection connection = DriverManager.getConnection(url, "postgres", null);
        Statement statement = connection.createStatement();
        UpsertWriter<Rollup> writer =
            Writers.of(new RollupsTable(), new PostgresConnection(url, "oht50_writer", null))) {
      correct(0, writer); // not counted
      for (int round = 0; round < ROUNDS; round++) {
        statement.execute("ALTER TABLE rollups DISABLE TRIGGER revise_rollup");
        without[round] = measure(1 + 2 * round, writer, statement);
        statement.execute("ALTER TABLE rollups ENABLE TRIGGER revise_rollup");
        with[round] = measure(2 + 2 * round, writer, statement);
      }
    }
    out.println("\n| a corrected row | us | WAL, B |");
    out.println("|---|---|---|");
    print("without its history", without);
    print("with it", with);
  }

  private void print(String name, Cost[] costs) {
    double micros = median(Arrays.stream(costs).mapToDouble(Cost::micros).toArray());
    double wal = median(Arrays.stream(costs).mapToDouble(Cost::walBytes).toArray());
    out.printf(Locale.ROOT, "| %s | %.1f | %.0f |%n", name, micros, wal);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private Cost measure(int hour, UpsertWriter<Rollup> writer, Statement statement)
      throws Exception {
    statement.execute("CHECKPOINT");
    String start = text("SELECT pg_current_wal_lsn()", statement);
    long begun = System.nanoTime();
    int rows = correct(hour, writer);
    double micros = (System.nanoTime() - begun) / 1e3;
    String wal = text("SELECT pg_current_wal_lsn() - '" + start + "'::pg_lsn", statement);
    return new Cost(micros / rows, Double.parseDouble(wal) / rows);
  }

  /** Gives each minute of an hour of the day another value. */
  private int correct(int hour, UpsertWriter<Rollup> writer) throws Exception {
    int rows = 0;
    for (Series series : feed.series) {
      for (int minute = 0;
          series.name().compareTo(LAST_METRIC) <= 0 && minute < MINUTES;
          minute++) {
        long start = DAY + (hour * 60L + minute) * 60_000;
        writer.write(row(series, start, ++rows), null);
      }
    }
    writer.flush(false);
    return rows;
  }

  private static Rollup row(Series series, long start, long seq) {
    return new Rollup(
        series.id(),
        Interval.MINUTE,
        start,
        start + 60_000,
        61,
        -61,
        -2,
        0,
        -1,
        -1,
        Rollup.NONE,
        Rollup.NONE,
        Rollup.NONE,
        -1,
        1_000,
        true,
        Cause.LATE,
        LIFE,
        2,
        seq);
  }

  private static String text(String sql, Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
