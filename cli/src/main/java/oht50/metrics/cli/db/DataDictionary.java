package oht50.metrics.cli.db;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What the catalogue of a database says of the schema, as Markdown. The same schema, the same text.
 */
final class DataDictionary {
  private static final String HEAD =
      """
      # Data dictionary

      Every object of the schema, from the comments in the database. Generated: change the comment in a migration or a view and run
      `./oht50 db docs`. What the tables mean together: [tables.md](tables.md). A right that is not named is nobody's but the
      owner's.
      """;

  // name, comment, kind, rights, partitioning
  private static final String RELATIONS =
      """
      SELECT c.oid::regclass::text,
        obj_description(c.oid, 'pg_class'),
        c.relkind,
        pg_get_partkeydef(c.oid),
        (SELECT string_agg(of_role, '; ' ORDER BY of_role)
         FROM (
           SELECT replace(grantee::regrole::text, 'oht50_', '') || ' ' || string_agg(privilege, ', ' ORDER BY privilege)
             AS of_role
           FROM (
             SELECT a.grantee, a.privilege_type AS privilege
             FROM aclexplode(c.relacl) AS a
             UNION ALL
             SELECT b.grantee,
               b.privilege_type || ' (' || string_agg(t.attname, ', ' ORDER BY t.attnum) || ')'
             FROM pg_attribute t, aclexplode(t.attacl) AS b
             WHERE t.attrelid = c.oid
             GROUP BY b.grantee, b.privilege_type
           ) AS granted
           WHERE grantee <> c.relowner AND grantee <> 0
           GROUP BY grantee
         ) AS rights)
      FROM pg_class c
      WHERE c.relnamespace IN ('public'::regnamespace, 'kpi'::regnamespace)
        AND c.relkind IN ('r', 'p', 'v', 'S')
        AND NOT c.relispartition
        AND c.relname <> 'flyway_schema_history'
      ORDER BY c.relnamespace <> 'public'::regnamespace, c.relname COLLATE "C"
      """;

  // column, type, whether it may be null, default, comment
  private static final String COLUMNS =
      """
      SELECT a.attname,
        replace(format_type(a.atttypid, a.atttypmod), 'timestamp with time zone', 'timestamptz'),
        CASE WHEN a.attnotnull THEN '' ELSE 'yes' END,
        coalesce(pg_get_expr(d.adbin, d.adrelid), ''),
        coalesce(col_description(a.attrelid, a.attnum), '')
      FROM pg_attribute a
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attrelid = '%s'::regclass AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY a.attnum
      """;

  // what, definition, comment: keys and checks, then indexes, then triggers
  private static final String RULES =
      """
      SELECT what, definition, meaning
      FROM (
        SELECT 1 AS place, CASE k.contype WHEN 'p' THEN 'key' WHEN 'u' THEN 'unique' WHEN 'f' THEN 'reference'
            ELSE 'check' END AS what,
          regexp_replace(pg_get_constraintdef(k.oid), '^(PRIMARY KEY|UNIQUE|CHECK) ', '') AS definition,
          obj_description(k.oid, 'pg_constraint') AS meaning
        FROM pg_constraint k
        WHERE k.conrelid = '%1$s'::regclass AND k.contype IN ('p', 'u', 'f', 'c')
        UNION ALL
        SELECT 2, 'index', regexp_replace(pg_get_indexdef(i.indexrelid), '^.* USING (btree )?', ''),
          obj_description(i.indexrelid, 'pg_class')
        FROM pg_index i
        WHERE i.indrelid = '%1$s'::regclass
          AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)
        UNION ALL
        SELECT 3, 'trigger', t.tgname::text, obj_description(t.oid, 'pg_trigger')
        FROM pg_trigger t
        WHERE t.tgrelid = '%1$s'::regclass AND NOT t.tgisinternal
      ) AS rules
      ORDER BY place, what DESC, definition COLLATE "C"
      """;

