package oht50.metrics.sink.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import oht50.metrics.model.Cause;
import oht50.metrics.model.Rollup;

/**
 * Rollups, a batch in one statement. The table knows the revision; a row of another incarnation is
 * left out and its window asked to be repaired, unless it is what a repair has made. An early row
 * replaces a final one only when days are cut by another zone; of two days that overlap the table
 * withdraws one.
 */
final class RollupsTable implements Table<Rollup> {
  private static final long serialVersionUID = 1L;

  private static final String UPSERT =
      """
      INSERT INTO rollups AS r (
        series_id, "interval", window_start, window_end, count, sum, min, max, first, last,
        increase, boundary_increase, time_weighted_avg, covered_seconds, largest_gap_seconds,
        change_offsets, change_values, is_final, cause, incarnation, epoch, seq)
      SELECT i.series_id, i."interval", from_millis(i.window_start), from_millis(i.window_end),
        i.count, i.sum, i.min, i.max, i.first, i.last, i.increase, i.boundary_increase,
        i.time_weighted_avg, i.covered_seconds, i.largest_gap_seconds,
        c.offsets[i.first_change:i.last_change], c.said[i.first_change:i.last_change],
        i.is_final, i.cause, i.incarnation, i.epoch, i.seq
      FROM (SELECT ?::integer[] AS offsets, ?::float8[] AS said) AS c,
        unnest(
        ?::bigint[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::float8[], ?::float8[],
        ?::float8[], ?::float8[], ?::float8[], ?::float8[], ?::float8[], ?::float8[], ?::float8[],
        ?::float8[], ?::integer[], ?::integer[], ?::boolean[], ?::text[], ?::bigint[], ?::bigint[],
        ?::bigint[])
        AS i (series_id, "interval", window_start, window_end, count, sum, min, max, first, last,
          increase, boundary_increase, time_weighted_avg, covered_seconds, largest_gap_seconds,
          first_change, last_change, is_final, cause, incarnation, epoch, seq)
      ON CONFLICT (series_id, "interval", window_start) DO UPDATE SET
        window_end = excluded.window_end,
        count = excluded.count,
        sum = excluded.sum,
        min = excluded.min,
        max = excluded.max,
        first = excluded.first,
        last = excluded.last,
        increase = excluded.increase,
        boundary_increase = excluded.boundary_increase,
        time_weighted_avg = excluded.time_weighted_avg,
        covered_seconds = excluded.covered_seconds,
        largest_gap_seconds = excluded.largest_gap_seconds,
        change_offsets = excluded.change_offsets,
        change_values = excluded.change_values,
        is_final = excluded.is_final,
        cause = CASE WHEN r.is_final
            AND (r.window_end, r.count, r.sum, r.min, r.max, r.first, r.last, r.increase,
                r.boundary_increase, r.time_weighted_avg, r.covered_seconds, r.largest_gap_seconds,
                r.change_offsets, r.change_values)
              IS NOT DISTINCT FROM (excluded.window_end, excluded.count, excluded.sum,
                excluded.min, excluded.max, excluded.first, excluded.last, excluded.increase,
                excluded.boundary_increase, excluded.time_weighted_avg, excluded.covered_seconds,
                excluded.largest_gap_seconds, excluded.change_offsets, excluded.change_values)
          THEN r.cause ELSE excluded.cause END,
        updated_at = CASE WHEN r.is_final THEN r.updated_at ELSE now() END,
        incarnation = CASE WHEN excluded.cause = 'backfill' THEN excluded.incarnation
          ELSE r.incarnation END,
        epoch = excluded.epoch,
        seq = excluded.seq
      WHERE (excluded.epoch, excluded.seq) > (r.epoch, r.seq)
        AND (excluded.incarnation = r.incarnation OR excluded.cause = 'backfill')
        AND (excluded.is_final OR NOT r.is_final OR excluded.cause = 'definition')
      """;

