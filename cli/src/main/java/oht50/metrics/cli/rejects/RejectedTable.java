package oht50.metrics.cli.rejects;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import oht50.metrics.cli.ReadOnly;
import oht50.metrics.cli.output.Rows;

/** Questions to the table of rejects. */
public final class RejectedTable {
  private static final String POSITION = "topic || '/' || partition || '/' || record_offset";

  private final Connection connection;

  public RejectedTable(Connection connection) {
    this.connection = connection;
  }

  /** A record that is, or whose fields are, rejected; its key as text where it has one. */
  public record Origin(RecordPosition position, String key) {}

  /** One row per reject, the newest first. */
  public Rows newest(RejectFilter filter, int limit) throws SQLException {
    return filtered(
        "SELECT "
            + POSITION
            + " AS position, path, reason, detail, key, append_time FROM rejected WHERE "
            + RejectFilter.CONDITION
            + " ORDER BY append_time DESC, topic, partition, record_offset DESC, path LIMIT ?",
        filter,
        limit,
        ReadOnly::rows);
  }

  /** One row per reason, the most frequent first. */
  public Rows byReason(RejectFilter filter) throws SQLException {
    return filtered(
        "SELECT reason, count(*) AS rejects,"
            + " count(DISTINCT (topic, partition, record_offset)) AS records,"
            + " min(append_time) AS first, max(append_time) AS last FROM rejected WHERE "
            + RejectFilter.CONDITION
            + " GROUP BY reason ORDER BY rejects DESC, reason LIMIT ?",
        filter,
        Integer.MAX_VALUE,
        ReadOnly::rows);
  }

  /** All columns of what is rejected at a position. */
  public Rows at(RecordPosition position) throws SQLException {
    String query =
        "SELECT topic, partition, record_offset AS \"offset\", path, reason, detail, key, value,"
            + " append_time FROM rejected WHERE topic = ? AND partition = ? AND record_offset = ?"
            + " ORDER BY path";
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, position.topic());
      statement.setInt(2, position.partition());
      statement.setLong(3, position.offset());
      return ReadOnly.rows(statement.executeQuery());
    }
  }

  /** The records, each once, in the order of their positions. */
  public List<Origin> origins(RejectFilter filter, int limit) throws SQLException {
    return filtered(
        "SELECT topic, partition, record_offset, min(key) FROM rejected WHERE "
            + RejectFilter.CONDITION
            + " GROUP BY 1, 2, 3 ORDER BY 1, 2, 3 LIMIT ?",
        filter,
        limit,
        RejectedTable::origins);
  }

  private static List<Origin> origins(ResultSet result) throws SQLException {
    List<Origin> origins = new ArrayList<>();
    while (result.next()) {
      origins.add(
          new Origin(
              new RecordPosition(result.getString(1), result.getInt(2), result.getLong(3)),
              result.getString(4)));
    }
    return origins;
  }

  private interface Reading<T> {
    T of(ResultSet result) throws SQLException;
  }

  private <T> T filtered(String query, RejectFilter filter, int limit, Reading<T> reading)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      filter.setOn(statement, connection);
      statement.setInt(RejectFilter.PARAMETERS + 1, limit);
      try (ResultSet result = statement.executeQuery()) {
        return reading.of(result);
      }
    }
  }
}
