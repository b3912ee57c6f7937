package oht50.metrics.sink.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import oht50.metrics.model.Cause;
import oht50.metrics.model.RepairWindow;

/** A request to repair a window; asking again renews the request. */
final class RepairWindowStatement {
  private static final String INCARNATION = "incarnation";

  static final String INSERT =
      """
      INSERT INTO repair_windows AS w (
        series_id, "interval", window_start, cause, requested_at, frontier)
      """;

  /**
   * What was said last holds, even if it is that the frontier is not known: an earlier one may be
   * that of an attempt which has failed, and what it had sent may be gone. Who says how far state
   * reaches has been asked, or need not be.
   */
  static final String RENEW =
      """
      ON CONFLICT (series_id, "interval", window_start) DO UPDATE SET
        requested_at = excluded.requested_at,
        frontier = excluded.frontier,
        asked_at = CASE WHEN excluded.frontier IS NOT NULL THEN w.asked_at END
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

  /** The frontier of a stored one, ms. */
  static String frontierMillis(String stored) {
    return """
        CASE
          WHEN %s IS NULL THEN %d
          WHEN %s = 'infinity' THEN %d
          ELSE to_millis(%s)
        END"""
        .formatted(stored, RepairWindow.UNKNOWN, stored, RepairWindow.ALL_HAS_LEFT, stored);
  }

  static long frontier(long frontier) {
    return frontier == RepairWindow.UNKNOWN || frontier == RepairWindow.ALL_HAS_LEFT
        ? frontier
        : SqlTime.clamped(frontier);
  }

  /** A window whose row is another life's is repaired for no cause that a reader ever sees. */
  static String word(Cause cause) {
    return cause == Cause.BACKFILL ? INCARNATION : cause.word();
  }

  static Cause cause(String word) {
    return word.equals(INCARNATION) ? Cause.BACKFILL : Cause.ofWord(word);
  }

  static void bind(PreparedStatement statement, RepairWindow window) throws SQLException {
    statement.setLong(1, window.seriesId());
    statement.setString(2, window.interval().word());
    statement.setLong(3, SqlTime.clamped(window.windowStart()));
    statement.setString(4, word(window.cause()));
    statement.setLong(5, frontier(window.frontier()));
    statement.setLong(6, frontier(window.frontier()));
  }
}
