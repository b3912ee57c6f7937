package oht50.metrics.sink.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import oht50.metrics.model.Registration;

/**
 * What holds of a robot from an instant on, as the series operator takes it: a record replaces all
 * that was said of its instant and after; the first one holds for all the past; a removal takes all
 * away. Records of a robot come in order, and again from an earlier one on after a failure: what a
 * later record said stands, and at the end of the repetition all is as it was.
 */
final class RegistrationStatement {
  static final String SQL =
      """
      WITH said AS (
        SELECT ?::text AS robot_id, ?::boolean AS is_removal, coalesce(from_millis(?::bigint), '-infinity') AS effective_from,
          ?::jsonb AS attributes, ?::bigint AS source_id, ?::bigint AS record_offset),
      replaced AS (
        DELETE FROM registrations r USING said s
        WHERE r.robot_id = s.robot_id
          AND (s.is_removal OR r.effective_from > s.effective_from)
          AND NOT (r.source_id = s.source_id AND r.record_offset >= s.record_offset))
      INSERT INTO registrations AS r (robot_id, effective_from, attributes, source_id, record_offset)
      SELECT s.robot_id,
        CASE
          WHEN EXISTS (SELECT FROM registrations o WHERE o.robot_id = s.robot_id) THEN s.effective_from
          ELSE '-infinity'
        END,
        s.attributes, s.source_id, s.record_offset
      FROM said s
      WHERE NOT s.is_removal
        AND NOT EXISTS (
          SELECT FROM registrations o
          WHERE o.robot_id = s.robot_id
            AND o.source_id = s.source_id
            AND o.record_offset = s.record_offset)
      ON CONFLICT (robot_id, effective_from) DO UPDATE SET
        attributes = excluded.attributes,
        source_id = excluded.source_id,
        record_offset = excluded.record_offset
      WHERE NOT (r.source_id = excluded.source_id AND r.record_offset > excluded.record_offset)
      """;

  private RegistrationStatement() {}

  static void bind(PreparedStatement statement, Registration said) throws SQLException {
    statement.setString(1, SafeText.key(said.robotId()));
    statement.setBoolean(2, said.isRemoval());
    if (said.effectiveFrom() == Registration.ALWAYS) {
      statement.setNull(3, Types.BIGINT);
    } else {
      statement.setLong(3, SqlTime.clamped(said.effectiveFrom()));
    }
    statement.setString(4, said.attributes() == null ? "{}" : SafeText.json(said.attributes()));
    statement.setLong(5, said.sourceId());
    statement.setLong(6, said.offset());
  }
}