  // signature, result, comment, who may call it
  private static final String FUNCTIONS =
      """
      SELECT p.oid::regproc::text || '(' || pg_get_function_arguments(p.oid) || ')',
        pg_get_function_result(p.oid),
        obj_description(p.oid, 'pg_proc'),
        (SELECT string_agg(replace(a.grantee::regrole::text, 'oht50_', ''), ', ' ORDER BY a.grantee::regrole::text)
         FROM aclexplode(p.proacl) AS a WHERE a.grantee <> p.proowner AND a.grantee <> 0)
      FROM pg_proc p
      WHERE p.pronamespace IN ('public'::regnamespace, 'kpi'::regnamespace)
      ORDER BY p.pronamespace <> 'public'::regnamespace, p.proname COLLATE "C"
      """;

  private final Connection connection;
  private final StringBuilder text = new StringBuilder(HEAD);

  private DataDictionary(Connection connection) {
    this.connection = connection;
  }

  static String of(Connection connection) throws SQLException {
    DataDictionary dictionary = new DataDictionary(connection);
    List<List<String>> relations = dictionary.rows(RELATIONS);
    dictionary.section("Views", relations, "v");
    dictionary.functions();
    dictionary.section("Tables", relations, "rp");
    dictionary.section("Sequences", relations, "S");
    return dictionary.text.toString();
  }

  private void section(String title, List<List<String>> relations, String kinds)
      throws SQLException {
    line("\n## " + title);
    for (List<String> relation : relations) {
      String name = relation.get(0);
      String kind = relation.get(2);
      if (!kinds.contains(kind)) {
        continue;
      }
      heading(name, relation.get(1));
      String partitions = relation.get(3);
      line("");
      line("Rights: " + (relation.get(4) == null ? "the owner's alone" : relation.get(4)) + ".");
      if (partitions != null) {
        line("Partitioned by " + partitions + ".");
      }
      if (!kind.equals("S")) {
        columns(name, kind.equals("v"));
        rules(name);
      }
    }
  }

  private void columns(String relation, boolean isView) throws SQLException {
    line("");
    line(isView ? "| column | type | meaning |" : "| column | type | null | default | meaning |");
    line(isView ? "|---|---|---|" : "|---|---|---|---|---|");
    for (List<String> column : rows(COLUMNS.formatted(relation))) {
      List<String> cells = new ArrayList<>(column);
      cells.set(0, "`" + column.get(0) + "`");
      if (isView) {
        cells.remove(3);
        cells.remove(2);
      } else if (!column.get(3).isEmpty()) {
        cells.set(3, "`" + column.get(3) + "`");
      }
      cells.replaceAll(cell -> cell.replace("|", "\\|"));
      line("| " + String.join(" | ", cells) + " |");
    }
  }

  private void rules(String relation) throws SQLException {
    List<List<String>> rules = rows(RULES.formatted(relation));
    if (!rules.isEmpty()) {
      line("");
    }
    for (List<String> rule : rules) {
      line(
          String.format(
              "- %s `%s`%s",
              rule.get(0), rule.get(1), rule.get(2) == null ? "" : ": " + rule.get(2)));
    }
  }

  private void functions() throws SQLException {
    line("\n## Functions");
    for (List<String> function : rows(FUNCTIONS)) {
      heading(types(function.get(0)), function.get(2));
      line("");
      line(
          String.format(
              "Returns `%s`. Rights: %s.",
              types(function.get(1)),
              function.get(3) == null ? "the owner's alone" : function.get(3)));
    }
  }

  private static String types(String definition) {
    return definition.replace("timestamp with time zone", "timestamptz");
  }

  private void heading(String name, String comment) {
    line("");
    line("### `" + name + "`");
    line("");
    line(comment == null ? "(no comment)" : comment);
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private List<List<String>> rows(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      List<List<String>> rows = new ArrayList<>();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getString(i));
        }
        rows.add(row);
      }
      return rows;
    }
  }
}
