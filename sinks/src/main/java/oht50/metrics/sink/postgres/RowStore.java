package oht50.metrics.sink.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import oht50.metrics.model.Hash64;
import oht50.metrics.model.Position;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Rejected;
import org.apache.flink.connector.jdbc.datasource.connections.JdbcConnectionProvider;

/**
 * Writes rows in one transaction, and waits out an outage. A row that the database refuses is found
 * by halving and goes to {@code rejected}, so it neither holds up the others nor restarts the job.
 */
final class RowStore<T> implements AutoCloseable {
  private static final int KEPT_CHARACTERS = 1_024;

  private final Table<T> table;
  private final JdbcConnectionProvider connections;
  private final OutagePatience patience;
  private final WriteMetrics metrics;

  RowStore(
      Table<T> table,
      JdbcConnectionProvider connections,
      OutagePatience patience,
      WriteMetrics metrics) {
    this.table = table;
    this.connections = connections;
    this.patience = patience;
    this.metrics = metrics;
  }

  /**
   * @param rows sorted by key, each key once
   * @throws IOException when the database stays away for longer than the outage budget, or is
   *     broken
   */
  void store(List<T> rows) throws IOException, InterruptedException {
    try {
      count(patience.call(() -> tryToStore(rows), metrics::batchRetried));
    } catch (SQLException e) {
      throw failed(rows, e);
    }
  }

  /** One try, without waiting. */
  void storeNow(List<T> rows) throws SQLException {
    count(tryToStore(rows));
  }

  private void count(Stored stored) {
    metrics.rowsWritten(stored.written());
    metrics.rowsRefused(stored.refused());
  }

  IOException failed(List<T> rows, SQLException e) {
    return new IOException(
        String.format(
            "cannot write %d rows to %s (SQLSTATE %s): %s",
            rows.size(), table.name(), SqlFailure.state(e), SqlFailure.message(e)),
        e);
  }

  private Stored tryToStore(List<T> rows) throws SQLException {
    try {
      return new Stored(inTransaction(connection -> table.write(connection, rows)), 0);
    } catch (SQLException e) {
      if (SqlFailure.of(e) != SqlFailure.REFUSED) {
        throw e;
      }
      if (rows.size() == 1) {
        reject(rows.get(0), e);
        return new Stored(0, 1);
      }
      int half = rows.size() / 2;
      return tryToStore(rows.subList(0, half)).plus(tryToStore(rows.subList(half, rows.size())));
    }
  }

  private void reject(T row, SQLException refusal) throws SQLException {
    String key = table.describe(row);
    String text = row.toString();
    Rejected rejected =
        new Rejected(
            new Position("table:" + table.name(), -1, Hash64.id(key)),
            key,
            RejectReason.REFUSED_BY_DATABASE,
            SqlFailure.state(refusal) + ": " + SqlFailure.message(refusal),
            null,
            text.substring(0, Math.min(text.length(), KEPT_CHARACTERS)),
            patience.clock().currentMillis());
    inTransaction(
        connection -> {
          try (PreparedStatement insert = connection.prepareStatement(RejectedStatement.SQL)) {
            RejectedStatement.bind(insert, rejected);
            return insert.executeUpdate();
          }
        });
  }

  private int inTransaction(Work work) throws SQLException {
    Connection connection = open();
    try {
      connection.setAutoCommit(false);
      int written = work.in(connection);
      connection.commit();
      return written;
    } catch (SQLException e) {
      abandon(connection, e);
      throw e;
    }
  }

  private Connection open() throws SQLException {
    try {
      return connections.getOrEstablishConnection();
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("the PostgreSQL driver is not on the class path", e);
    }
  }

  private void abandon(Connection connection, SQLException cause) {
    if (SqlFailure.of(cause) == SqlFailure.OUTAGE) {
      connections.closeConnection();
      return;
    }
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
      connections.closeConnection();
    }
  }

  @Override
  public void close() {
    connections.closeConnection();
  }

  private interface Work {
    int in(Connection connection) throws SQLException;
  }

  private record Stored(int written, int refused) {
    Stored plus(Stored other) {
      return new Stored(written + other.written, refused + other.refused);
    }
  }
}
