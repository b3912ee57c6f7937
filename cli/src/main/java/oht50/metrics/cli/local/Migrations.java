package oht50.metrics.cli.local;

import oht50.metrics.cli.CommandFailure;
import oht50.metrics.cli.RootCause;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the database to the schema in this jar. */
final class Migrations {
  private Migrations() {}

  /** Returns how many scripts ran. */
  static int run(String jdbcUrl, String user, String password) {
    try {
      return Flyway.configure()
          .dataSource(jdbcUrl, user, password)
          .locations("classpath:db/migration")
          .load()
          .migrate()
          .migrationsExecuted;
    } catch (FlywayException e) {
      throw CommandFailure.configuration(
          "the schema in "
              + jdbcUrl
              + " cannot be brought up to date: "
              + RootCause.of(e)
              + "; see logs/supervisor.log in the data folder");
    }
  }
}
