package oht50.metrics.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import oht50.metrics.model.Cause;
import oht50.metrics.model.LatePoint;
import oht50.metrics.model.LatestPoint;
import oht50.metrics.model.PointChunk;
import oht50.metrics.model.Rejected;
import oht50.metrics.model.RepairWindow;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.SeriesEntry;
import oht50.metrics.time.Interval;

/**
 * What PostgreSQL makes of the stamped rows, by the rules of docs/tables.md: of two writes the
 * higher (epoch, seq) wins, an early row never replaces a final one unless days are cut anew, no
 * row replaces one of another life of its series, a final row whose values change gets a revision,
 * and of two days that overlap one is withdrawn.
 */
final class Tables {
  record RowKey(long seriesId, String interval, long start) {}

  private record ChunkKey(long seriesId, long start) {}

  /** A row, and what the table knows beyond it. */
  record Stored(Rollup row, int revision, Cause cause) {}

  private final Map<RowKey, Stored> rollups = new HashMap<>();
  private final Map<ChunkKey, PointChunk> chunks = new HashMap<>();
  private final Map<Long, SeriesEntry> catalog = new HashMap<>(); // series id -> row
  private final Map<Long, LatestPoint> latest = new HashMap<>(); // series id -> row
  private final Set<Answer.Late> late = new HashSet<>();
  private final Set<Answer> uncounted = new HashSet<>();
  private final Map<RowKey, RepairWindow> requests = new LinkedHashMap<>();
  private final Map<Long, Long> incarnations = new HashMap<>(); // series id -> of its newest row
  private final Set<Long> ofOtherLives = new HashSet<>(); // series with days that overlap so
  private final List<String> refused = new ArrayList<>();
  int guarded; // writes that came too late to count
  int corrections;
  int expectedOtherwise; // rows of the catalog that say another interval of the same life
  int replays; // corrections by a restart

  void write(Object row) {
    if (row instanceof Rollup rollup) {
      rollup(rollup);
    } else if (row instanceof PointChunk chunk) {
      chunk(chunk);
    } else if (row instanceof LatePoint point) {
      late.add(
          Answer.Late.of(
              point.seriesId(),
              point.timestamp(),
              point.value(),
              point.sourceId(),
              point.offset()));
      ask(
          new RepairWindow(
              point.seriesId(),
              Interval.MINUTE,
              Invariants.minuteOf(point.timestamp()),
              Cause.LATE,
              point.frontier()));
    } else if (row instanceof LatestPoint point) {
      latest(point);
    } else if (row instanceof RepairWindow window) {
      ask(window);
    } else if (row instanceof SeriesEntry entry) {
      catalog(entry);
    } else if (row instanceof Rejected reject) {
      uncounted.add(new Answer.Uncounted(reject.path(), reject.value()));
    } else {
      throw new IllegalArgumentException("no table takes " + row);
    }
  }

  /** As the table has it: what was said last holds. */
  private void ask(RepairWindow window) {
    requests.put(
        new RowKey(window.seriesId(), window.interval().word(), window.windowStart()), window);
  }

  /** Windows that wait for a repair. */
  List<RepairWindow> requests() {
    return List.copyOf(requests.values());
  }

  /** A request has been answered, unless it has been renewed. */
  void answered(RepairWindow window) {
    requests.values().remove(window);
  }

  /** All that is stored of a series: time -> value, a late point before one of a chunk. */
  TreeMap<Long, Double> points(long series) {
    TreeMap<Long, Double> points = new TreeMap<>();
    for (PointChunk chunk : chunks.values()) {
      for (int i = 0; chunk.seriesId() == series && i < chunk.offsets().length; i++) {
        points.put(chunk.chunkStart() + chunk.offsets()[i], chunk.values()[i]);
      }
    }
    Oracle.newestLate(late)
        .forEach(
            point -> {
              if (point.series() == series) {
                points.put(point.time(), Double.longBitsToDouble(point.value()));
              }
            });
    return points;
  }

