package oht50.metrics.sink.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import org.apache.flink.connector.jdbc.datasource.connections.JdbcConnectionProvider;

/**
 * Connections whose opening waits out an outage. The writer of flink-connector-jdbc retries a
 * failed batch, but fails when the connection cannot be opened again at once.
 */
final class PatientConnections implements JdbcConnectionProvider {
  private static final long serialVersionUID = 1L;

  private final JdbcConnectionProvider connections;
  private final OutagePatience patience;

  private volatile boolean waitsNoLonger;

  PatientConnections(JdbcConnectionProvider connections, OutagePatience patience) {
    this.connections = connections;
    this.patience = patience;
  }

  /** From now on what cannot be opened fails, also while somebody waits for it. */
  void waitNoLonger() {
    waitsNoLonger = true;
  }

  @Override
  public Connection getConnection() {
    return connections.getConnection();
  }

  @Override
  public boolean isConnectionValid() throws SQLException {
    return connections.isConnectionValid();
  }

  @Override
  public Connection getOrEstablishConnection() throws SQLException, ClassNotFoundException {
    return open(connections::getOrEstablishConnection);
  }

  @Override
  public void closeConnection() {
    connections.closeConnection();
  }

  @Override
  public void close() {
    closeConnection();
  }

  @Override
  public Connection reestablishConnection() throws SQLException, ClassNotFoundException {
    return open(connections::reestablishConnection);
  }

  private Connection open(Opening opening) throws SQLException, ClassNotFoundException {
    try {
      return patience.call(
          () -> {
            try {
              return opening.open();
            } catch (SQLException e) {
              // Without its state it is no outage, which would be waited out.
              throw waitsNoLonger ? new SQLException(e.getMessage(), null, e) : e;
            } catch (ClassNotFoundException e) {
              throw new IllegalStateException("the PostgreSQL driver is not on the class path", e);
            }
          },
          () -> {});
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while waiting for the database", e);
    }
  }

  private interface Opening {
    Connection open() throws SQLException, ClassNotFoundException;
  }
}
