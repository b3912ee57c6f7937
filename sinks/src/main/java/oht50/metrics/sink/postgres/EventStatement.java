package oht50.metrics.sink.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import oht50.metrics.model.Event;

/** An event; a redelivery from a later position replaces it. */
final class EventStatement {
  static final String SQL =
      """
      INSERT INTO events AS e (
        kind, event_id, entity, type, severity, status, acknowledged, "timestamp", payload, topic,
        partition, record_offset, withdrawn)
      VALUES (?, ?, ?, ?, ?, ?, ?, from_millis(?), ?::jsonb, ?, ?, ?, ?)
      ON CONFLICT (kind, event_id) DO UPDATE SET
        entity = excluded.entity,
        type = excluded.type,
        severity = excluded.severity,
        status = excluded.status,
        acknowledged = excluded.acknowledged,
        "timestamp" = excluded."timestamp",
        payload = excluded.payload,
        topic = excluded.topic,
        partition = excluded.partition,
        record_offset = excluded.record_offset,
        withdrawn = excluded.withdrawn
      WHERE (excluded.topic, excluded.partition, excluded.record_offset)
        > (e.topic, e.partition, e.record_offset)
      """;

  private EventStatement() {}

  static void bind(PreparedStatement statement, Event event) throws SQLException {
    statement.setString(1, event.kind().word());
    statement.setString(2, SafeText.key(event.id()));
    statement.setString(3, SafeText.of(event.entity()));
    statement.setString(4, SafeText.of(event.type()));
    statement.setString(5, SafeText.of(event.severity()));
    statement.setString(6, SafeText.of(event.status()));
    statement.setBoolean(7, event.acknowledged());
    statement.setLong(8, SqlTime.clamped(event.timestamp()));
    statement.setString(9, SafeText.json(event.payload()));
    statement.setString(10, SafeText.key(event.position().topic()));
    statement.setInt(11, event.position().partition());
    statement.setLong(12, event.position().offset());
    statement.setBoolean(13, event.isWithdrawn());
  }
}
