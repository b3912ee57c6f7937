package oht50.metrics.cli.local;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import oht50.metrics.cli.DataFolder;
import oht50.metrics.cli.DatabaseRoles;

/**
 * PostgreSQL as a process of its own, data kept and fsync on. The database is {@code oht50}; so is
 * the login of whoever runs all this, with the rights of the owner. The job and the questions have
 * roles of their own. Every connection needs the password, one for all roles: whoever can read its
 * file can read the database's files too. There is no local socket.
 */
final class PostgresServer implements AutoCloseable {
  static final String USER = "oht50";
  static final String DATABASE = "oht50";

  private static final Duration STOP = Duration.ofSeconds(30);

  private static final String HOSTS =
      """
      # Written at every start. TCP on loopback, password always.
      host all all 127.0.0.1/32 scram-sha-256
      host all all ::1/128 scram-sha-256
      """;

  private final EmbeddedPostgres server;
  private final Path folder;
  private final int port;

  private PostgresServer(EmbeddedPostgres server, Path folder, int port) {
    this.server = server;
    this.folder = folder;
    this.port = port;
  }

  static PostgresServer start(DataFolder data, int port, String password)
      throws IOException, SQLException, InterruptedException {
    StalePostmaster.clear(data.postgres());
    ProcessBuilder.Redirect log =
        ProcessBuilder.Redirect.appendTo(data.logs().resolve("postgres.log").toFile());
    // They take longest to unpack of all that a first start does.
    Path binaries = UserCache.folder("postgres-binaries", System.getenv(), data.postgresBinaries());
    // The library starts servers with -F, which is fsync=off: the settings here come after it.
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setDataDirectory(data.postgres())
            .setCleanDataDirectory(false)
            .setOverrideWorkingDirectory(binaries.toFile())
            // The supervisor stops it, in its order; a hook would stop it under the running job.
            .setRegisterShutdownHook(false)
            .setPGStartupWait(Duration.ofSeconds(90))
            .setPort(port)
            .setConnectConfig("password", password)
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("unix_socket_directories", "")
            .setServerConfig("max_connections", "60")
            .setServerConfig("shared_buffers", "96MB")
            .setServerConfig("max_wal_size", "512MB")
            .setOutputRedirector(log)
            .setErrorRedirector(log)
            .start();
    PostgresServer started = new PostgresServer(server, data.postgres(), port);
    try {
      started.prepare(password);
    } catch (SQLException | IOException | RuntimeException e) {
      started.close();
      throw e;
    }
    return started;
  }

  String jdbcUrl() {
    return url(DATABASE);
  }

  OptionalLong pid() {
    return StalePostmaster.livePid(folder);
  }

  @Override
  public void close() throws IOException {
    OptionalLong pid = pid();
    server.close();
    try {
      // The library gives up after five seconds; a shutdown checkpoint may take longer.
      StalePostmaster.clear(folder);
      // The pid file goes a moment before the process does.
      if (pid.isPresent()) {
        ProcessTable.awaitEnd(pid.getAsLong(), STOP);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  private void prepare(String password) throws SQLException, IOException {
    try (Connection connection =
            DriverManager.getConnection(url("postgres"), "postgres", password);
        Statement statement = connection.createStatement()) {
      requireFsync(statement);
      setPassword(statement, "postgres", password);
      if (!exists(statement, "SELECT 1 FROM pg_roles WHERE rolname = '" + USER + "'")) {
        statement.execute("CREATE ROLE " + USER + " LOGIN");
      }
      if (!exists(statement, "SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
        statement.execute("CREATE DATABASE " + DATABASE);
      }
    }
    try (Connection connection = DriverManager.getConnection(url(DATABASE), "postgres", password);
        Statement statement = connection.createStatement()) {
      statement.execute(DatabaseRoles.script());
      // Until there was an owner, this role was it.
      statement.execute("ALTER ROLE " + USER + " NOCREATEROLE");
      statement.execute("GRANT " + DatabaseRoles.OWNER + " TO " + USER);
      for (String role :
          List.of(USER, DatabaseRoles.OWNER, DatabaseRoles.WRITER, DatabaseRoles.ANALYST)) {
        setPassword(statement, role, password);
      }
      Files.writeString(folder.resolve("pg_hba.conf"), HOSTS);
      statement.execute("SELECT pg_reload_conf()");
    }
  }

  private static void setPassword(Statement statement, String role, String password)
      throws SQLException {
    // Safe to put into the text: hexadecimal digits only.
    statement.execute("ALTER ROLE " + role + " PASSWORD '" + password + "'");
  }

  private static void requireFsync(Statement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery("SHOW fsync")) {
      if (!result.next() || !"on".equals(result.getString(1))) {
        throw new IllegalStateException(
            "PostgreSQL runs with fsync off; results would not be safe");
      }
    }
  }

  private static boolean exists(Statement statement, String query) throws SQLException {
    try (ResultSet result = statement.executeQuery(query)) {
      return result.next();
    }
  }
}
