package oht50.metrics.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchemaTest {
  private Database database;

  @BeforeEach
  void start() {
    database = Database.empty();
  }

  @Test
  void nothingIsWithoutAComment() {
    assertThat(
            database.rows(
                """
                SELECT c.relname FROM pg_class c
                WHERE c.relnamespace IN ('public'::regnamespace, 'kpi'::regnamespace) AND c.relkind IN ('r', 'v', 'S', 'm', 'p')
                  AND c.relname <> 'flyway_schema_history' AND obj_description(c.oid, 'pg_class') IS NULL
                UNION ALL
                SELECT c.relname || '.' || a.attname FROM pg_class c
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                WHERE c.relnamespace IN ('public'::regnamespace, 'kpi'::regnamespace) AND c.relkind IN ('r', 'v', 'm', 'p')
                  AND c.relname <> 'flyway_schema_history' AND col_description(c.oid, a.attnum) IS NULL
                UNION ALL
                SELECT p.proname FROM pg_proc p
                WHERE p.pronamespace IN ('public'::regnamespace, 'kpi'::regnamespace) AND obj_description(p.oid, 'pg_proc') IS NULL
                UNION ALL
                -- those of keys say no more than the key
                SELECT i.indexrelid::regclass::text FROM pg_index i
                JOIN pg_class c ON c.oid = i.indrelid
                WHERE c.relnamespace IN ('public'::regnamespace, 'kpi'::regnamespace) AND NOT c.relispartition
                  AND c.relname <> 'flyway_schema_history' AND NOT i.indisprimary
                  AND obj_description(i.indexrelid, 'pg_class') IS NULL
                UNION ALL
                SELECT c.conname FROM pg_constraint c
                WHERE c.connamespace IN ('public'::regnamespace, 'kpi'::regnamespace) AND c.contype NOT IN ('p', 'n')
                  AND obj_description(c.oid, 'pg_constraint') IS NULL
                UNION ALL
                SELECT t.tgname FROM pg_trigger t
                WHERE NOT t.tgisinternal AND obj_description(t.oid, 'pg_trigger') IS NULL
                UNION ALL
                SELECT r.rolname FROM pg_roles r
                WHERE r.rolname LIKE 'oht50!_%' ESCAPE '!' AND shobj_description(r.oid, 'pg_authid') IS NULL
                """))
        .isEmpty();
  }

  @Test
  void everyMeasuredNumberSaysItsUnit() {
    assertThat(
            database.rows(
                """
                SELECT c.relname || '.' || a.attname FROM pg_class c
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                WHERE c.relnamespace IN ('public'::regnamespace, 'kpi'::regnamespace) AND c.relkind IN ('r', 'v', 'm', 'p')
                  AND a.atttypid IN ('float8'::regtype, 'float8[]'::regtype)
                  AND col_description(c.oid, a.attnum) !~* 'unit|seconds|number of samples'
                """))
        .isEmpty();
  }

  /** Whoever asks may have put something of his own before ours. */
  @Test
  void noFunctionLooksForNamesOnTheCallersPath() {
    assertThat(
            database.rows(
                """
                SELECT p.proname FROM pg_proc p
                WHERE p.pronamespace IN ('public'::regnamespace, 'kpi'::regnamespace) AND p.prosqlbody IS NULL
                  AND NOT coalesce(p.proconfig, '{}')
                    @> ARRAY['search_path=pg_catalog, public, pg_temp']
                """))
        .isEmpty();
  }

  @Test
  void viewsRunWithTheRightsOfWhoAsks() {
    assertThat(
            database.rows(
                """
                SELECT c.relname FROM pg_class c
                WHERE c.relnamespace IN ('public'::regnamespace, 'kpi'::regnamespace) AND c.relkind = 'v'
                  AND NOT coalesce(c.reloptions, '{}') @> ARRAY['security_invoker=true']
                """))
        .isEmpty();
  }

  @Test
  void everythingBelongsToTheOwner() {
    assertThat(
            database.rows(
                """
                SELECT c.relname FROM pg_class c
                WHERE c.relnamespace IN ('public'::regnamespace, 'kpi'::regnamespace) AND c.relowner <> 'oht50_owner'::regrole
                UNION ALL
                SELECT p.proname FROM pg_proc p
                WHERE p.pronamespace IN ('public'::regnamespace, 'kpi'::regnamespace) AND p.proowner <> 'oht50_owner'::regrole
                """))
        .isEmpty();
  }

  @Test
  void filesThatAreNoMigrationsCanBeRunAgain() throws SQLException {
    database.execute(Database.text("../sql/roles.sql"));
    for (String file :
        List.of("R__views.sql", "R__views_of_a_time.sql", "R__views_of_latest.sql")) {
      try (Connection connection = database.connectForScripts(Database.OWNER);
          Statement statement = connection.createStatement()) {
        statement.execute(Database.text("../sql/repeatable/" + file));
      }
    }
  }
}