  /** The life of a series that began last. */
  long incarnation(long series) {
    return incarnations.get(series);
  }

  private void rollup(Rollup row) {
    RowKey key = new RowKey(row.seriesId(), row.interval().word(), row.windowStart());
    incarnations.put(row.seriesId(), row.incarnation());
    Stored old = rollups.get(key);
    if (old == null) {
      rollups.put(key, new Stored(row, 0, row.cause()));
      withdrawOverlapping(key);
      return;
    }
    if (!isNewer(row.epoch(), row.seq(), old.row().epoch(), old.row().seq())) {
      guarded++;
      return;
    }
    if (row.incarnation() != old.row().incarnation() && row.cause() != Cause.BACKFILL) {
      refused.add("another life of its series owns the row of " + row);
      return;
    }
    if (old.row().isFinal() && !row.isFinal() && row.cause() != Cause.DEFINITION) {
      return;
    }
    if (!old.row().isFinal()) {
      rollups.put(key, new Stored(row, old.revision(), row.cause()));
    } else if (says(old.row(), row)) {
      rollups.put(key, new Stored(row, old.revision(), old.cause()));
    } else {
      Cause cause = row.cause() == Cause.ON_TIME ? Cause.REPLAY : row.cause();
      rollups.put(key, new Stored(row, old.revision() + 1, cause));
      corrections++;
      replays += cause == Cause.REPLAY ? 1 : 0;
    }
    if (old.row().count() == 0 || old.row().windowEnd() != row.windowEnd()) {
      withdrawOverlapping(key);
    }
  }

  /** Of two days of a series that overlap one stands, as the triggers of the table have it. */
  private void withdrawOverlapping(RowKey key) {
    if (!key.interval().equals(Interval.DAY.word())) {
      return;
    }
    for (RowKey other : List.copyOf(rollups.keySet())) {
      Rollup row = rollups.get(key).row();
      Rollup rival = rollups.get(other).row();
      if (row.count() == 0) {
        return;
      }
      if (other.seriesId() == key.seriesId()
          && other.interval().equals(key.interval())
          && other.start() != key.start()
          && rival.count() > 0
          && rival.windowStart() < row.windowEnd()
          && row.windowStart() < rival.windowEnd()) {
        withdraw(loses(row, rival) ? key : other);
      }
    }
  }

  private boolean loses(Rollup row, Rollup rival) {
    if (row.incarnation() != rival.incarnation()) {
      ofOtherLives.add(row.seriesId());
      return true;
    }
    return row.isFinal() != rival.isFinal()
        ? rival.isFinal()
        : isNewer(rival.epoch(), rival.seq(), row.epoch(), row.seq());
  }

  private void withdraw(RowKey key) {
    Stored old = rollups.get(key);
    Rollup row = old.row();
    Rollup nothing =
        new Rollup(
            row.seriesId(),
            row.interval(),
            row.windowStart(),
            row.windowEnd(),
            0,
            0,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Rollup.NONE,
            Rollup.NONE,
            Rollup.NONE,
            -1,
            -1,
            row.isFinal(),
            Cause.DEFINITION,
            row.incarnation(),
            row.epoch(),
            row.seq());
    int revision = old.revision() + (row.isFinal() ? 1 : 0);
    rollups.put(key, new Stored(nothing, revision, Cause.DEFINITION));
  }

  /** Series of which a day of another life stands where one of the newest should. */
  Set<Long> ofOtherLives() {
    return ofOtherLives;
  }

  private void chunk(PointChunk chunk) {
    ChunkKey key = new ChunkKey(chunk.seriesId(), chunk.chunkStart());
    PointChunk old = chunks.get(key);
    if (old != null && !isNewer(chunk.epoch(), chunk.seq(), old.epoch(), old.seq())) {
      guarded++;
    } else if (old != null && old.incarnation() != chunk.incarnation()) {
      refused.add("another life of its series owns the chunk " + key);
    } else {
      chunks.put(key, chunk);
    }
  }

