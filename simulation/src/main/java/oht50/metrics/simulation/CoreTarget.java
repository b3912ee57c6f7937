package oht50.metrics.simulation;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.count.CountOutput;
import oht50.metrics.count.MapCountStore;
import oht50.metrics.count.OccurrenceCounter;
import oht50.metrics.count.UncountedFact;
import oht50.metrics.model.Backfill;
import oht50.metrics.model.Event;
import oht50.metrics.model.LatePoint;
import oht50.metrics.model.LatestPoint;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.PointChunk;
import oht50.metrics.model.Registration;
import oht50.metrics.model.RepairWindow;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesEntry;
import oht50.metrics.rule.MapSequenceStore;
import oht50.metrics.rule.SequenceCore;
import oht50.metrics.series.MapSeriesStore;
import oht50.metrics.series.SeriesCore;
import oht50.metrics.series.SeriesOutput;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The operators without Flink: the pure cores, state in maps, timers in sets. A snapshot writes all
 * of it with the codecs that Flink's state uses, and a restore begins with these bytes alone.
 */
final class CoreTarget implements Target {
  private final Output out;
  private Setup setup;
  private OccurrenceCounter counter;
  private SeriesCore series;
  private SequenceCore sequences;
  private TreeMap<Long, MapCountStore> counts = new TreeMap<>(); // key -> state
  private TreeMap<Long, MapSeriesStore> points = new TreeMap<>(); // key -> state
  private TreeMap<String, MapSequenceStore> robots = new TreeMap<>();
  private long watermark = Long.MIN_VALUE;
  private long countsWatermark = Long.MIN_VALUE; // the counts come first, and so does their time
  private long[] judged = {Long.MIN_VALUE}; // per subtask: highest watermark anything was judged at

  CoreTarget(Setup setup, Output out) {
    this.setup = setup;
    this.out = out;
    begin();
  }

  private void begin() {
    Duration horizon = Duration.ofMillis(setup.horizon());
    counter = new OccurrenceCounter(horizon, Duration.ofMillis(setup.idle()));
    series = new SeriesCore(setup.options());
    sequences = new SequenceCore(Setup.SEQUENCES, new ScanMatcher(), horizon);
  }

  @Override
  public void take(Object message) {
    if (message instanceof SampleBatch batch) {
      samples(batch);
    } else if (message instanceof Occurrence fact) {
      counter.onOccurrence(
          fact,
          countsWatermark,
          counts.computeIfAbsent(fact.key(), key -> new MapCountStore()),
          new Counted());
    } else if (message instanceof Registration registration) {
      series.onRegistration(
          registration,
          points.computeIfAbsent(registration.key(), key -> new MapSeriesStore()),
          new Folded());
    } else if (message instanceof Backfill backfill) {
      series.onBackfill(
          backfill,
          watermark,
          points.computeIfAbsent(backfill.key(), key -> new MapSeriesStore()),
          new Folded());
    } else {
      event((Event) message);
    }
  }

  private void samples(SampleBatch batch) {
    series.onBatch(
        batch,
        watermark,
        points.computeIfAbsent(batch.key(), key -> new MapSeriesStore()),
        new Folded());
  }

  private void event(Event event) {
    if (sequences.concerns(event)) {
      MapSequenceStore robot =
          robots.computeIfAbsent(event.entity(), key -> new MapSequenceStore());
      long until = judgedUntil(event.entity());
      judgeAfterStart(robot, until);
      sequences.onEvent(event, until, 0, robot, out::transition);
    }
  }

  /** As the operator does with the first that it hears of a robot after a start. */
  private void judgeAfterStart(MapSequenceStore robot, long until) {
    if (robot.isFirstSinceStart()) {
      sequences.onStart(until, 0, robot, out::transition);
    }
  }

  /** As the operator's own state keeps it: time never falls back behind what was judged. */
  private long judgedUntil(String robot) {
    int subtask = Math.floorMod(robot.hashCode(), judged.length);
    judged[subtask] = Math.max(judged[subtask], watermark);
    return judged[subtask];
  }

