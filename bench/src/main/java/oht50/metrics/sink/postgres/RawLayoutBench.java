package oht50.metrics.sink.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.flywaydb.core.Flyway;

/**
 * Raw points in the layout of the design document, in narrow rows and in chunks: what writing,
 * storing and asking costs. On a PostgreSQL of its own, with fsync and synchronous_commit on.
 */
public final class RawLayoutBench {
  private static final String OWNER = "oht50_owner";
  private static final double MILLION = 1e6;

  /** The time between two looks of autovacuum, and what it looks for. */
  private static final int AUTOVACUUM_SECONDS = 60;

  private static final String DUE =
      """
      SELECT pg_stat_get_dead_tuples(c.oid)
          > coalesce(o.threshold, 50) + coalesce(o.scale_factor, 0.2) * greatest(reltuples, 0)
        OR pg_stat_get_ins_since_vacuum(c.oid) > 1000 + 0.2 * greatest(reltuples, 0)
      FROM pg_class c,
        LATERAL (
          SELECT
            max(option_value::float8) FILTER (WHERE option_name = 'autovacuum_vacuum_threshold')
              AS threshold,
            max(option_value::float8) FILTER (WHERE option_name = 'autovacuum_vacuum_scale_factor')
              AS scale_factor
          FROM pg_options_to_table(c.reloptions)) AS o
      WHERE c.oid = '%s'::regclass
      """;

  private final String url;
  private final RawFeed feed;
  private final PrintStream out = System.out;

  private RawLayoutBench(String url, RawFeed feed) {
    this.url = url;
    this.feed = feed;
  }

  /**
   * @param args robots, series of each, minutes; 100 40 30 unless given. Then {@code raw}, {@code
   *     chunks} or {@code queries} for a part only.
   */
  public static void main(String... args) throws Exception {
    int robots = args.length > 0 ? Integer.parseInt(args[0]) : 100;
    int series = args.length > 1 ? Integer.parseInt(args[1]) : 40;
    int minutes = args.length > 2 ? Integer.parseInt(args[2]) : 30;
    String part = args.length > 3 ? args[3] : "all";
    try (EmbeddedPostgres server = start()) {
      String url = "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
      RawLayoutBench bench = new RawLayoutBench(url, new RawFeed(robots, series, minutes, 1));
      bench.migrate();
      bench.describe();
      bench.raw(part);
      if (!part.equals("raw") && !part.equals("chunks")) {
        new LayoutQueries(url, bench.feed).run();
        new HistoryCost(url, bench.feed).run();
      }
    }
  }

  private static EmbeddedPostgres start() throws IOException {
    return EmbeddedPostgres.builder()
        // The library itself starts servers with fsync off; what is said here comes after that.
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on")
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setServerConfig("shared_buffers", "512MB")
        .setServerConfig("max_wal_size", "4GB")
        .setServerConfig("timezone", "UTC")
        .start();
  }

  private void migrate() throws IOException, SQLException {
    execute(Files.readString(Path.of("sql/roles.sql")));
    Flyway.configure()
        .dataSource(url, OWNER, null)
        .locations("filesystem:sql/migrations", "filesystem:sql/repeatable")
        .load()
        .migrate();
    execute("UPDATE rollup_history_policy SET last_run_at = now()");
  }

  private void describe() throws SQLException {
    out.printf(
        Locale.ROOT,
        "PostgreSQL %s, fsync %s, synchronous_commit %s; %,d series, %,d points, 1 %% late%n%n",
        text("SHOW server_version"),
        text("SHOW fsync"),
        text("SHOW synchronous_commit"),
        feed.series.size(),
        feed.points());
  }

