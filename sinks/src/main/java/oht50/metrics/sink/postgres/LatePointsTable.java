package oht50.metrics.sink.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import oht50.metrics.model.LatePoint;
import oht50.metrics.time.Interval;
import oht50.metrics.time.WindowCalendar;

/**
 * Late points. A point that the chunks hold already is no news and is left out; one that changes
 * what readers see asks for the repair of its minute.
 */
final class LatePointsTable implements Table<LatePoint> {
  private static final long serialVersionUID = 1L;

  /** A point beyond the correction horizon. */
  static final String LATE = "late";

  /** A point of a chunk that another life of the series owns. */
  static final String INCARNATION = "incarnation";

  // An equal value at a higher position changes nothing to see, but raises the position: otherwise
  // the winner would depend on the order of arrival.
  private static final String UPSERT =
      """
      WITH incoming AS MATERIALIZED (
        SELECT i.series_id, from_millis(i.millis) AS "timestamp", i.millis, i.minute, i.value,
          i.source_id, i.record_offset, i.epoch, i.seq,
          held.series_id IS NOT NULL AS is_held, held.value AS held_value
        FROM unnest(
          ?::bigint[], ?::bigint[], ?::bigint[], ?::float8[], ?::bigint[], ?::bigint[],
          ?::bigint[], ?::bigint[])
          AS i (series_id, millis, minute, value, source_id, record_offset, epoch, seq)
        LEFT JOIN late_points held
          ON held.series_id = i.series_id AND held."timestamp" = from_millis(i.millis)
      ), stored AS (
        INSERT INTO late_points AS l (
          series_id, "timestamp", value, source_id, record_offset, epoch, seq)
        SELECT i.series_id, i."timestamp", i.value, i.source_id, i.record_offset, i.epoch, i.seq
        FROM incoming i
        WHERE i.is_held
          OR NOT EXISTS (
            SELECT FROM chunks c
            WHERE c.series_id = i.series_id
              AND c.chunk_start <= i."timestamp"
              AND c.chunk_start > i."timestamp" - interval '24 hours'
              AND c.point_values[
                array_position(c.offsets_ms, (i.millis - to_millis(c.chunk_start))::integer)]
                IS NOT DISTINCT FROM i.value)
        ON CONFLICT (series_id, "timestamp") DO UPDATE SET
          value = excluded.value,
          source_id = excluded.source_id,
          record_offset = excluded.record_offset,
          epoch = excluded.epoch,
          seq = excluded.seq
        WHERE (excluded.source_id, excluded.record_offset) > (l.source_id, l.record_offset)
          OR ((excluded.source_id, excluded.record_offset) = (l.source_id, l.record_offset)
            AND (excluded.epoch, excluded.seq) > (l.epoch, l.seq)
            AND excluded.value IS DISTINCT FROM l.value)
        RETURNING series_id, "timestamp"
      ), requested AS (
        INSERT INTO repair_windows (series_id, "interval", window_start, cause, requested_at)
        SELECT DISTINCT i.series_id, '1m', from_millis(i.minute), ?::text, now()
        FROM stored
        JOIN incoming i USING (series_id, "timestamp")
        WHERE NOT i.is_held OR i.held_value IS DISTINCT FROM i.value
        ON CONFLICT (series_id, "interval", window_start)
          DO UPDATE SET requested_at = excluded.requested_at
      )
      SELECT count(*) FROM stored
      """;

  private final String cause;

  LatePointsTable(String cause) {
    this.cause = cause;
  }

  @Override
  public String name() {
    return "late_points";
  }

  @Override
  public Comparator<LatePoint> byKey() {
    return Comparator.comparingLong(LatePoint::seriesId).thenComparingLong(LatePoint::timestamp);
  }

  @Override
  public Optional<LatePoint> fold(LatePoint held, LatePoint incoming) {
    int positions =
        Comparator.comparingLong(LatePoint::sourceId)
            .thenComparingLong(LatePoint::offset)
            .compare(incoming, held);
    boolean wins =
        positions != 0
            ? positions > 0
            : Written.isNewer(incoming.epoch(), incoming.seq(), held.epoch(), held.seq());
    return Optional.of(wins ? incoming : held);
  }

  @Override
  public int write(Connection connection, List<LatePoint> rows) throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
      Columns<LatePoint> columns =
          new Columns<>(upsert, rows)
              .longs(LatePoint::seriesId)
              .longs(LatePoint::timestamp)
              .longs(point -> WindowCalendar.UTC.start(Interval.MINUTE, point.timestamp()))
              .doubles(LatePoint::value)
              .longs(LatePoint::sourceId)
              .longs(LatePoint::offset)
              .longs(LatePoint::epoch)
              .longs(LatePoint::seq);
      upsert.setString(columns.following(), cause);
      try (ResultSet stored = upsert.executeQuery()) {
        stored.next();
        return stored.getInt(1);
      }
    }
  }

  @Override
  public String describe(LatePoint row) {
    return String.format(
        "series_id=%d, timestamp=%s", row.seriesId(), Instant.ofEpochMilli(row.timestamp()));
  }
}