  @Override
  public void watermark(long reached) {
    countsWatermark = reached;
    for (MapCountStore each : counts.values()) {
      while (!each.wakeUps().isEmpty() && each.wakeUps().first() <= reached) {
        counter.onWatermark(each.wakeUps().pollFirst(), reached, each, new Counted());
      }
    }
    watermark = reached;
    for (MapSeriesStore each : points.values()) {
      while (!each.wakeUps().isEmpty() && each.wakeUps().first() <= reached) {
        each.wakeUps().pollFirst();
        series.onWatermark(reached, each, new Folded());
      }
    }
    robots.forEach(
        (name, each) -> {
          while (!each.wakeUps().isEmpty() && each.wakeUps().first() <= reached) {
            long instant = each.wakeUps().pollFirst();
            judgeAfterStart(each, judgedUntil(name));
            sequences.onWatermark(instant, judgedUntil(name), 0, each, out::transition);
          }
        });
  }

  @Override
  public void standStill() {
    for (MapSeriesStore each : points.values()) {
      if (each.takeWakeSoon()) {
        series.onStandstill(watermark, each, new Folded());
      }
    }
  }

  @Override
  public Object snapshot() throws IOException {
    DataOutputSerializer to = new DataOutputSerializer(16_384);
    to.writeUTF(setup.zone().getId());
    to.writeInt(counts.size());
    for (Map.Entry<Long, MapCountStore> each : counts.entrySet()) {
      to.writeLong(each.getKey());
      each.getValue().write(to);
    }
    to.writeInt(points.size());
    for (Map.Entry<Long, MapSeriesStore> each : points.entrySet()) {
      to.writeLong(each.getKey());
      each.getValue().write(to);
    }
    to.writeInt(robots.size());
    for (Map.Entry<String, MapSequenceStore> each : robots.entrySet()) {
      to.writeUTF(each.getKey());
      each.getValue().write(to);
    }
    to.writeLong(Arrays.stream(judged).max().getAsLong());
    return to.getCopyOfBuffer();
  }

  @Override
  public void restore(Object snapshot, int parallelism, ZoneId zone) throws IOException {
    setup = setup.with(zone);
    begin();
    watermark = Long.MIN_VALUE;
    countsWatermark = Long.MIN_VALUE;
    counts = new TreeMap<>();
    points = new TreeMap<>();
    robots = new TreeMap<>();
    DataInputDeserializer from = new DataInputDeserializer((byte[]) snapshot);
    ZoneId former = ZoneId.of(from.readUTF());
    for (int left = from.readInt(); left > 0; left--) {
      counts.put(from.readLong(), MapCountStore.read(from));
    }
    for (int left = from.readInt(); left > 0; left--) {
      points.put(from.readLong(), MapSeriesStore.read(from));
    }
    for (int left = from.readInt(); left > 0; left--) {
      robots.put(from.readUTF(), MapSequenceStore.read(from));
    }
    judged = new long[parallelism];
    Arrays.fill(judged, from.readLong());
    if (!zone.equals(former)) {
      points.values().forEach(each -> series.onConfiguredZone(former, each, new Folded()));
    }
  }

  @Override
  public String leftovers(boolean alertsAreOpen) {
    StringBuilder left = new StringBuilder();
    counts.forEach((key, each) -> left.append(each.isEmpty() ? "" : "counts of key " + key + "; "));
    points.forEach((key, each) -> left.append(each.isEmpty() ? "" : "points of key " + key + "; "));
    if (!alertsAreOpen) {
      robots.forEach((name, each) -> left.append(each.isEmpty() ? "" : "events of " + name + "; "));
    }
    return left.toString();
  }

  @Override
  public void close() {}

  private final class Counted implements CountOutput {
    @Override
    public void counts(SampleBatch batch) {
      samples(batch);
    }

    @Override
    public void increments(SampleBatch batch) {}

    @Override
    public void beyondHorizon(Occurrence fact) {
      for (int i = 0; i < fact.series().size(); i++) {
        out.row(UncountedFact.reject(fact, i));
      }
    }
  }

  private final class Folded implements SeriesOutput {
    @Override
    public void rollup(Rollup rollup) {
      out.row(rollup);
    }

    @Override
    public void chunk(PointChunk chunk) {
      out.row(chunk);
    }

    @Override
    public void beyondHorizon(LatePoint point) {
      out.row(point);
    }

    @Override
    public void latest(LatestPoint point) {
      out.row(point);
    }

    @Override
    public void repair(RepairWindow window) {
      out.row(window);
    }

    @Override
    public void series(SeriesEntry entry) {
      out.row(entry);
    }

    @Override
    public void collision(Series collided, long timestamp, long sourceId, long offset) {
      throw new IllegalStateException("no two generated series share an id: " + collided);
    }

    @Override
    public void lateSamples(int count) {}

    @Override
    public void conflicts(int count) {}
  }
}
