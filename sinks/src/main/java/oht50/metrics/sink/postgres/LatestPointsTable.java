package oht50.metrics.sink.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import oht50.metrics.model.LatestPoint;

/**
 * The newest point of each series. Of two writes the newer time stays, in whatever order lives of a
 * series and late points come; only who knows all points of a life since the stored one goes back
 * to an older time.
 */
final class LatestPointsTable implements Table<LatestPoint> {
  private static final long serialVersionUID = 1L;

  // Of one time a late point wins, as in the view of points; of two, the one of the higher
  // position.
  private static final String UPSERT =
      """
      INSERT INTO latest_points AS p (
        series_id, "timestamp", value, source_id, record_offset, incarnation, known_from, epoch, seq)
      SELECT i.series_id, from_millis(i.millis), i.value, i.source_id, i.record_offset, i.incarnation,
        CASE i.known_from
          WHEN -9223372036854775808 THEN '-infinity'
          WHEN 9223372036854775807 THEN 'infinity'
          ELSE from_millis(i.known_from) END,
        i.epoch, i.seq
      FROM unnest(
        ?::bigint[], ?::bigint[], ?::float8[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
        ?::bigint[], ?::bigint[])
        AS i (series_id, millis, value, source_id, record_offset, incarnation, known_from, epoch, seq)
      ON CONFLICT (series_id) DO UPDATE SET
        "timestamp" = excluded."timestamp",
        value = excluded.value,
        source_id = excluded.source_id,
        record_offset = excluded.record_offset,
        incarnation = excluded.incarnation,
        known_from = excluded.known_from,
        epoch = excluded.epoch,
        seq = excluded.seq
      WHERE (excluded.epoch, excluded.seq) > (p.epoch, p.seq)
        AND CASE
          WHEN excluded."timestamp" > p."timestamp" THEN true
          WHEN excluded."timestamp" < p."timestamp" THEN
            excluded.incarnation = p.incarnation
            AND excluded.known_from <= p."timestamp"
            AND p.known_from <> 'infinity'
          WHEN p.known_from <> 'infinity' THEN true
          ELSE excluded.known_from = 'infinity'
            AND (excluded.source_id, excluded.record_offset) >= (p.source_id, p.record_offset)
        END
      """;

  @Override
  public String name() {
    return "latest_points";
  }

  @Override
  public Comparator<LatestPoint> byKey() {
    return Comparator.comparingLong(LatestPoint::seriesId);
  }

  @Override
  public Optional<LatestPoint> fold(LatestPoint held, LatestPoint incoming) {
    boolean needsTheTable =
        incoming.incarnation() != held.incarnation()
            || incoming.isLate()
            || held.isLate()
            || incoming.timestamp() < held.timestamp();
    if (needsTheTable) {
      return Optional.empty();
    }
    boolean isNewer = Written.isNewer(incoming.epoch(), incoming.seq(), held.epoch(), held.seq());
    return Optional.of(isNewer ? incoming : held);
  }

  @Override
  public int write(Connection connection, List<LatestPoint> rows) throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
      new Columns<>(upsert, rows)
          .longs(LatestPoint::seriesId)
          .longs(LatestPoint::timestamp)
          .doubles(LatestPoint::value)
          .longs(LatestPoint::sourceId)
          .longs(LatestPoint::offset)
          .longs(LatestPoint::incarnation)
          .longs(LatestPoint::knownFrom)
          .longs(LatestPoint::epoch)
          .longs(LatestPoint::seq);
      return upsert.executeUpdate();
    }
  }

  @Override
  public String describe(LatestPoint row) {
    return String.format(
        "series_id=%d, timestamp=%s", row.seriesId(), Instant.ofEpochMilli(row.timestamp()));
  }
}
