package oht50.metrics.cli.faults;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A reader of {@code rollups} that looks every 50 ms, whatever happens: of no row may the revision
 * fall, the write order go back, or what was final be so no more. And when state was lost, a row of
 * an incarnation that ended with it must never be written again by the one that its series has now.
 */
final class RollupsWatch implements AutoCloseable {
  private static final long EVERY_MILLIS = 50;

  // Of the rows only those that changed since the last look; xmin is the transaction that did it.
  private static final String CHANGED =
      """
      SELECT series_id, "interval", window_start, revision, is_final, epoch, seq
      FROM rollups WHERE xmin::text::bigint >= ?
      """;

  // The table keeps the incarnation of a row whoever writes it; who did is known by the epoch.
  private static final String WRITTEN_SINCE =
      """
      SELECT series_id, r.incarnation, "interval", window_start, r.epoch, s.incarnation
      FROM rollups r JOIN series s USING (series_id)
      WHERE r.epoch > ? AND r.incarnation <> s.incarnation
      """;

  private record Row(int revision, boolean isFinal, long epoch, long seq) {}

  private record Life(long series, long incarnation) {}

  /**
   * @param lives that ended
   * @param lastEpoch of those in which they were written
   */
  private record Loss(Set<Life> lives, long lastEpoch) {}

  private final String jdbcUrl;
  private final Violations violations;
  private final Thread thread = new Thread(this::run, "rollups-watch");
  private final Map<String, Row> rows = new HashMap<>();
  private final Set<String> overwritten = new HashSet<>();

  private volatile Loss loss;

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

  /** To be called just before all state of a job that runs is lost, and with it all lives in it. */
  void livesEnd() throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement()) {
      Set<Life> lives = new HashSet<>();
      try (ResultSet result =
          statement.executeQuery("SELECT series_id, incarnation FROM rollups")) {
        while (result.next()) {
          lives.add(new Life(result.getLong(1), result.getLong(2)));
        }
      }
      try (ResultSet result = statement.executeQuery("SELECT last_value FROM write_epochs")) {
        result.next();
        loss = new Loss(lives, result.getLong(1));
      }
    }
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
        PreparedStatement changed = connection.prepareStatement(CHANGED);
        PreparedStatement writtenSince = connection.prepareStatement(WRITTEN_SINCE)) {
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
        Loss last = loss;
        if (last != null) {
          seeWritten(last, writtenSince);
        }
        connection.commit();
        since = next;
        looks++;
        pause();
      }
    }
  }

  private void seeWritten(Loss last, PreparedStatement writtenSince) throws SQLException {
    writtenSince.setLong(1, last.lastEpoch);
    try (ResultSet result = writtenSince.executeQuery()) {
      while (result.next()) {
        Life life = new Life(result.getLong(1), result.getLong(2));
        String key = life.series + " " + result.getString(3) + " " + result.getString(4);
        if (last.lives.contains(life) && overwritten.add(key)) {
          violations.add(
              "incarnations",
              "%s: of incarnation %d, which ended in epoch %d, written in epoch %d by %d"
                  .formatted(
                      key, life.incarnation, last.lastEpoch, result.getLong(5), result.getLong(6)));
        }
      }
    }
  }

  private void see(ResultSet result) throws SQLException {
    String key = result.getLong(1) + " " + result.getString(2) + " " + result.getString(3);
    Row row = new Row(result.getInt(4), result.getBoolean(5), result.getLong(6), result.getLong(7));
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
