package oht50.metrics.sink.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.StringJoiner;
import org.flywaydb.core.Flyway;

/**
 * A real PostgreSQL with the project's roles and migrations, one for all tests of the JVM. Tests
 * look at it as a superuser; writers get the role of the job. With {@code
 * -Doht50.test.jdbc-url=jdbc:postgresql://...} it is that server, for tests with another version;
 * its public schema is emptied.
 */
public final class Database {
  private static final String USER = "postgres";

  static final String OWNER = "oht50_owner";
  static final String WRITER = "oht50_writer";
  static final String ANALYST = "oht50_analyst";

  private static Database running;

  private final String url;

  private Database(String url) {
    this.url = url;
  }

  /** The running server with empty tables. */
  public static synchronized Database empty() {
    if (running == null) {
      running = start();
    }
    running.execute(
        "TRUNCATE series, chunks, late_points, latest_points, rollups, rollup_history, rollup_history_start,"
            + " repair_windows, events, mission_attempts, registrations, rejected, alert_transitions, alert_deliveries, alert_topic_positions,"
            + " provisional_alerts, metrics_retention, late_point_merges");
    running.execute("UPDATE rollup_history_policy SET keep = NULL, last_run_at = now()");
    return running;
  }

  private static Database start() {
    String given = System.getProperty("oht50.test.jdbc-url");
    String url = given == null ? startEmbedded() : given;
    Database database = new Database(url);
    database.execute(text("../sql/roles.sql"));
    Flyway flyway =
        Flyway.configure()
            .dataSource(url, OWNER, null)
            .locations("filesystem:../sql/migrations", "filesystem:../sql/repeatable")
            .cleanDisabled(false)
            .load();
    flyway.clean();
    database.execute("DROP SCHEMA IF EXISTS kpi CASCADE"); // it cleans the default schema
    flyway.migrate();
    return database;
  }

  /** A file below the module's folder. */
  static String text(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String startEmbedded() {
    try {
      EmbeddedPostgres postgres =
          EmbeddedPostgres.builder()
              .setServerConfig("fsync", "off")
              .setServerConfig("timezone", "Asia/Ho_Chi_Minh")
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> close(postgres)));
      // without a user, which would win over the one that a test asks for
      return "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + USER;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(EmbeddedPostgres postgres) {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public PostgresConnection settings() {
    return new PostgresConnection(url, WRITER, null);
  }

  /** Sends a text as it is: the driver finds no end of a statement after BEGIN ATOMIC. */
  Connection connectForScripts(String role) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", role);
    properties.setProperty("preferQueryMode", "simple");
    return DriverManager.getConnection(url, properties);
  }

  Connection connectAs(String role) throws SQLException {
    return DriverManager.getConnection(url, role, null);
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url, USER, null);
  }

  public void execute(String sql, Object... parameters) {
    try (Connection connection = connect();
        PreparedStatement statement = prepare(connection, sql, parameters)) {
      statement.execute();
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** The rows of a query, columns parted by {@code |}, null as a dash. */
  public List<String> rows(String sql, Object... parameters) {
    try (Connection connection = connect();
        PreparedStatement statement = prepare(connection, sql, parameters);
        ResultSet result = statement.executeQuery()) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        StringJoiner row = new StringJoiner("|");
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          String value = result.getString(i);
          row.add(value == null ? "-" : value);
        }
        rows.add(row.toString());
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** The names of a query's columns. */
  List<String> columns(String sql) {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      List<String> columns = new ArrayList<>();
      for (int i = 1; i <= statement.getMetaData().getColumnCount(); i++) {
        columns.add(statement.getMetaData().getColumnName(i));
      }
      return columns;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }
}
