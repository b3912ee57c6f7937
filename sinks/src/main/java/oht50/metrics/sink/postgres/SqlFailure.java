package oht50.metrics.sink.postgres;

import java.sql.SQLException;

/**
 * What a failed statement calls for, by its SQLSTATE (PostgreSQL manual, appendix A, "PostgreSQL
 * Error Codes").
 */
enum SqlFailure {
  /** The server or the way to it is away, or another transaction was in the way: try again. */
  OUTAGE,
  /** The server will never take this row. */
  REFUSED,
  /** Neither time nor leaving out a row helps, such as a missing table. */
  BROKEN;

  static SqlFailure of(SQLException failure) {
    String state = state(failure);
    if (state == null) {
      return BROKEN;
    }
    String stateClass = state.length() < 2 ? state : state.substring(0, 2);
    return switch (stateClass) {
      // connection; insufficient resources; system error; serialization and deadlock
      case "08", "53", "58", "40" -> OUTAGE;
      // shutdown and start, but not a cancelled query
      case "57" -> state.startsWith("57P0") ? OUTAGE : BROKEN;
      // a former primary that is a replica now; a transaction that slept too long; a lock that was
      // not to be had
      case "25" -> "25006".equals(state) || "25P03".equals(state) ? OUTAGE : BROKEN;
      case "55" -> "55P03".equals(state) ? OUTAGE : BROKEN;
      // data; constraint; program limit, such as an index entry that is too long
      case "22", "23", "54" -> REFUSED;
      default -> BROKEN;
    };
  }

  /** Whether it gave up waiting for a lock, or broke up a deadlock. */
  static boolean isLockNotAvailable(SQLException failure) {
    String state = state(failure);
    return "55P03".equals(state) || "40P01".equals(state);
  }

  /** The state of the first exception of a batch that has one, or null. */
  static String state(SQLException failure) {
    for (SQLException e = failure; e != null; e = e.getNextException()) {
      if (e.getSQLState() != null) {
        return e.getSQLState();
      }
    }
    return null;
  }

  /**
   * What the server said, in one line; of a batch the exception of the row and not of the batch.
   */
  static String message(SQLException failure) {
    SQLException e = failure;
    while (e.getNextException() != null) {
      e = e.getNextException();
    }
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
