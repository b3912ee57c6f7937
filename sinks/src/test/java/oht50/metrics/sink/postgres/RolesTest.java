package oht50.metrics.sink.postgres;

import static oht50.metrics.sink.postgres.Database.ANALYST;
import static oht50.metrics.sink.postgres.Database.OWNER;
import static oht50.metrics.sink.postgres.Database.WRITER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each role logs in and tries, a statement at a time; all is rolled back. */
class RolesTest {
  private static final String NOT_ALLOWED = "42501";

  private static Database database;

  @BeforeAll
  static void start() {
    database = Database.empty();
    database.execute(
        """
        INSERT INTO rollups (series_id, "interval", window_start, window_end, count, sum, min, max,
          first, last, is_final, cause, incarnation, epoch, seq)
        VALUES (1, '1m', now(), now(), 1, 1, 1, 1, 1, 1, true, 'on_time', 1, 1, 1)
        """);
  }

  @AfterEach
  void dropWhatWasAddedLater() {
    database.execute(
        """
        DROP TABLE IF EXISTS added_later;
        DROP SEQUENCE IF EXISTS added_later_numbers;
        DROP FUNCTION IF EXISTS added_later()
        """);
  }

  private void run(String role, String sql) throws SQLException {
    try (Connection connection = database.connectAs(role);
        Statement statement = connection.createStatement()) {
      // Only a default; what holds must hold without it.
      statement.execute("SET default_transaction_read_only = off");
      connection.setAutoCommit(false);
      statement.execute(sql);
      connection.rollback();
    }
  }

  private void assertAllowed(String role, String sql) {
    assertThatCode(() -> run(role, sql)).as(role + ": " + sql).doesNotThrowAnyException();
  }

  private void assertRefused(String role, String sql) {
    assertThatThrownBy(() -> run(role, sql))
        .as(role + ": " + sql)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(NOT_ALLOWED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE added_later (x int)",
        "ALTER TABLE rollups ADD COLUMN added_later int",
        "DROP VIEW corrections",
        "CREATE FUNCTION added_later() RETURNS int LANGUAGE sql RETURN 1",
        "GRANT SELECT ON provisional_alerts TO oht50_analyst",
        "SELECT keep_rollup_history('400 days')",
        "INSERT INTO metrics_retention (metric_name) VALUES ('m')",
        "TRUNCATE rollups",
        "DELETE FROM rollup_history",
        "SELECT nextval('write_epochs')",
        "CREATE TEMP TABLE passing (x int)"
      })
  void ownerMay(String sql) {
    assertAllowed(OWNER, sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE ROLE added_later",
        "ALTER ROLE oht50_writer SUPERUSER",
        "CREATE DATABASE added_later",
        "COPY (SELECT 1) TO '/tmp/oht50-never-written'",
        "COPY rollups FROM PROGRAM 'true'",
        "SELECT pg_read_file('PG_VERSION')",
        "ALTER SYSTEM SET fsync = off"
      })
  void ownerMayNot(String sql) {
    if (sql.startsWith("CREATE DATABASE") || sql.startsWith("ALTER SYSTEM")) {
      assertRefusedOutsideATransaction(OWNER, sql);
    } else {
      assertRefused(OWNER, sql);
    }
  }

