package oht50.metrics.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import oht50.metrics.model.LatePoint;
import oht50.metrics.model.LatestPoint;
import oht50.metrics.model.PointChunk;
import oht50.metrics.model.Position;
import oht50.metrics.model.RepairWindow;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesEntry;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.time.Interval;
import org.junit.jupiter.api.Test;

/**
 * Long random lives of a key: late samples, silence, eviction, series that return and take each
 * other's columns, a watermark that jumps, stands still and after a restart begins low. Whatever
 * was accepted into a life of a series must be in the rows and chunks of that life.
 */
class SeriesLifeTest {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long NOON = 1_795_521_600_000L;
  private static final List<Series> SERIES =
      List.of(
          Series.gauge("a", "robot_id", "R"),
          Series.gauge("b", "robot_id", "R"),
          Series.gauge("oht50_robot_x", "robot_id", "R"),
          Series.gauge("oht50_robot_y", "robot_id", "R"),
          Series.gauge("c", "robot_id", "R"));

  private record Life(Series series, long incarnation) {}

  private record Row(Tables.RowKey key, long incarnation) {}

  private final Map<Life, TreeMap<Long, Double>> accepted = new HashMap<>();
  private final Map<Series, Long> current = new HashMap<>(); // series -> incarnation
  private final Map<Row, Rollup> rows = new HashMap<>();
  private final Map<Row, PointChunk> chunks = new HashMap<>();
  private final MapSeriesStore store = new MapSeriesStore();
  private int late;
  private long watermark = Long.MIN_VALUE;

  @Test
  void everyLifeOfASeriesHasTheRowsOfItsPoints() {
    int lives = 0;
    int beyond = 0;
    for (int seed = 0; seed < 300; seed++) {
      SeriesLifeTest one = new SeriesLifeTest();
      one.live(seed);
      lives += one.accepted.size();
      beyond += one.late;
    }
    assertThat(lives).isGreaterThan(2 * 300 * SERIES.size());
    assertThat(beyond).isGreaterThan(1_000);
  }

  private void live(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int horizonPoints = random.nextBoolean() ? 8_192 : 20 + random.nextInt(40);
    SeriesCore core = new SeriesCore(SeriesOptions.DEFAULTS.withHorizonPoints(horizonPoints));
    long now = NOON + random.nextInt(100_000_000);
    long reached = Long.MIN_VALUE;
    long lag = random.nextInt(4) == 0 ? 5 * 24 * HOUR : 10 * MINUTE; // of the watermark, at most
    int speaking = 1 + random.nextInt(31); // bits of SERIES
    for (int i = 0; i < 400; i++) {
      now += step(random);
      if (random.nextInt(25) == 0) {
        speaking = 1 + random.nextInt(31);
      }
      send(i, now, speaking, core, random);
      if (random.nextInt(60) == 0 && reached != Long.MIN_VALUE) {
        watermark = Long.MIN_VALUE; // a restart; time begins anew, and lower
        reached -= random.nextLong(2 * HOUR);
      }
      if (random.nextInt(4) == 0) {
        reached = Math.max(reached, now - 2_000 - random.nextLong(1 + random.nextLong(lag)));
        watermark(reached, core);
      }
    }
    for (int hours = 1; hours <= 120; hours++) {
      watermark(now + hours * HOUR, core);
    }
    check(seed);
    assertThat(store.isEmpty()).as("state of seed " + seed).isTrue();
    assertThat(store.wakeUps).as("timers of seed " + seed).isEmpty();
  }

  private static long step(SplittableRandom random) {
    return switch (random.nextInt(40)) {
      case 0 -> random.nextLong(30 * HOUR);
      case 1 -> random.nextLong(4 * HOUR);
      case 2, 3, 4 -> random.nextLong(20 * MINUTE);
      default -> random.nextLong(MINUTE);
    };
  }

