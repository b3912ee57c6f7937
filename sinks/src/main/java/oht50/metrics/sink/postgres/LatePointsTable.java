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
 * what readers see asks for the repair of its minute. So does a late point whose record comes
 * again: the attempt that has read it anew may know nothing of the repair.
 */
final class LatePointsTable implements Table<LatePoint> {
  private static final long serialVersionUID = 1L;

  /** A point beyond the correction horizon. */
  static final String LATE = "late";

  /** A point of a chunk that another life of the series owns. */
  static final String INCARNATION = "incarnation";

  /** A chunk does not say which records carried its points: any record's point wins over them. */
  static final long NO_SOURCE = 0;

  /** A statement of its own, so that the next one sees what a merge has done before. */
  private static final String LOCK = "SELECT pg_advisory_xact_lock_shared(late_points_lock())";

  // An equal value at a higher position changes nothing to see, but raises the position: otherwise
  // the winner would depend on the order of arrival. A point that has been merged into its chunk
  // still has its position there.
  private static final String UPSERT =
      """
      WITH incoming AS MATERIALIZED (
        SELECT i.series_id, from_millis(i.millis) AS "timestamp", i.minute, i.value,
          i.source_id, i.record_offset, i.frontier, i.epoch, i.seq,
          held.series_id IS NOT NULL AS is_held,
          CASE WHEN held.series_id IS NOT NULL THEN held.value ELSE chunk.value END AS seen_value,
          chunk.source_id AS merged_source_id, chunk.record_offset AS merged_record_offset,
          i.source_id <> %1$d
            AND ((i.source_id, i.record_offset) = (held.source_id, held.record_offset)
              OR (i.source_id, i.record_offset) = (chunk.source_id, chunk.record_offset))
            AS is_again
        FROM unnest(
          ?::bigint[], ?::bigint[], ?::bigint[], ?::float8[], ?::bigint[], ?::bigint[],
          ?::bigint[], ?::bigint[], ?::bigint[])
          AS i (series_id, millis, minute, value, source_id, record_offset, frontier, epoch, seq)
        LEFT JOIN late_points held
          ON held.series_id = i.series_id AND held."timestamp" = from_millis(i.millis)
        LEFT JOIN LATERAL (
          SELECT c.point_values[p.place] AS value,
            c.merged_source_ids[p.merged_place] AS source_id,
            c.merged_record_offsets[p.merged_place] AS record_offset
          FROM chunks c
          CROSS JOIN LATERAL (
            SELECT (i.millis - to_millis(c.chunk_start))::integer AS offset_ms) AS o
          CROSS JOIN LATERAL (
            SELECT array_position(c.offsets_ms, o.offset_ms) AS place,
              array_position(c.merged_offsets_ms, o.offset_ms) AS merged_place) AS p
          WHERE c.series_id = i.series_id
            AND c.chunk_start <= from_millis(i.millis)
            AND c.chunk_start > from_millis(i.millis) - interval '24 hours'
            AND c.chunk_end > from_millis(i.millis)
            AND p.place IS NOT NULL
          ORDER BY p.merged_place IS NULL,
            c.point_values[p.place] IS DISTINCT FROM i.value,
            c.chunk_start
          LIMIT 1) AS chunk ON true
      ), stored AS (
        INSERT INTO late_points AS l (
          series_id, "timestamp", value, source_id, record_offset, epoch, seq)
        SELECT i.series_id, i."timestamp", i.value, i.source_id, i.record_offset, i.epoch, i.seq
        FROM incoming i
        WHERE i.is_held
          OR CASE WHEN i.merged_source_id IS NULL
              OR (i.source_id, i.record_offset) = (i.merged_source_id, i.merged_record_offset)
            THEN i.value IS DISTINCT FROM i.seen_value
            ELSE (i.source_id, i.record_offset) > (i.merged_source_id, i.merged_record_offset)
          END
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
        %2$s
        SELECT i.series_id, '1m', from_millis(i.minute), ?::text, now(), max(%3$s)
        FROM incoming i
        LEFT JOIN stored s USING (series_id, "timestamp")
        WHERE i.is_again OR (s.series_id IS NOT NULL AND i.seen_value IS DISTINCT FROM i.value)
        GROUP BY i.series_id, i.minute
        %4$s
      )
      SELECT count(*) FROM stored
      """
          .formatted(
              NO_SOURCE,
              RepairWindowStatement.INSERT,
              RepairWindowStatement.frontier("i.frontier"),
              RepairWindowStatement.RENEW);

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
    LatePoint winner = wins ? incoming : held;
    return Optional.of(winner.withFrontier(Math.max(held.frontier(), incoming.frontier())));
  }

  @Override
  public int write(Connection connection, List<LatePoint> rows) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
      lock.execute();
    }
    try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
      Columns<LatePoint> columns =
          new Columns<>(upsert, rows)
              .longs(LatePoint::seriesId)
              .longs(LatePoint::timestamp)
              .longs(point -> WindowCalendar.UTC.start(Interval.MINUTE, point.timestamp()))
              .doubles(LatePoint::value)
              .longs(LatePoint::sourceId)
              .longs(LatePoint::offset)
              .longs(point -> RepairWindowStatement.frontier(point.frontier()))
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
