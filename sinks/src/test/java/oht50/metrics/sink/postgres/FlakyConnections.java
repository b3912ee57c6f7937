package oht50.metrics.sink.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** Connections that cannot be opened for some tries, as while the server is away. */
final class FlakyConnections extends Connections {
  private static final long serialVersionUID = 1L;

  private int failures;
  private int tries;

  FlakyConnections(PostgresConnection settings, int failures) {
    super(settings);
    this.failures = failures;
  }

  void failNext(int times) {
    failures = times;
    closeConnection();
  }

  int tries() {
    return tries;
  }

  @Override
  public Connection getOrEstablishConnection() throws SQLException, ClassNotFoundException {
    tries++;
    if (failures > 0) {
      failures--;
      throw new SQLException("connection refused", "08006");
    }
    return super.getOrEstablishConnection();
  }

  @Override
  public Connection reestablishConnection() throws SQLException, ClassNotFoundException {
    closeConnection();
    return getOrEstablishConnection();
  }
}
