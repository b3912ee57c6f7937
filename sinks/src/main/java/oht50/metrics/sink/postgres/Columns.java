package oht50.metrics.sink.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** Binds rows to the parameters of a statement column by column, an array each, from the first. */
final class Columns<T> {
  private final PreparedStatement statement;
  private final List<T> rows;
  private int parameter;

  Columns(PreparedStatement statement, List<T> rows) {
    this(statement, rows, 1);
  }

  /** From another parameter than the first. */
  Columns(PreparedStatement statement, List<T> rows, int first) {
    this.statement = statement;
    this.rows = rows;
    this.parameter = first - 1;
  }

  Columns<T> longs(ToLongFunction<T> column) throws SQLException {
    return next(rows.stream().mapToLong(column).toArray());
  }

  /**
   * Milliseconds that a timestamp can hold.
   *
   * @param unknown the value that stands for null
   */
  Columns<T> instants(ToLongFunction<T> column, long unknown) throws SQLException {
    Long[] values = new Long[rows.size()];
    for (int i = 0; i < values.length; i++) {
      long millis = column.applyAsLong(rows.get(i));
      values[i] = millis == unknown ? null : SqlTime.clamped(millis);
    }
    return next(values);
  }

  Columns<T> doubles(ToDoubleFunction<T> column) throws SQLException {
    return next(rows.stream().mapToDouble(column).toArray());
  }

  Columns<T> doublesOrNull(ToDoubleFunction<T> column, DoublePredicate isNull) throws SQLException {
    Double[] values = new Double[rows.size()];
    for (int i = 0; i < values.length; i++) {
      double value = column.applyAsDouble(rows.get(i));
      values[i] = isNull.test(value) ? null : value;
    }
    return next(values);
  }

  Columns<T> texts(Function<T, String> column) throws SQLException {
    return next(rows.stream().map(column).toArray(String[]::new));
  }

  Columns<T> booleans(Predicate<T> column) throws SQLException {
    boolean[] values = new boolean[rows.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = column.test(rows.get(i));
    }
    return next(values);
  }

  /** A column that was made elsewhere. */
  Columns<T> next(Object array) throws SQLException {
    statement.setObject(++parameter, array);
    return this;
  }

  /** The number of the next parameter. */
  int following() {
    return parameter + 1;
  }
}
