package oht50.metrics.cli.rejects;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Which rejects are meant.
 *
 * @param since arrived then or later; null for all
 * @param reasons one of them; none for all
 * @param topic of the record; null for all
 */
public record RejectFilter(Instant since, List<String> reasons, String topic) {
  static final String CONDITION =
      "append_time >= coalesce(?, '-infinity'::timestamptz)"
          + " AND (cardinality(?::text[]) = 0 OR reason = ANY (?::text[]))"
          + " AND topic = coalesce(?, topic)";
  static final int PARAMETERS = 4;

  void setOn(PreparedStatement statement, Connection connection) throws SQLException {
    statement.setObject(1, since == null ? null : since.atOffset(ZoneOffset.UTC));
    statement.setArray(2, connection.createArrayOf("text", reasons.toArray()));
    statement.setArray(3, connection.createArrayOf("text", reasons.toArray()));
    statement.setString(4, topic);
  }
}