  private void send(int i, long now, int speaking, SeriesCore core, SplittableRandom random) {
    List<Series> chosen = new ArrayList<>();
    for (int bit = 0; bit < SERIES.size(); bit++) {
      if ((speaking >> bit & 1) == 1 && random.nextInt(3) > 0) {
        chosen.add(SERIES.get(bit));
      }
    }
    if (chosen.isEmpty()) {
      return;
    }
    long[] times = new long[chosen.size()];
    double[] values = new double[chosen.size()];
    for (int s = 0; s < times.length; s++) {
      // A time of its own for each sample: which of two values wins is another test's business.
      long back = random.nextInt(8) == 0 ? random.nextLong(5 * HOUR) : 0;
      times[s] = Math.floorDiv(now - back, 1_000) * 1_000 + i;
      values[s] = random.nextDouble() * 100 - 50;
    }
    Recorder recorder = new Recorder();
    core.onBatch(
        new SampleBatch(SeriesLayout.of(chosen), times, values, Position.sourceId("topic", 0), i),
        watermark,
        store,
        recorder);
    for (int s = 0; s < times.length; s++) {
      Series series = chosen.get(s);
      if (!recorder.beyond.contains(series.id() + "@" + times[s])) {
        accepted
            .computeIfAbsent(new Life(series, current.get(series)), key -> new TreeMap<>())
            .put(times[s], values[s]);
      }
    }
  }

  private void watermark(long to, SeriesCore core) {
    watermark = to;
    Recorder recorder = new Recorder();
    while (!store.wakeUps.isEmpty() && store.wakeUps.first() <= to) {
      store.wakeUps.pollFirst();
      core.onWatermark(to, store, recorder);
    }
  }

  private void check(int seed) {
    Map<Row, List<Object>> expected = new HashMap<>();
    accepted.forEach(
        (life, points) -> {
          NaiveRollups.of(Map.of(life.series, points))
              .forEach((key, values) -> expected.put(new Row(key, life.incarnation), values));
          assertThat(points(life)).as("points of seed %s, %s", seed, life).isEqualTo(points);
        });
    Map<Row, List<Object>> found = new HashMap<>();
    rows.forEach((key, row) -> found.put(key, Tables.values(row)));
    assertThat(found).as("rows of seed " + seed).isEqualTo(expected);
    assertThat(rows.values()).as("rows of seed " + seed).allMatch(Rollup::isFinal);
  }

  private Map<Long, Double> points(Life life) {
    Map<Long, Double> points = new TreeMap<>();
    for (PointChunk chunk : chunks.values()) {
      boolean isOfLife =
          chunk.seriesId() == life.series.id() && chunk.incarnation() == life.incarnation;
      for (int i = 0; isOfLife && i < chunk.offsets().length; i++) {
        points.put(chunk.chunkStart() + chunk.offsets()[i], chunk.values()[i]);
      }
    }
    return points;
  }

  private final class Recorder implements SeriesOutput {
    final List<String> beyond = new ArrayList<>();

    @Override
    public void rollup(Rollup row) {
      Tables.RowKey key = new Tables.RowKey(row.seriesId(), row.interval(), row.windowStart());
      rows.merge(
          new Row(key, row.incarnation()),
          row,
          (old, next) -> old.isFinal() && !next.isFinal() ? old : next);
    }

    @Override
    public void chunk(PointChunk chunk) {
      Tables.RowKey key = new Tables.RowKey(chunk.seriesId(), Interval.MINUTE, chunk.chunkStart());
      chunks.put(new Row(key, chunk.incarnation()), chunk);
    }

    @Override
    public void latest(LatestPoint point) {}

    @Override
    public void beyondHorizon(LatePoint point) {
      late++;
      beyond.add(point.seriesId() + "@" + point.timestamp());
    }

    @Override
    public void repair(RepairWindow window) {}

    @Override
    public void series(SeriesEntry entry) {
      current.put(entry.series(), entry.incarnation());
    }

    @Override
    public void collision(Series series, long timestamp, long sourceId, long offset) {
      throw new AssertionError("two series are taken for one");
    }

    @Override
    public void lateSamples(int count) {}

    @Override
    public void conflicts(int count) {
      throw new AssertionError("no time is given twice");
    }
  }
}
