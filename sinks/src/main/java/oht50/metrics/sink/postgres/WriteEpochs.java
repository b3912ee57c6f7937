package oht50.metrics.sink.postgres;

import java.io.IOException;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Numbers of writing attempts. An operator takes one when it opens and puts it on all it sends:
 * what it writes then wins over whatever an earlier attempt wrote.
 */
public final class WriteEpochs implements Serializable {
  private static final long serialVersionUID = 1L;

  private final PostgresConnection settings;
  private final OutagePatience patience;

  public WriteEpochs(PostgresConnection settings, WriteOptions options) {
    this.settings = settings;
    this.patience = options.patience();
  }

  /**
   * A number higher than every one taken before; waits out an outage.
   *
   * @throws IOException when the database stays away for longer than the outage budget
   */
  public long next() throws IOException, InterruptedException {
    Connections connections = new Connections(settings);
    try {
      return patience.call(() -> next(connections), connections::closeConnection);
    } catch (SQLException e) {
      throw new IOException("cannot take a write epoch: " + e.getMessage(), e);
    } finally {
      connections.closeConnection();
    }
  }

  private static long next(Connections connections) throws SQLException {
    try {
      Connection connection = connections.getOrEstablishConnection();
      try (Statement statement = connection.createStatement();
          ResultSet epoch = statement.executeQuery("SELECT nextval('write_epochs')")) {
        epoch.next();
        return epoch.getLong(1);
      }
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("the PostgreSQL driver is not on the class path", e);
    }
  }
}
