package oht50.metrics.cli.local;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import oht50.metrics.cli.CommandFailure;
import oht50.metrics.cli.DatabaseOption;
import oht50.metrics.cli.RootCause;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.output.ValidateOutput;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.PSQLException;

/** Brings a database to the schema in this jar. */
public final class Migrations {
  private static final int CONNECT_SECONDS = 5;

  // Whoever may act as the owner does so: what one person makes another could not replace.
  private static final String AS_THE_OWNER =
      """
      DO $$
      BEGIN
        IF EXISTS (SELECT FROM pg_roles
            WHERE rolname = 'oht50_owner' AND pg_has_role(current_user, oid, 'MEMBER')) THEN
          SET ROLE oht50_owner;
        END IF;
      END $$
      """;

  private Migrations() {}

  /**
   * What has been done.
   *
   * @param from version before, null of a database without a schema
   * @param to version after
   * @param scripts how many ran; views count, though they have no version
   */
  public record Outcome(String from, String to, int scripts) {}

  /** Returns how many scripts ran. */
  static int run(String jdbcUrl, String user, String password) {
    return migrate(jdbcUrl, user, password).scripts();
  }

  /**
   * Runs what has not run yet.
   *
   * @param jdbcUrl without user and password
   * @param password null for a server that asks for none
   */
  public static Outcome migrate(String jdbcUrl, String user, String password) {
    PGSimpleDataSource database = database(jdbcUrl, user, password);
    requireConnection(database, jdbcUrl, user);
    Flyway flyway =
        Flyway.configure()
            .dataSource(database)
            .initSql(AS_THE_OWNER)
            .locations("classpath:db/migration")
            // A file of views may be given another name; what is new is no fault.
            .ignoreMigrationPatterns("*:pending", "repeatable:missing")
            .load();
    try {
      String from = version(flyway);
      requireNotNewer(flyway, jdbcUrl);
      requireUnchanged(flyway, jdbcUrl);
      int scripts = flyway.migrate().migrationsExecuted;
      return new Outcome(from, version(flyway), scripts);
    } catch (FlywayException e) {
      throw failure(jdbcUrl, e);
    }
  }

  private static PGSimpleDataSource database(String jdbcUrl, String user, String password) {
    PGSimpleDataSource database = new PGSimpleDataSource();
    try {
      database.setUrl(jdbcUrl);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.configuration(
          DatabaseOption.shown(jdbcUrl) + " is no URL of a PostgreSQL database");
    }
    database.setUser(user);
    database.setPassword(password);
    database.setConnectTimeout(CONNECT_SECONDS);
    database.setApplicationName("oht50-cli");
    return database;
  }

  private static void requireConnection(PGSimpleDataSource database, String jdbcUrl, String user) {
    try (Connection connection = database.getConnection()) {
      connection.isValid(CONNECT_SECONDS);
    } catch (SQLException e) {
      String what = DatabaseOption.shown(jdbcUrl) + ": " + DatabaseOption.says(e);
      throw isAway(e)
          ? CommandFailure.unavailable(what + "; is the server there?")
          : CommandFailure.configuration(
              what + "; check the database, the user " + user + " and the password");
    }
  }

  private static void requireNotNewer(Flyway flyway, String jdbcUrl) {
    Optional<MigrationInfo> newer =
        Arrays.stream(flyway.info().all())
            .filter(each -> isOf(each, MigrationState.FUTURE_SUCCESS, MigrationState.FUTURE_FAILED))
            .reduce((first, last) -> last);
    if (newer.isPresent()) {
      throw CommandFailure.configuration(
          String.format(
              "the schema in %s has version %s and is newer than this program, which knows %s;"
                  + " use the program that migrated it, or a newer one",
              DatabaseOption.shown(jdbcUrl), newer.get().getVersion(), newestKnown(flyway)));
    }
  }

  private static boolean isOf(MigrationInfo info, MigrationState... states) {
    return Arrays.asList(states).contains(info.getState());
  }

  private static String newestKnown(Flyway flyway) {
    return Arrays.stream(flyway.info().all())
        .filter(each -> each.getVersion() != null && each.getState().isResolved())
        .reduce((first, last) -> last)
        .map(each -> each.getVersion().toString())
        .orElse("none");
  }

  private static void requireUnchanged(Flyway flyway, String jdbcUrl) {
    List<String> faults = new ArrayList<>();
    for (ValidateOutput invalid : flyway.validateWithResult().invalidMigrations) {
      faults.add(
          switch (invalid.errorDetails.errorCode.toString()) {
            case "CHECKSUM_MISMATCH" -> "V" + invalid.version + " has been changed since it ran";
            case "APPLIED_VERSIONED_MIGRATION_NOT_RESOLVED" ->
                "V" + invalid.version + " has run and is gone";
            case "FAILED_VERSIONED_MIGRATION" -> "V" + invalid.version + " has failed";
            default -> oneLine(invalid.errorDetails.errorMessage);
          });
    }
    if (!faults.isEmpty()) {
      throw CommandFailure.configuration(
          String.format(
              "the schema in %s is not what this program makes: %s; a migration that has run is"
                  + " never changed: put back the file, and add another",
              DatabaseOption.shown(jdbcUrl), String.join(", ", faults)));
    }
  }

  private static CommandFailure failure(String jdbcUrl, FlywayException e) {
    String what =
        "the schema in " + DatabaseOption.shown(jdbcUrl) + " cannot be brought up to date: ";
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof PSQLException refused) {
        String line = what + says(refused);
        return isAway(refused)
            ? CommandFailure.unavailable(line)
            : CommandFailure.configuration(line);
      }
    }
    return CommandFailure.configuration(what + RootCause.of(e));
  }

  // Without the lines on where in a script it happened.
  private static String says(PSQLException e) {
    return e.getServerErrorMessage() == null
        ? DatabaseOption.says(e)
        : "SQLSTATE " + e.getSQLState() + ": " + oneLine(e.getServerErrorMessage().getMessage());
  }

  private static boolean isAway(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    // Class 08: no connection; 53: too many; 57P: starting or stopping.
    return state.startsWith("08") || state.startsWith("53") || state.startsWith("57P");
  }

  private static String version(Flyway flyway) {
    MigrationInfo current = flyway.info().current();
    return current == null ? null : current.getVersion().toString();
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
