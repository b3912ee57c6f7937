package oht50.metrics.sink.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import oht50.metrics.model.RepairWindow;

/** A request to repair a window; asking again renews the request. */
final class RepairWindowStatement {
  static final String INSERT =
      """
      INSERT INTO repair_windows AS w (
        series_id, "interval", window_start, cause, requested_at, frontier)
      """;

  /**
   * All that lies before any frontier has been sent, so the greatest is true of the request that
   * was made last.
   */
  static final String RENEW =
      """
      ON CONFLICT (series_id, "interval", window_start) DO UPDATE SET
        requested_at = excluded.requested_at,
        frontier = greatest(w.frontier, excluded.frontier),
        asked_at = NULL
      """;

  static final String SQL =
      INSERT + "VALUES (?, ?, from_millis(?), ?, now(), " + frontier("?::bigint") + ")\n" + RENEW;

  private RepairWindowStatement() {}

  /** The frontier as it is stored, of an expression that {@link #frontier(long)} is bound to. */
  static String frontier(String millis) {
    return """
        CASE %s
          WHEN %d THEN NULL
          WHEN %d THEN 'infinity'
          ELSE from_millis(%s)
        END"""
        .formatted(millis, RepairWindow.UNKNOWN, RepairWindow.ALL_HAS_LEFT, millis);
  }

  static long frontier(long frontier) {
    return frontier == RepairWindow.UNKNOWN || frontier == RepairWindow.ALL_HAS_LEFT
        ? frontier
        : SqlTime.clamped(frontier);
  }

  static void bind(PreparedStatement statement, RepairWindow window) throws SQLException {
    statement.setLong(1, window.seriesId());
    statement.setString(2, window.interval().word());
    statement.setLong(3, SqlTime.clamped(window.windowStart()));
    statement.setString(4, window.cause().word());
    statement.setLong(5, frontier(window.frontier()));
    statement.setLong(6, frontier(window.frontier()));
  }
}
