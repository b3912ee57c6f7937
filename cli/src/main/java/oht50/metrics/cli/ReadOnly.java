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
import oht50.metrics.cli.output.RawJson;
import oht50.metrics.cli.output.Rows;

/** Questions to the database in a transaction that changes nothing; times are in UTC. */
public final class ReadOnly {
  private ReadOnly() {}

  /** What is asked within the transaction. */
  public interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  /** Ends the command with one line if the database does not answer, or says no. */
  public static <T> T transaction(String url, Work<T> work) {
    try (Connection connection = DatabaseOption.connect(url)) {
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET LOCAL TIME ZONE 'UTC'");
      }
      T answer = work.with(connection);
      connection.rollback();
      return answer;
    } catch (SQLException e) {
      throw failure(url, e);
    }
  }

  private static CommandFailure failure(String url, SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    // The connection broke, or the server goes down.
    return state.startsWith("08") || state.startsWith("57P0")
        ? CommandFailure.unavailable(
            DatabaseOption.shown(url) + ": " + DatabaseOption.says(e) + "; see ./oht50 status")
        : CommandFailure.problems(DatabaseOption.says(e));
  }

  /** All that the query answers. */
  public static Rows rows(ResultSet result) throws SQLException {
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