  private void assertRefusedOutsideATransaction(String role, String sql) {
    assertThatThrownBy(
            () -> {
              try (Connection connection = database.connectAs(role);
                  Statement statement = connection.createStatement()) {
                statement.execute(sql);
              }
            })
        .as(role + ": " + sql)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(NOT_ALLOWED));
  }

  /** That it may write all that it has to is shown by the tests of all writers. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT nextval('write_epochs')",
        "SELECT last_value FROM write_epochs",
        "SELECT from_millis(0), to_millis(now())",
        "UPDATE rollups SET sum = 2, cause = 'backfill', incarnation = 7",
        "UPDATE repair_windows SET requested_at = now(), frontier = now(), asked_at = now()",
        "DELETE FROM repair_windows",
        "UPDATE latest_points SET value = 2",
        "SELECT * FROM alert_transitions",
        "DELETE FROM alert_deliveries",
        "DELETE FROM provisional_alerts",
        "UPDATE alert_topic_positions SET next_offset = 1",
        "SELECT * FROM merge_late_points(1, '0')",
        "SELECT maintain_rollup_history()"
      })
  void writerMay(String sql) {
    assertAllowed(WRITER, sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // what only the table says
        "UPDATE rollups SET revision = 7",
        "INSERT INTO rollups (series_id, revision) VALUES (1, 7)",
        "UPDATE rollups SET window_start = now()",
        "UPDATE late_points SET received_at = now()",
        "UPDATE latest_points SET series_id = 7",
        "UPDATE repair_windows SET window_start = now()",
        "UPDATE alert_transitions SET stored_at = now()",
        "INSERT INTO rollup_history SELECT * FROM rollup_history",
        "UPDATE rollup_history SET sum = 1",
        "DELETE FROM rollup_history",
        "SELECT * FROM rollup_history_other",
        "INSERT INTO rollup_history_start (kept_since) VALUES (now())",
        "SELECT setval('write_epochs', 1)",
        // what is never taken away
        "DELETE FROM rollups",
        "DELETE FROM series",
        "DELETE FROM chunks",
        "DELETE FROM late_points",
        "DELETE FROM latest_points",
        "UPDATE chunks SET merged_offsets_ms = NULL",
        "UPDATE late_point_merges SET merged_points = 0",
        "UPDATE rollup_history_policy SET keep = '1 day'",
        "SELECT chunk_for_late_points(1, now())",
        "DELETE FROM events",
        "DELETE FROM rejected",
        "DELETE FROM alert_transitions",
        "DELETE FROM alert_topic_positions",
        "TRUNCATE rollups",
        "TRUNCATE provisional_alerts",
        // what is not its business
        "SELECT * FROM metrics",
        "SELECT * FROM metrics_latest",
        "SELECT * FROM metrics_aggregated",
        "SELECT * FROM corrections",
        "SELECT * FROM alerts",
        "SELECT * FROM metrics_retention",
        "SELECT * FROM metrics_between(now(), now())",
        "SELECT * FROM metrics_aggregated_as_of(now())",
        "SELECT * FROM rollups_as_of(now())",
        "SELECT history_reaches(now())",
        "SELECT stable_id('x')",
        "SELECT average_of(1, 1)",
        "SELECT keep_rollup_history('400 days')",
        "SELECT * FROM flyway_schema_history",
        "DELETE FROM flyway_schema_history",
        // definitions
        "CREATE TABLE added_later (x int)",
        "CREATE FUNCTION added_later() RETURNS int LANGUAGE sql RETURN 1",
        "CREATE SCHEMA added_later",
        "CREATE TEMP TABLE rollups (x int)",
        "ALTER TABLE rollups DISABLE TRIGGER revise_rollup",
        "ALTER TABLE rollups ADD COLUMN added_later int",
        "DROP TABLE rollups",
        "DROP TRIGGER revise_rollup ON rollups",
        "CREATE INDEX ON rollups (sum)",
        "SET ROLE oht50_owner",
        "SET session_replication_role = replica"
      })
  void writerMayNot(String sql) {
    assertRefused(WRITER, sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM metrics",
        "SELECT * FROM metrics_latest",
        "SELECT * FROM latest_points",
        "SELECT * FROM metrics_between(now(), now())",
        "SELECT * FROM metrics_aggregated",
        "SELECT * FROM metrics_aggregated_as_of(now())",
        "SELECT * FROM corrections",
        "SELECT * FROM metrics_retention",
        "SELECT * FROM points",
        "SELECT * FROM alerts",
        "SELECT * FROM alert_transitions",
        "SELECT * FROM alert_deliveries",
        "SELECT * FROM events",
        "SELECT * FROM rejected",
        "SELECT * FROM repair_windows",
        "SELECT * FROM series",
        "SELECT * FROM chunks",
        "SELECT * FROM late_points",
        "SELECT * FROM rollups",
        "SELECT * FROM rollup_history",
        "SELECT * FROM late_point_merges",
        "SELECT * FROM rollup_history_policy",
        "SELECT * FROM rollups_as_of(now())",
        "SELECT from_millis(0), to_millis(now()), stable_id('x'), average_of(1, 1)"
      })
  void analystMay(String sql) {
    assertAllowed(ANALYST, sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO rollups (series_id) VALUES (1)",
        "UPDATE rollups SET sum = 2",
        "UPDATE latest_points SET value = 2",
        "DELETE FROM rollups",
        "TRUNCATE rollups",
        "INSERT INTO metrics_retention (metric_name) VALUES ('m')",
        "UPDATE metrics_retention SET retention_days = 1",
        "DELETE FROM rollup_history",
        "UPDATE series SET labels = '{}'",
        "DELETE FROM chunks",
        "DELETE FROM late_points",
        "SELECT * FROM merge_late_points(1, '0')",
        "SELECT maintain_rollup_history()",
        "UPDATE rollup_history_policy SET keep = '1 day'",
        "DELETE FROM events",
        "DELETE FROM rejected",
        "DELETE FROM repair_windows",
        "DELETE FROM alert_transitions",
        "DELETE FROM alert_deliveries",
        "SELECT * FROM provisional_alerts",
        "SELECT * FROM alert_topic_positions",
        "SELECT * FROM flyway_schema_history",
        "SELECT nextval('write_epochs')",
        "SELECT last_value FROM write_epochs",
        "SELECT setval('write_epochs', 1)",
        "SELECT keep_rollup_history('400 days')",
        "SELECT * FROM rollups FOR UPDATE",
        "LOCK TABLE rollups IN ACCESS EXCLUSIVE MODE",
        "CREATE TABLE added_later (x int)",
        "CREATE VIEW added_later AS SELECT 1",
        "CREATE FUNCTION added_later() RETURNS int LANGUAGE sql RETURN 1",
        "CREATE SCHEMA added_later",
        "CREATE TEMP TABLE rollups (x int)",
        "CREATE INDEX ON rollups (sum)",
        "DROP VIEW metrics",
        "COMMENT ON VIEW metrics IS 'x'",
        "GRANT SELECT ON metrics TO PUBLIC",
        "SET ROLE oht50_owner",
        "SET ROLE oht50_writer",
        "COPY (SELECT 1) TO '/tmp/oht50-never-written'",
        "SELECT pg_read_file('PG_VERSION')"
      })
  void analystMayNot(String sql) {
    if (sql.startsWith("GRANT")) {
      // PostgreSQL only warns who has nothing to give away.
      assertThat(database.rows("SELECT has_table_privilege('public', 'metrics', 'SELECT')"))
          .containsExactly("f");
    } else {
      assertRefused(ANALYST, sql);
    }
  }

  @Test
  void analystsDefaultIsReadOnly() {
    assertThatThrownBy(
            () -> {
              try (Connection connection = database.connectAs(ANALYST);
                  Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE added_later (x int)");
              }
            })
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25006"));
  }

  @Test
  void whatAMigrationAddsLaterIsNobodysUntilItIsGranted() throws SQLException {
    try (Connection connection = database.connectAs(OWNER);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE added_later (x int)");
      statement.execute("CREATE SEQUENCE added_later_numbers");
      statement.execute("CREATE FUNCTION added_later() RETURNS int LANGUAGE sql RETURN 1");
    }
    for (String role : List.of(WRITER, ANALYST)) {
      assertRefused(role, "SELECT * FROM added_later");
      assertRefused(role, "INSERT INTO added_later VALUES (1)");
      assertRefused(role, "SELECT nextval('added_later_numbers')");
      assertRefused(role, "SELECT added_later()");
    }
  }

  @Test
  void aPersonWithTheAnalystsRoleReadsAndNoMore() throws SQLException {
    database.execute("DROP ROLE IF EXISTS oht50_test_person");
    database.execute("CREATE ROLE oht50_test_person LOGIN IN ROLE oht50_analyst");
    try {
      assertAllowed("oht50_test_person", "SELECT * FROM metrics_aggregated");
      assertRefused("oht50_test_person", "DELETE FROM rollups");
      assertRefused("oht50_test_person", "SELECT * FROM provisional_alerts");
    } finally {
      database.execute("DROP ROLE oht50_test_person");
    }
  }

  @Test
  void somebodyElseMayNotEvenConnect() {
    database.execute("DROP ROLE IF EXISTS oht50_test_stranger");
    database.execute("CREATE ROLE oht50_test_stranger LOGIN");
    try {
      assertRefused("oht50_test_stranger", "SELECT 1");
    } finally {
      database.execute("DROP ROLE oht50_test_stranger");
    }
  }

  /** A migration that adds something says who may use it, or it is named here. */
  @Test
  void whatIsTheOwnersAloneIsKnown() {
    assertThat(
            database.rows(
                """
                SELECT c.relname FROM pg_class c
                WHERE c.relnamespace IN ('public'::regnamespace, 'kpi'::regnamespace) AND c.relkind IN ('r', 'v', 'S', 'm', 'p')
                  AND NOT c.relispartition
                  AND NOT EXISTS (SELECT FROM aclexplode(c.relacl) a WHERE a.grantee <> c.relowner)
                UNION ALL
                SELECT p.proname FROM pg_proc p
                WHERE p.pronamespace IN ('public'::regnamespace, 'kpi'::regnamespace)
                  AND NOT EXISTS (SELECT FROM aclexplode(p.proacl) a WHERE a.grantee <> p.proowner)
                ORDER BY 1
                """))
        .containsExactlyInAnyOrder(
            "flyway_schema_history",
            "keep_rollup_history",
            "revise_rollup",
            "chunk_for_late_points",
            "withdraw_overlapping_days");
  }
}
