package oht50.metrics.cli;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import oht50.metrics.cli.output.RawJson;
import oht50.metrics.cli.output.RowFormat;
import oht50.metrics.cli.output.Rows;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sql "…"}: one query, read-only. */
@Command(
    name = "sql",
    mixinStandardHelpOptions = true,
    description = "Run one query in a read-only transaction; times are shown in UTC.")
final class SqlCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataOption data;
  @Mixin private DatabaseOption database;

  @Parameters(paramLabel = "QUERY", description = "For instance \"select * from metrics limit 5\".")
  private String query;

  @ArgGroup private Format format;

  /** At most one of them; a table without. */
  private static final class Format {
    @Option(names = "--csv", description = "RFC 4180, with a header.")
    private boolean csv;

    @Option(names = "--json", description = "An array of objects; NaN and infinity as strings.")
    private boolean json;
  }

  @Override
  public Integer call() {
    String url = database.url(data);
    try (Connection connection = DatabaseOption.connect(url)) {
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET LOCAL TIME ZONE 'UTC'");
        boolean answers = statement.execute(query);
        if (answers) {
          spec.commandLine().getOut().print(rowFormat().print(read(statement.getResultSet())));
        }
      }
      connection.rollback();
    } catch (SQLException e) {
      throw failure(url, e);
    }
    return ExitCodes.OK;
  }

  private RowFormat rowFormat() {
    if (format == null) {
      return RowFormat.TABLE;
    }
    return format.json ? RowFormat.JSON : format.csv ? RowFormat.CSV : RowFormat.TABLE;
  }

  private static CommandFailure failure(String url, SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    // The connection broke, or the server goes down.
    return state.startsWith("08") || state.startsWith("57P0")
        ? CommandFailure.unavailable(
            DatabaseOption.shown(url) + ": " + DatabaseOption.says(e) + "; see ./oht50 status")
        : CommandFailure.problems(DatabaseOption.says(e));
  }

  private static Rows read(ResultSet result) throws SQLException {
    ResultSetMetaData meta = result.getMetaData();
    List<String> columns = new ArrayList<>();
    List<Boolean> numeric = new ArrayList<>();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      columns.add(meta.getColumnLabel(i));
      numeric.add(isNumeric(meta.getColumnType(i)));
    }
    List<List<Object>> rows = new ArrayList<>();
    while (result.next()) {
      List<Object> row = new ArrayList<>();
      for (int i = 1; i <= columns.size(); i++) {
        row.add(value(result, i, meta));
      }
      rows.add(row);
    }
    return new Rows(columns, numeric, rows);
  }

  private static boolean isNumeric(int type) {
    return switch (type) {
      case Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.NUMERIC, Types.REAL, Types.DOUBLE ->
          true;
      default -> false;
    };
  }

  private static Object value(ResultSet result, int column, ResultSetMetaData meta)
      throws SQLException {
    String text = result.getString(column);
    if (text == null) {
      return null;
    }
    return switch (meta.getColumnType(column)) {
      case Types.SMALLINT, Types.INTEGER, Types.BIGINT -> result.getLong(column);
      case Types.REAL, Types.DOUBLE -> result.getDouble(column);
      case Types.NUMERIC -> text.equals("NaN") ? Double.NaN : new BigDecimal(text);
      case Types.BIT, Types.BOOLEAN -> result.getBoolean(column);
      default -> meta.getColumnTypeName(column).startsWith("json") ? new RawJson(text) : text;
    };
  }
}
