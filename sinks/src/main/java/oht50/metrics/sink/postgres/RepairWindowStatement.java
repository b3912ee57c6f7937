package oht50.metrics.sink.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import oht50.metrics.model.RepairWindow;

/** A request to repair a window; asking again renews the request. */
final class RepairWindowStatement {
  static final String SQL =
      """
      INSERT INTO repair_windows (series_id, "interval", window_start, cause, requested_at)
      VALUES (?, ?, from_millis(?), ?, now())
      ON CONFLICT (series_id, "interval", window_start)
        DO UPDATE SET requested_at = excluded.requested_at
      """;

  private RepairWindowStatement() {}

  static void bind(PreparedStatement statement, RepairWindow window) throws SQLException {
    statement.setLong(1, window.seriesId());
    statement.setString(2, window.interval().word());
    statement.setLong(3, SqlTime.clamped(window.windowStart()));
    statement.setString(4, window.cause().word());
  }
}
