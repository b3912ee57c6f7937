package oht50.metrics.sink.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import org.apache.flink.connector.jdbc.datasource.connections.JdbcConnectionProvider;
import org.apache.flink.connector.jdbc.datasource.connections.SimpleJdbcConnectionProvider;

/** One connection, opened on first use with the password of the machine it is opened on. */
class Connections implements JdbcConnectionProvider {
  private static final long serialVersionUID = 1L;

  private final PostgresConnection settings;
  private transient SimpleJdbcConnectionProvider resolved;

  Connections(PostgresConnection settings) {
    this.settings = settings;
  }

  private SimpleJdbcConnectionProvider resolved() {
    if (resolved == null) {
      resolved = new SimpleJdbcConnectionProvider(settings.resolve(System::getenv));
    }
    return resolved;
  }

  @Override
  public Connection getConnection() {
    return resolved().getConnection();
  }

  @Override
  public boolean isConnectionValid() throws SQLException {
    return resolved().isConnectionValid();
  }

  @Override
  public Connection getOrEstablishConnection() throws SQLException, ClassNotFoundException {
    return resolved().getOrEstablishConnection();
  }

  @Override
  public void closeConnection() {
    resolved().closeConnection();
  }

  @Override
  public void close() {
    closeConnection();
  }

  @Override
  public Connection reestablishConnection() throws SQLException, ClassNotFoundException {
    return resolved().reestablishConnection();
  }
}