  // What a repair has made too early is not asked for again: its final row will be refused, and is.
  private static final String REQUEST_REPAIR =
      RepairWindowStatement.INSERT
          + """
      SELECT r.series_id, r."interval", r.window_start, 'incarnation', now(), NULL
      FROM unnest(
        ?::bigint[], ?::text[], ?::bigint[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[])
        AS i (series_id, "interval", window_start, cause, incarnation, epoch, seq)
      JOIN rollups r
        ON r.series_id = i.series_id
        AND r."interval" = i."interval"
        AND r.window_start = from_millis(i.window_start)
      WHERE r.incarnation <> i.incarnation
        AND i.cause <> 'backfill'
        AND (i.epoch, i.seq) > (r.epoch, r.seq)
      """
          + RepairWindowStatement.RENEW;

  @Override
  public String name() {
    return "rollups";
  }

  @Override
  public Comparator<Rollup> byKey() {
    return Comparator.comparingLong(Rollup::seriesId)
        .thenComparing(Rollup::interval)
        .thenComparingLong(Rollup::windowStart);
  }

  @Override
  public Optional<Rollup> fold(Rollup held, Rollup incoming) {
    if (held.incarnation() != incoming.incarnation()) {
      // Which of them the table takes depends on what it holds.
      return Optional.empty();
    }
    if (held.cause() == Cause.BACKFILL && incoming.cause() != Cause.BACKFILL) {
      // Only after the repair's row may the other take the place of another life's.
      return Optional.empty();
    }
    boolean earlyOverFinal =
        held.isFinal() && !incoming.isFinal() && incoming.cause() != Cause.DEFINITION;
    boolean wins =
        !earlyOverFinal
            && Written.isNewer(incoming.epoch(), incoming.seq(), held.epoch(), held.seq());
    if (!wins) {
      return Optional.of(held);
    }
    // Another definition is what lets the row replace what is stored.
    boolean isDefinedAnew = held.cause() == Cause.DEFINITION && incoming.cause() == Cause.ON_TIME;
    return Optional.of(isDefinedAnew ? incoming.because(Cause.DEFINITION) : incoming);
  }

  @Override
  public int write(Connection connection, List<Rollup> rows) throws SQLException {
    int written;
    try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
      FlatChanges changes = FlatChanges.of(rows);
      upsert.setObject(1, changes.offsets());
      upsert.setObject(2, changes.values());
      new Columns<>(upsert, rows, 3)
          .longs(Rollup::seriesId)
          .texts(rollup -> rollup.interval().word())
          .longs(Rollup::windowStart)
          .longs(Rollup::windowEnd)
          .longs(Rollup::count)
          .doubles(Rollup::sum)
          .doubles(Rollup::min)
          .doubles(Rollup::max)
          .doubles(Rollup::first)
          .doubles(Rollup::last)
          .doublesOrNull(Rollup::increase, Rollup::isNone)
          .doublesOrNull(Rollup::boundaryIncrease, Rollup::isNone)
          .doublesOrNull(Rollup::timeWeightedAvg, Rollup::isNone)
          .doublesOrNull(row -> seconds(row.coveredMillis()), Rollup::isNone)
          .doublesOrNull(row -> seconds(row.largestGapMillis()), Rollup::isNone)
          .next(changes.firsts())
          .next(changes.lasts())
          .booleans(Rollup::isFinal)
          .texts(rollup -> rollup.cause().word())
          .longs(Rollup::incarnation)
          .longs(Rollup::epoch)
          .longs(Rollup::seq);
      written = upsert.executeUpdate();
    }
    if (written < rows.size()) {
      requestRepair(connection, rows);
    }
    return written;
  }

  private static double seconds(long millis) {
    return millis < 0 ? Rollup.NONE : millis / 1_000.0;
  }

  private static void requestRepair(Connection connection, List<Rollup> rows) throws SQLException {
    try (PreparedStatement request = connection.prepareStatement(REQUEST_REPAIR)) {
      new Columns<>(request, rows)
          .longs(Rollup::seriesId)
          .texts(rollup -> rollup.interval().word())
          .longs(Rollup::windowStart)
          .texts(rollup -> rollup.cause().word())
          .longs(Rollup::incarnation)
          .longs(Rollup::epoch)
          .longs(Rollup::seq);
      request.executeUpdate();
    }
  }

  @Override
  public String describe(Rollup row) {
    return String.format(
        "series_id=%d, interval=%s, window_start=%s",
        row.seriesId(), row.interval().word(), Instant.ofEpochMilli(row.windowStart()));
  }
}