  private void raw(String part) throws Exception {
    out.println(
        "| layout | points/s | of it vacuum (and others), s | B a point | WAL B a point | dead rows, MB before vacuum | MB after |");
    out.println("|---|---|---|---|---|---|---|");
    List<RawLayout> layouts = new ArrayList<>();
    if (!part.equals("chunks")) {
      layouts.add(RowLayout.seed());
    }
    if (part.equals("all") || part.equals("raw")) {
      layouts.add(RowLayout.seedUnique());
      layouts.add(RowLayout.narrow());
    }
    if (!part.equals("queries")) {
      layouts.add(ChunkLayout.every(RawFeed.CADENCE_SECONDS));
      layouts.add(ChunkLayout.every(60));
      layouts.add(ChunkLayout.whenFull());
      layouts.add(ChunkLayout.asShippedBeyondHorizon());
    }
    layouts.add(ChunkLayout.asShipped());
    for (RawLayout layout : layouts) {
      measure(layout);
    }
    execute("DROP SCHEMA IF EXISTS seed_unique CASCADE; DROP SCHEMA IF EXISTS narrow CASCADE");
  }

  private void measure(RawLayout layout) throws Exception {
    execute(layout.definition());
    execute("CHECKPOINT");
    String start = text("SELECT pg_current_wal_lsn()");
    long begun = System.nanoTime();
    double vacuumSeconds = 0;
    String spent;
    try (RawLayout.RawWriter writer =
        layout.open(new PostgresConnection(url, "oht50_writer", null), feed)) {
      int last = feed.seconds + layout.restSeconds();
      for (int second = 0; second < last; second += RawFeed.CADENCE_SECONDS) {
        int end = second + RawFeed.CADENCE_SECONDS;
        writer.write(second, end);
        if (end % AUTOVACUUM_SECONDS == 0) {
          vacuumSeconds += vacuum(layout, true);
        }
      }
      spent = writer.spent();
    }
    double bytesBefore = bytes(layout);
    String dead = dead(layout);
    vacuumSeconds += vacuum(layout, false);
    double seconds = (System.nanoTime() - begun) / 1e9;
    double wal = Double.parseDouble(text("SELECT pg_current_wal_lsn() - '" + start + "'::pg_lsn"));
    double bytes = bytes(layout);
    out.printf(
        Locale.ROOT,
        "| %s | %,.0f | %s%.1f | %.1f | %.1f | %s, %.0f | %s |%n",
        layout.name(),
        feed.points() / seconds,
        spent,
        vacuumSeconds,
        bytes / feed.points(),
        wal / feed.points(),
        dead,
        bytesBefore / MILLION,
        sizes(layout));
    long count = Long.parseLong(text(layout.count()));
    if (count != feed.points()) {
      throw new IllegalStateException(layout.name() + " shows " + count + " points");
    }
  }

  /**
   * The run is faster than the time that it is about, so autovacuum would come too seldom: where it
   * would have had to do something, it is done here.
   *
   * @return s
   */
  private double vacuum(RawLayout layout, boolean isOnlyWhatIsDue) throws SQLException {
    long begun = System.nanoTime();
    for (String table : layout.tables()) {
      if (!isOnlyWhatIsDue || text(DUE.formatted(table)).equals("t")) {
        execute("VACUUM (ANALYZE) " + table);
      }
    }
    return (System.nanoTime() - begun) / 1e9;
  }

  private String sizes(RawLayout layout) throws SQLException {
    List<String> sizes = new ArrayList<>();
    for (String table : layout.tables()) {
      sizes.add(text("SELECT round(pg_total_relation_size('" + table + "') / 1e6, 1)"));
    }
    return String.join(" + ", sizes);
  }

  private double bytes(RawLayout layout) throws SQLException {
    double bytes = 0;
    for (String table : layout.tables()) {
      bytes += Double.parseDouble(text("SELECT pg_total_relation_size('" + table + "')"));
    }
    return bytes;
  }

  private String dead(RawLayout layout) throws SQLException {
    String dead = "";
    for (String table : layout.tables()) {
      String rows = text("SELECT pg_stat_get_dead_tuples('" + table + "'::regclass)");
      dead +=
          (dead.isEmpty() ? "" : " + ") + String.format(Locale.ROOT, "%,d", Long.parseLong(rows));
    }
    return dead;
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(url, "postgres", null);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String text(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
