package oht50.metrics.sink.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesEntry;

/** A row of the catalog. */
final class SeriesStatement {
  static final String SQL =
      """
      INSERT INTO series AS s (
        series_id, metric_name, labels, metric_type, kind, canonical, entity, incarnation,
        first_timestamp, expected_interval_seconds, epoch, seq)
      VALUES (?, ?, ?::jsonb, ?, ?, ?, ?, ?, from_millis(?), ?, ?, ?)
      ON CONFLICT (series_id) DO UPDATE SET
        metric_type = excluded.metric_type,
        kind = excluded.kind,
        incarnation = excluded.incarnation,
        first_timestamp = least(s.first_timestamp, excluded.first_timestamp),
        expected_interval_seconds = excluded.expected_interval_seconds,
        epoch = excluded.epoch,
        seq = excluded.seq
      WHERE (excluded.epoch, excluded.seq) > (s.epoch, s.seq)
      """;

  private SeriesStatement() {}

  static void bind(PreparedStatement statement, SeriesEntry entry) throws SQLException {
    Series series = entry.series();
    statement.setLong(1, series.id());
    statement.setString(2, SafeText.of(series.name()));
    statement.setString(3, SafeText.json(series.labels()));
    statement.setString(4, series.kind().metricType());
    statement.setShort(5, (short) series.kind().code());
    statement.setString(6, SafeText.of(series.canonical()));
    statement.setString(7, SafeText.of(series.entity()));
    statement.setLong(8, entry.incarnation());
    statement.setLong(9, SqlTime.clamped(entry.firstTimestamp()));
    if (entry.expectedIntervalMillis() == SeriesEntry.NEVER) {
      statement.setNull(10, Types.DOUBLE);
    } else {
      statement.setDouble(10, entry.expectedIntervalMillis() / 1_000.0);
    }
    statement.setLong(11, entry.epoch());
    statement.setLong(12, entry.seq());
  }
}
