package oht50.metrics.sink.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import oht50.metrics.model.Rejected;

/** A reject; the same one again changes nothing. */
final class RejectedStatement {
  static final String SQL =
      """
      INSERT INTO rejected AS r (
        topic, partition, record_offset, path, reason, detail, key, value, append_time)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, from_millis(?))
      ON CONFLICT (topic, partition, record_offset, path) DO UPDATE SET
        reason = excluded.reason,
        detail = excluded.detail,
        key = excluded.key,
        value = excluded.value
      WHERE (r.reason, r.detail, r.key, r.value)
        IS DISTINCT FROM (excluded.reason, excluded.detail, excluded.key, excluded.value)
      """;

  private RejectedStatement() {}

  static void bind(PreparedStatement statement, Rejected rejected) throws SQLException {
    statement.setString(1, SafeText.key(rejected.position().topic()));
    statement.setInt(2, rejected.position().partition());
    statement.setLong(3, rejected.position().offset());
    statement.setString(4, SafeText.key(rejected.path()));
    statement.setString(5, rejected.reason().name());
    statement.setString(6, SafeText.of(rejected.detail()));
    statement.setString(7, SafeText.of(rejected.key()));
    statement.setString(8, SafeText.of(rejected.value()));
    statement.setLong(9, SqlTime.clamped(rejected.appendTime()));
  }
}
