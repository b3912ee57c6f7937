package oht50.metrics.cli.faults;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A reader of {@code rollups} that looks every 50 ms, whatever happens: of no row may the revision
 * fall, the write order go back, the incarnation change, or what was final be so no more.
 */
final class RollupsWatch implements AutoCloseable {
  private static final long EVERY_MILLIS = 50;

  // Of the rows only those that changed since the last look; xmin is the transaction that did it.
  private static final String CHANGED =
      """
      SELECT series_id, "interval", window_start, revision, is_final, incarnation, epoch, seq
      FROM rollups WHERE xmin::text::bigint >= ?
      """;

  private record Row(int revision, boolean isFinal, long incarnation, long epoch, long seq) {}

  private final String jdbcUrl;
  private final Violations violations;
  private final Thread thread = new Thread(this::run, "rollups-watch");
  private final Map<String, Row> rows = new HashMap<>();

  private long since;
  private volatile boolean closed;
  private volatile long looks;

  private RollupsWatch(String jdbcUrl, Violations violations) {
    this.jdbcUrl = jdbcUrl;
    this.violations = violations;
  }

  static RollupsWatch start(String jdbcUrl, Violations violations) {
    RollupsWatch watch = new RollupsWatch(jdbcUrl, violations);
    watch.thread.setDaemon(true);
    watch.thread.start();
    return watch;
  }

  long looks() {
    return looks;
  }

  private void run() {
    while (!closed) {
      try (Connection connection = DriverManager.getConnection(jdbcUrl)) {
        look(connection);
      } catch (SQLException away) {
        pause();
      }
    }
  }

  private void look(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    try (PreparedStatement oldest =
            connection.prepareStatement("SELECT pg_snapshot_xmin(pg_current_snapshot())::text");
        PreparedStatement changed = connection.prepareStatement(CHANGED)) {
      while (!closed) {
        long next;
        try (ResultSet result = oldest.executeQuery()) {
          result.next();
          next = Long.parseLong(result.getString(1));
        }
        changed.setLong(1, since);
        try (ResultSet result = changed.executeQuery()) {
          while (result.next()) {
            see(result);
          }
        }
        connection.commit();
        since = next;
        looks++;
        pause();
      }
    }
  }

  private void see(ResultSet result) throws SQLException {
    String key = result.getLong(1) + " " + result.getString(2) + " " + result.getString(3);
    Row row =
        new Row(
            result.getInt(4),
            result.getBoolean(5),
            result.getLong(6),
            result.getLong(7),
            result.getLong(8));
    Row before = rows.put(key, row);
    if (before != null) {
      compare(key, before, row);
    }
  }

  private void compare(String key, Row before, Row now) {
    if (now.revision < before.revision) {
      violations.add("revisions", key + ": " + before.revision + " fell to " + now.revision);
    }
    if (before.isFinal && !now.isFinal) {
      violations.add("final-rows", key + ": a final row turned early");
    }
    if (now.incarnation != before.incarnation) {
      violations.add("incarnations", key + ": written over by another incarnation");
    }
    if (now.epoch < before.epoch || (now.epoch == before.epoch && now.seq < before.seq)) {
      violations.add(
          "write-order",
          "%s: (%d, %d) after (%d, %d)"
              .formatted(key, now.epoch, now.seq, before.epoch, before.seq));
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.join(5_000);
  }
}
