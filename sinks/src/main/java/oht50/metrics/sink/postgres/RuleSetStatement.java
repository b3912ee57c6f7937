package oht50.metrics.sink.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import oht50.metrics.model.RuleSet;
import oht50.metrics.model.RuleSetEntry;

/**
 * A rule set; the same one again changes nothing, that of another configuration takes its place.
 */
final class RuleSetStatement {
  static final String SQL =
      """
      INSERT INTO rule_sets AS r (version, effective_from, arrived_at, files, state)
      VALUES (?, coalesce(from_millis(?::bigint), '-infinity'), from_millis(?), ?::jsonb, ?)
      ON CONFLICT (version) DO UPDATE SET
        effective_from = excluded.effective_from,
        arrived_at = excluded.arrived_at,
        files = excluded.files,
        state = excluded.state
      WHERE (r.effective_from, r.files, r.state)
        IS DISTINCT FROM (excluded.effective_from, excluded.files, excluded.state)
      """;

  private RuleSetStatement() {}

  static void bind(PreparedStatement statement, RuleSetEntry entry) throws SQLException {
    statement.setLong(1, entry.version());
    if (entry.set().effectiveFrom() == RuleSet.ALWAYS) {
      statement.setNull(2, Types.BIGINT);
    } else {
      statement.setLong(2, SqlTime.clamped(entry.set().effectiveFrom()));
    }
    statement.setLong(3, SqlTime.clamped(entry.arrivedAt()));
    statement.setString(4, SafeText.json(entry.set().files()));
    statement.setString(5, entry.isAccepted() ? "accepted" : "refused");
  }
}