  private void catalog(SeriesEntry entry) {
    SeriesEntry old = catalog.get(entry.series().id());
    if (old != null && !isNewer(entry.epoch(), entry.seq(), old.epoch(), old.seq())) {
      guarded++;
      return;
    }
    catalog.put(entry.series().id(), entry);
    boolean isOtherwise =
        old != null
            && old.incarnation() == entry.incarnation()
            && old.expectedIntervalMillis() != entry.expectedIntervalMillis();
    expectedOtherwise += isOtherwise ? 1 : 0;
  }

  private void latest(LatestPoint point) {
    LatestPoint old = latest.get(point.seriesId());
    if (old == null) {
      latest.put(point.seriesId(), point);
    } else if (!isNewer(point.epoch(), point.seq(), old.epoch(), old.seq())) {
      guarded++;
    } else if (replaces(point, old)) {
      latest.put(point.seriesId(), point);
    }
  }

  private static boolean replaces(LatestPoint point, LatestPoint old) {
    if (point.timestamp() > old.timestamp()) {
      return true;
    }
    if (point.timestamp() < old.timestamp()) {
      return !old.isLate()
          && point.incarnation() == old.incarnation()
          && point.knownFrom() <= old.timestamp();
    }
    if (!point.isLate() || !old.isLate()) {
      return point.isLate() || !old.isLate();
    }
    return point.sourceId() != old.sourceId()
        ? point.sourceId() > old.sourceId()
        : point.offset() >= old.offset();
  }

  private static boolean isNewer(long epoch, long seq, long heldEpoch, long heldSeq) {
    return epoch != heldEpoch ? epoch > heldEpoch : seq > heldSeq;
  }

  /** Whether two rows say the same; as in SQL, NaN is itself and 0 is -0. */
  private static boolean says(Rollup a, Rollup b) {
    return a.windowEnd() == b.windowEnd()
        && a.count() == b.count()
        && isSame(a.sum(), b.sum())
        && isSame(a.min(), b.min())
        && isSame(a.max(), b.max())
        && isSame(a.first(), b.first())
        && isSame(a.last(), b.last())
        && a.changes().equals(b.changes());
  }

  private static boolean isSame(double a, double b) {
    return a == b || (Double.isNaN(a) && Double.isNaN(b));
  }

  /** What is stored of a window, or null. */
  Stored stored(RowKey key) {
    return rollups.get(key);
  }

  /** Writes that the rule of incarnations left out: nothing here has two lives in one window. */
  List<String> refused() {
    return refused;
  }

  void addAnswers(Set<Answer> answers) {
    rollups.forEach(
        (key, stored) -> {
          Rollup row = stored.row();
          answers.add(
              Answer.Row.of(
                  key.seriesId(),
                  key.interval(),
                  key.start(),
                  row.windowEnd(),
                  row.isFinal(),
                  row.count(),
                  row.sum(),
                  row.min(),
                  row.max(),
                  row.first(),
                  row.last(),
                  row.increase(),
                  row.boundaryIncrease(),
                  row.timeWeightedAvg(),
                  row.coveredMillis(),
                  row.largestGapMillis()));
          if (!row.changes().isNone()) {
            answers.add(
                Answer.Changes.of(
                    key.seriesId(), key.start(), row.changes().offsets(), row.changes().values()));
          }
        });
    for (PointChunk chunk : chunks.values()) {
      for (int i = 0; i < chunk.offsets().length; i++) {
        answers.add(
            Answer.Point.of(
                chunk.seriesId(), chunk.chunkStart() + chunk.offsets()[i], chunk.values()[i]));
      }
    }
    latest.forEach(
        (series, point) -> answers.add(Answer.Latest.of(series, point.timestamp(), point.value())));
    catalog.forEach(
        (series, entry) ->
            answers.add(new Answer.Expected(series, entry.expectedIntervalMillis())));
    answers.addAll(late);
    answers.addAll(uncounted);
  }
}
