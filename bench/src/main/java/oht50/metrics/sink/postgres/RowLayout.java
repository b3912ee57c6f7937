package oht50.metrics.sink.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import oht50.metrics.model.Series;

/** A row for each point. */
final class RowLayout implements RawLayout {
  private final String name;
  private final String table;
  private final String definition;
  private final String insert;
  private final boolean isNarrow;

  private RowLayout(String name, String table, String definition, String insert, boolean isNarrow) {
    this.name = name;
    this.table = table;
    this.definition = definition;
    this.insert = insert;
    this.isNarrow = isNarrow;
  }

  private static final String SEED_COLUMNS =
      """
      CREATE SCHEMA IF NOT EXISTS %1$s;
      DROP TABLE IF EXISTS %1$s.metrics;
      CREATE TABLE %1$s.metrics (
        id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        metric_name varchar(100) NOT NULL,
        metric_value real NOT NULL,
        "timestamp" timestamp NOT NULL,
        labels json,
        metric_type varchar(20) NOT NULL);
      CREATE INDEX ON %1$s.metrics (metric_name, "timestamp");
      CREATE INDEX ON %1$s.metrics ("timestamp");
      GRANT USAGE ON SCHEMA %1$s TO oht50_writer;
      GRANT ALL ON %1$s.metrics TO oht50_writer;
      """;

  private static final String SEED_INSERT =
      """
      INSERT INTO %s.metrics (metric_name, metric_value, "timestamp", labels, metric_type)
      SELECT name, value, timestamp 'epoch' + millis * interval '1 millisecond', labels::json, 'gauge'
      FROM unnest(?::bigint[], ?::text[], ?::text[], ?::bigint[], ?::float8[])
        AS i (series_id, name, labels, millis, value)
      """;

  /** As the design document has it: a repeat would be a second row. */
  static RawLayout seed() {
    return new RowLayout(
        "seed",
        "seed.metrics",
        SEED_COLUMNS.formatted("seed"),
        SEED_INSERT.formatted("seed"),
        false);
  }

  /** The same, and each series and time once. */
  static RawLayout seedUnique() {
    return new RowLayout(
        "seed, unique",
        "seed_unique.metrics",
        SEED_COLUMNS.formatted("seed_unique")
            + "CREATE UNIQUE INDEX ON seed_unique.metrics"
            + " (metric_name, (labels ->> 'robot_id'), \"timestamp\");",
        SEED_INSERT.formatted("seed_unique")
            + """
            ON CONFLICT (metric_name, (labels ->> 'robot_id'), "timestamp")
              DO UPDATE SET metric_value = excluded.metric_value
              WHERE metrics.metric_value IS DISTINCT FROM excluded.metric_value
            """,
        false);
  }

  /** Series by their number. */
  static RawLayout narrow() {
    return new RowLayout(
        "narrow rows",
        "narrow.points",
        """
        CREATE SCHEMA IF NOT EXISTS narrow;
        DROP TABLE IF EXISTS narrow.points;
        CREATE TABLE narrow.points (
          series_id bigint, "timestamp" timestamptz, value double precision NOT NULL,
          PRIMARY KEY (series_id, "timestamp"));
        GRANT USAGE ON SCHEMA narrow TO oht50_writer;
        GRANT ALL ON narrow.points TO oht50_writer;
        """,
        """
        INSERT INTO narrow.points AS p (series_id, "timestamp", value)
        SELECT series_id, from_millis(millis), value
        FROM unnest(?::bigint[], ?::bigint[], ?::float8[]) AS i (series_id, millis, value)
        ON CONFLICT (series_id, "timestamp") DO UPDATE SET value = excluded.value
          WHERE p.value IS DISTINCT FROM excluded.value
        """,
        true);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> tables() {
    return List.of(table);
  }

  @Override
  public String definition() {
    return definition;
  }

  @Override
  public String count() {
    return "SELECT count(*) FROM " + table;
  }

  @Override
  public int restSeconds() {
    return RawFeed.LATENESS_SECONDS;
  }

  @Override
  public RawWriter open(PostgresConnection connection, RawFeed feed) {
    return new Writer(Writers.of(new Rows(table, insert, isNarrow), connection), feed);
  }

  private record Point(Series series, long millis, double value) {}

  private static final class Rows implements Table<Point> {
    private static final long serialVersionUID = 1L;

    private final String table;
    private final String insert;
    private final boolean isNarrow;

    Rows(String table, String insert, boolean isNarrow) {
      this.table = table;
      this.insert = insert;
      this.isNarrow = isNarrow;
    }

    @Override
    public String name() {
      return table;
    }

    @Override
    public Comparator<Point> byKey() {
      return Comparator.comparingLong((Point point) -> point.series().id())
          .thenComparingLong(Point::millis);
    }

    @Override
    public Optional<Point> fold(Point held, Point incoming) {
      return Optional.of(incoming);
    }

    @Override
    public int write(Connection connection, List<Point> rows) throws SQLException {
      try (PreparedStatement statement = connection.prepareStatement(insert)) {
        Columns<Point> columns = new Columns<>(statement, rows).longs(point -> point.series().id());
        if (!isNarrow) {
          columns
              .texts(point -> point.series().name())
              .texts(point -> SafeText.json(point.series().labels()));
        }
        columns.longs(Point::millis).doubles(Point::value);
        return statement.executeUpdate();
      }
    }

    @Override
    public String describe(Point row) {
      return row.toString();
    }
  }

  private static final class Writer implements RawWriter {
    private final UpsertWriter<Point> writer;
    private final RawFeed feed;

    Writer(UpsertWriter<Point> writer, RawFeed feed) {
      this.writer = writer;
      this.feed = feed;
    }

    @Override
    public void write(int from, int to) throws Exception {
      for (int second = from; second < to; second++) {
        write(second, false);
        write(second - RawFeed.LATENESS_SECONDS, true);
      }
      writer.flush(false);
    }

    private void write(int second, boolean isLate) throws IOException, InterruptedException {
      if (second < 0 || second >= feed.seconds) {
        return;
      }
      for (int i = 0; i < feed.series.size(); i++) {
        if (feed.isLate(i, second) == isLate) {
          writer.write(
              new Point(feed.series.get(i), RawFeed.millis(second), feed.value(i, second)), null);
        }
      }
    }

    @Override
    public void close() {
      writer.close();
    }
  }
}
