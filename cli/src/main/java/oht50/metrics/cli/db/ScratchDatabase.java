package oht50.metrics.cli.db;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import oht50.metrics.cli.DatabaseRoles;
import oht50.metrics.cli.local.Migrations;

/** A PostgreSQL with the schema and no rows, on a free port of loopback; gone when closed. */
public final class ScratchDatabase implements AutoCloseable {
  private static final String SUPERUSER = "postgres";

  private final EmbeddedPostgres server;

  private ScratchDatabase(EmbeddedPostgres server) {
    this.server = server;
  }

  /** With roles and without a schema. */
  static ScratchDatabase withRoles() throws IOException, SQLException {
    ScratchDatabase scratch =
        new ScratchDatabase(
            EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .start());
    try (Connection connection = scratch.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(DatabaseRoles.script());
    } catch (SQLException e) {
      scratch.close();
      throw e;
    }
    return scratch;
  }

  public static ScratchDatabase migrated() throws IOException, SQLException {
    ScratchDatabase scratch = withRoles();
    Migrations.migrate(scratch.url(), DatabaseRoles.OWNER, null);
    return scratch;
  }

  /** It asks nobody for a password. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + SUPERUSER;
  }

  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), SUPERUSER, null);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
