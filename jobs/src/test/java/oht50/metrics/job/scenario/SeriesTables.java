package oht50.metrics.job.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import oht50.metrics.model.Cause;
import oht50.metrics.model.LatePoint;
import oht50.metrics.model.LatestPoint;
import oht50.metrics.model.PointChunk;
import oht50.metrics.model.Rejected;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesEntry;
import oht50.metrics.time.Interval;

/**
 * The tables that what was published adds up to: the last row of each key; an early row never
 * replaces a final one that is not defined otherwise, and one of another incarnation replaces
 * nothing.
 */
final class SeriesTables {
  record Key(long seriesId, String table, long start) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int bySeries = Long.compare(seriesId, other.seriesId);
      int byTable = bySeries != 0 ? bySeries : table.compareTo(other.table);
      return byTable != 0 ? byTable : Long.compare(start, other.start);
    }
  }

  private final Map<Key, Rollup> rollups = new TreeMap<>();
  private final Map<Key, PointChunk> chunks = new TreeMap<>();
  private final Map<Long, LatestPoint> latest = new TreeMap<>(); // series id -> newest
  private final TreeSet<String> late = new TreeSet<>();
  private final List<SeriesEntry> entries = new ArrayList<>();
  private final Map<Key, Integer> revisions = new TreeMap<>();

  static SeriesTables of(List<Object> published) {
    SeriesTables tables = new SeriesTables();
    published.forEach(tables::accept);
    return tables;
  }

  private void accept(Object published) {
    if (published instanceof Rollup row) {
      rollup(row);
    } else if (published instanceof PointChunk chunk) {
      Key key = new Key(chunk.seriesId(), "chunk", chunk.chunkStart());
      PointChunk old = chunks.get(key);
      if (old == null || old.incarnation() == chunk.incarnation()) {
        chunks.put(key, chunk);
      }
    } else if (published instanceof LatePoint point) {
      late.add(point.seriesId() + "@" + point.timestamp() + "=" + bits(point.value()));
    } else if (published instanceof LatestPoint point) {
      latest(point);
    } else if (published instanceof SeriesEntry entry) {
      entries.add(entry);
    } else if (published instanceof Rejected rejected) {
      throw new AssertionError("rejected: " + rejected);
    }
  }

  private void latest(LatestPoint point) {
    LatestPoint old = latest.get(point.seriesId());
    if (old == null
        || point.timestamp() >= old.timestamp()
        || (point.incarnation() == old.incarnation() && point.knownFrom() <= old.timestamp())) {
      latest.put(point.seriesId(), point);
    }
  }

  private void rollup(Rollup row) {
    Key key = new Key(row.seriesId(), row.interval().word(), row.windowStart());
    Rollup old = rollups.get(key);
    if (old != null && old.incarnation() != row.incarnation()) {
      return;
    }
    if (old != null && old.isFinal()) {
      if (!row.isFinal() && row.cause() != Cause.DEFINITION) {
        return;
      }
      if (!values(old).equals(values(row))) {
        revisions.merge(key, 1, Integer::sum);
      }
    }
    rollups.put(key, row);
  }

  Rollup row(Series series, Interval interval, long start) {
    return rollups.get(new Key(series.id(), interval.word(), start));
  }

  int revision(Series series, Interval interval, long start) {
    return revisions.getOrDefault(new Key(series.id(), interval.word(), start), 0);
  }

  /** Number of points beyond the horizon, each once. */
  int late() {
    return late.size();
  }

  /** Number of lives that a series had in state. */
  long incarnations(Series series) {
    return entries.stream()
        .filter(entry -> entry.series().equals(series))
        .map(SeriesEntry::incarnation)
        .distinct()
        .count();
  }

  /** time -> value in all chunks of a series. */
  Map<Long, Double> points(Series series) {
    Map<Long, Double> points = new TreeMap<>();
    for (PointChunk chunk : chunks.values()) {
      for (int i = 0; chunk.seriesId() == series.id() && i < chunk.offsets().length; i++) {
        points.put(chunk.chunkStart() + chunk.offsets()[i], chunk.values()[i]);
      }
    }
    return points;
  }

  /** Everything that must be the same in every way, bit for bit, one line each. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    rollups.forEach(
        (key, row) -> {
          boolean isWithdrawn = row.count() == 0 && row.cause() == Cause.DEFINITION;
          if (!isWithdrawn) {
            lines.add(key + " " + row.windowEnd() + " " + values(row) + " " + row.isFinal());
          }
        });
    chunks.forEach(
        (key, chunk) -> {
          StringBuilder line = new StringBuilder(key.toString());
          for (int i = 0; i < chunk.offsets().length; i++) {
            line.append(' ').append(chunk.offsets()[i]).append('=').append(bits(chunk.values()[i]));
          }
          lines.add(line.toString());
        });
    late.forEach(point -> lines.add("late " + point));
    latest.forEach(
        (series, point) ->
            lines.add("latest " + series + "@" + point.timestamp() + "=" + bits(point.value())));
    return lines;
  }

  private static String values(Rollup row) {
    return row.count()
        + " "
        + String.join(
            " ",
            bits(row.sum()),
            bits(row.min()),
            bits(row.max()),
            bits(row.first()),
            bits(row.last()));
  }

  private static String bits(double value) {
    return value + "/" + Long.toHexString(Double.doubleToRawLongBits(value));
  }
}
