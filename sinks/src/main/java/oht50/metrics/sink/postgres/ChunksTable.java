package oht50.metrics.sink.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import oht50.metrics.model.LatePoint;
import oht50.metrics.model.PointChunk;
import oht50.metrics.model.RepairWindow;

/**
 * Chunks. The points of a chunk that another incarnation owns, or that late points have been merged
 * into, become late points: a state that knows less must not overwrite stored truth, and no point
 * may be lost.
 */
final class ChunksTable implements Table<PointChunk> {
  private static final long serialVersionUID = 1L;

  // One statement for all rows, their points one after the other: a statement for each cost more
  // than its row.
  private static final String UPSERT =
      """
      INSERT INTO chunks AS c (
        series_id, chunk_start, chunk_end, offsets_ms, point_values, incarnation, epoch, seq)
      SELECT i.series_id, from_millis(i.chunk_start), from_millis(i.chunk_end),
        p.offsets_ms[i.first_place:i.last_place], p.point_values[i.first_place:i.last_place],
        i.incarnation, i.epoch, i.seq
      FROM (SELECT ?::integer[] AS offsets_ms, ?::float8[] AS point_values) AS p,
        unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
          ?::integer[], ?::integer[])
          AS i (series_id, chunk_start, chunk_end, incarnation, epoch, seq, first_place, last_place)
      ON CONFLICT (series_id, chunk_start) DO UPDATE SET
        chunk_end = excluded.chunk_end,
        offsets_ms = excluded.offsets_ms,
        point_values = excluded.point_values,
        epoch = excluded.epoch,
        seq = excluded.seq
      WHERE (excluded.epoch, excluded.seq) > (c.epoch, c.seq)
        AND excluded.incarnation = c.incarnation
        AND c.merged_offsets_ms IS NULL
      RETURNING series_id, to_millis(chunk_start)
      """;

  private static final String REFUSED =
      """
      SELECT i.place
      FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[]) WITH ORDINALITY
        AS i (series_id, chunk_start, incarnation, epoch, seq, place)
      JOIN chunks c ON c.series_id = i.series_id AND c.chunk_start = from_millis(i.chunk_start)
      WHERE (c.incarnation <> i.incarnation OR c.merged_offsets_ms IS NOT NULL)
        AND (i.epoch, i.seq) > (c.epoch, c.seq)
      """;

  private final LatePointsTable latePoints = new LatePointsTable(LatePointsTable.INCARNATION);

  @Override
  public String name() {
    return "chunks";
  }

  @Override
  public Comparator<PointChunk> byKey() {
    return Comparator.comparingLong(PointChunk::seriesId).thenComparingLong(PointChunk::chunkStart);
  }

  @Override
  public Optional<PointChunk> fold(PointChunk held, PointChunk incoming) {
    if (held.incarnation() != incoming.incarnation()) {
      return Optional.empty();
    }
    return Optional.of(
        Written.isNewer(incoming.epoch(), incoming.seq(), held.epoch(), held.seq())
            ? incoming
            : held);
  }

  @Override
  public int write(Connection connection, List<PointChunk> rows) throws SQLException {
    List<PointChunk> untouched = upsert(connection, rows);
    List<PointChunk> refused = refused(connection, untouched);
    if (!refused.isEmpty()) {
      latePoints.write(connection, points(refused));
    }
    return rows.size() - untouched.size();
  }

  private static List<PointChunk> upsert(Connection connection, List<PointChunk> rows)
      throws SQLException {
    int points = rows.stream().mapToInt(chunk -> chunk.offsets().length).sum();
    int[] offsets = new int[points];
    double[] values = new double[points];
    int[] firstPlaces = new int[rows.size()];
    int[] lastPlaces = new int[rows.size()];
    int end = 0;
    for (int i = 0; i < rows.size(); i++) {
      PointChunk chunk = rows.get(i);
      int size = chunk.offsets().length;
      System.arraycopy(chunk.offsets(), 0, offsets, end, size);
      System.arraycopy(chunk.values(), 0, values, end, size);
      firstPlaces[i] = end + 1; // arrays of PostgreSQL begin with 1
      end += size;
      lastPlaces[i] = end;
    }
    Set<Key> touched = new HashSet<>();
    try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
      upsert.setObject(1, offsets);
      upsert.setObject(2, values);
      int next =
          new Columns<>(upsert, rows, 3)
              .longs(PointChunk::seriesId)
              .longs(PointChunk::chunkStart)
              .longs(PointChunk::chunkEnd)
              .longs(PointChunk::incarnation)
              .longs(PointChunk::epoch)
              .longs(PointChunk::seq)
              .following();
      upsert.setObject(next, firstPlaces);
      upsert.setObject(next + 1, lastPlaces);
      try (ResultSet keys = upsert.executeQuery()) {
        while (keys.next()) {
          touched.add(new Key(keys.getLong(1), keys.getLong(2)));
        }
      }
    }
    return rows.stream()
        .filter(chunk -> !touched.contains(new Key(chunk.seriesId(), chunk.chunkStart())))
        .toList();
  }

  private record Key(long seriesId, long chunkStart) {}

  private static List<PointChunk> refused(Connection connection, List<PointChunk> untouched)
      throws SQLException {
    List<PointChunk> refused = new ArrayList<>();
    if (untouched.isEmpty()) {
      return refused;
    }
    try (PreparedStatement query = connection.prepareStatement(REFUSED)) {
      new Columns<>(query, untouched)
          .longs(PointChunk::seriesId)
          .longs(PointChunk::chunkStart)
          .longs(PointChunk::incarnation)
          .longs(PointChunk::epoch)
          .longs(PointChunk::seq);
      try (ResultSet places = query.executeQuery()) {
        while (places.next()) {
          refused.add(untouched.get(places.getInt(1) - 1));
        }
      }
    }
    return refused;
  }

  /** The points of chunks, sorted, each time of a series once, also where spans overlap. */
  private List<LatePoint> points(List<PointChunk> chunks) {
    TreeMap<LatePoint, LatePoint> points = new TreeMap<>(latePoints.byKey());
    for (PointChunk chunk : chunks) {
      for (int i = 0; i < chunk.offsets().length; i++) {
        LatePoint point =
            new LatePoint(
                chunk.seriesId(),
                chunk.chunkStart() + chunk.offsets()[i],
                chunk.values()[i],
                LatePointsTable.NO_SOURCE,
                0,
                RepairWindow.UNKNOWN,
                chunk.epoch(),
                chunk.seq());
        points.merge(point, point, (held, incoming) -> latePoints.fold(held, incoming).get());
      }
    }
    return new ArrayList<>(points.values());
  }

  @Override
  public String describe(PointChunk row) {
    return String.format(
        "series_id=%d, chunk_start=%s", row.seriesId(), Instant.ofEpochMilli(row.chunkStart()));
  }
}
