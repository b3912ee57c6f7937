package oht50.metrics.series;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.model.Cause;
import oht50.metrics.model.LatePoint;
import oht50.metrics.model.LatestPoint;
import oht50.metrics.model.PointChunk;
import oht50.metrics.model.RepairWindow;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesEntry;
import oht50.metrics.time.Interval;

/**
 * What tables would hold: the last row of each key, an early row never over a final one that is not
 * defined otherwise.
 */
final class Tables implements SeriesOutput {
  record RowKey(long seriesId, Interval interval, long start) implements Comparable<RowKey> {
    @Override
    public int compareTo(RowKey other) {
      int bySeries = Long.compare(seriesId, other.seriesId);
      int byInterval = bySeries != 0 ? bySeries : interval.compareTo(other.interval);
      return byInterval != 0 ? byInterval : Long.compare(start, other.start);
    }
  }

  final Map<RowKey, Rollup> rollups = new TreeMap<>();
  final Map<RowKey, Integer> revisions = new TreeMap<>();
  int chunkWrites;
  final Map<RowKey, PointChunk> chunks = new TreeMap<>();
  final List<LatePoint> late = new ArrayList<>();
  final Map<Long, LatestPoint> latest = new TreeMap<>(); // series id -> as published last
  final List<SeriesEntry> series = new ArrayList<>();
  final List<RepairWindow> repairs = new ArrayList<>();
  final List<Rollup> published = new ArrayList<>();
  final List<String> collisions = new ArrayList<>();
  int latestPublished;
  int lateSamples;
  int conflicts;

  @Override
  public void rollup(Rollup row) {
    published.add(row);
    RowKey key = new RowKey(row.seriesId(), row.interval(), row.windowStart());
    Rollup old = rollups.get(key);
    if (old != null && old.isFinal() && !row.isFinal() && row.cause() != Cause.DEFINITION) {
      return;
    }
    if (old != null && old.isFinal() && !values(old).equals(values(row))) {
      revisions.merge(key, 1, Integer::sum);
    }
    rollups.put(key, row);
  }

  static List<Object> values(Rollup row) {
    return List.of(row.count(), row.sum(), row.min(), row.max(), row.first(), row.last());
  }

  @Override
  public void chunk(PointChunk chunk) {
    chunkWrites++;
    chunks.put(new RowKey(chunk.seriesId(), Interval.MINUTE, chunk.chunkStart()), chunk);
  }

  @Override
  public void beyondHorizon(LatePoint point) {
    late.add(point);
  }

  @Override
  public void latest(LatestPoint point) {
    latestPublished++;
    latest.put(point.seriesId(), point);
  }

  @Override
  public void repair(RepairWindow window) {
    repairs.add(window);
  }

  @Override
  public void series(SeriesEntry entry) {
    series.add(entry);
  }

  @Override
  public void collision(Series collided, long timestamp, long sourceId, long offset) {
    collisions.add(collided.canonical());
  }

  @Override
  public void lateSamples(int count) {
    lateSamples += count;
  }

  @Override
  public void conflicts(int count) {
    conflicts += count;
  }

  Rollup row(Series of, Interval interval, long start) {
    return rollups.get(new RowKey(of.id(), interval, start));
  }

  int revision(Series of, Interval interval, long start) {
    return revisions.getOrDefault(new RowKey(of.id(), interval, start), 0);
  }

  /** timestamp -> value over all chunks of a series. */
  TreeMap<Long, Double> points(Series of) {
    TreeMap<Long, Double> points = new TreeMap<>();
    chunks.values().stream()
        .filter(chunk -> chunk.seriesId() == of.id())
        .forEach(
            chunk -> {
              for (int i = 0; i < chunk.offsets().length; i++) {
                points.put(chunk.chunkStart() + chunk.offsets()[i], chunk.values()[i]);
              }
            });
    return points;
  }
}
