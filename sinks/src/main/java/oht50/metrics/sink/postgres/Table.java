package oht50.metrics.sink.postgres;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How rows of one type reach their table. Writing is idempotent: the same rows again change nothing
 * that a reader sees.
 */
interface Table<T> extends Serializable {
  /** The table that takes the rows. */
  String name();

  /** The order of keys; rows that compare equal have the same key. */
  Comparator<T> byKey();

  /**
   * Of two rows with one key the one to write, so that the table says the same as after both; empty
   * when they must be written one after the other.
   */
  Optional<T> fold(T held, T incoming);

  /**
   * Writes rows inside the connection's open transaction.
   *
   * @param rows sorted by key, each key once
   * @return how many rows were inserted or changed
   */
  int write(Connection connection, List<T> rows) throws SQLException;

  /** The key of a row, for people. */
  String describe(T row);
}
