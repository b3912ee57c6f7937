package oht50.metrics.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import oht50.metrics.model.Cause;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Position;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.time.Interval;
import oht50.metrics.time.WindowCalendar;
import org.junit.jupiter.api.Test;

class SeriesCoreTest {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long NOON = 1_795_521_600_000L; // 2026-11-24T12:00:00Z

  private static final Series TEMPERATURE = Series.gauge("t", "robot_id", "R");
  private static final Series CURRENT = Series.gauge("c", "robot_id", "R");

  private final MapSeriesStore store = new MapSeriesStore();
  private final Tables tables = new Tables();
  private SeriesCore core = new SeriesCore(SeriesOptions.DEFAULTS);
  private long watermark = Long.MIN_VALUE;
  private long offset;

  @Test
  void aFinalMinuteHoldsTheAggregatesOfItsPoints() {
    send(TEMPERATURE, NOON, 3);
    send(TEMPERATURE, NOON + 30 * SECOND, 1);
    send(TEMPERATURE, NOON + 59_999, 2);
    watermark(NOON + MINUTE);

    Rollup row = tables.row(TEMPERATURE, Interval.MINUTE, NOON);
    assertThat(row.isFinal()).isTrue();
    assertThat(row.cause()).isEqualTo(Cause.ON_TIME);
    assertThat(Tables.values(row)).containsExactly(3L, 6.0, 1.0, 3.0, 3.0, 2.0);
  }

  @Test
  void anOpenWindowIsPublishedEarlyAtTheCadence() {
    send(TEMPERATURE, NOON + SECOND, 3);
    watermark(NOON + 9_999);
    assertThat(tables.rollups).isEmpty();

    watermark(NOON + 10 * SECOND);

    Rollup row = tables.row(TEMPERATURE, Interval.MINUTE, NOON);
    assertThat(row.isFinal()).isFalse();
    assertThat(row.count()).isEqualTo(1);
    assertThat(tables.points(TEMPERATURE)).containsOnly(Map.entry(NOON + SECOND, 3.0));
  }

  @Test
  void theChunkOfAnOpenMinuteHasACadenceOfItsOwn() {
    send(TEMPERATURE, NOON + SECOND, 3);
    watermark(NOON + 10 * SECOND);
    send(TEMPERATURE, NOON + 11 * SECOND, 4);
    watermark(NOON + 20 * SECOND);

    assertThat(tables.row(TEMPERATURE, Interval.MINUTE, NOON).count()).isEqualTo(2);
    assertThat(tables.points(TEMPERATURE)).hasSize(1);

    watermark(NOON + 30 * SECOND); // nothing has come since
    assertThat(tables.points(TEMPERATURE)).hasSize(2);
    int writes = tables.chunkWrites;
    watermark(NOON + MINUTE);
    assertThat(tables.chunkWrites).isEqualTo(writes);
  }

  @Test
  void whatWaitsForItsChunkIsInItAfterARestart() throws Exception {
    send(TEMPERATURE, NOON + SECOND, 3);
    watermark(NOON + 10 * SECOND);
    send(TEMPERATURE, NOON + 11 * SECOND, 4);
    watermark(NOON + 20 * SECOND);

    advance(core, store.copy(), tables, NOON + MINUTE);

    assertThat(tables.points(TEMPERATURE)).hasSize(2);
  }

  @Test
  void whatIsFoldedWhileTimeStandsStillAfterARestartIsInItsChunk() throws Exception {
    send(TEMPERATURE, NOON - MINUTE, 3);
    watermark(NOON + 27 * SECOND);
    watermark = NOON + 31 * SECOND; // no pass: the next tick is further away than the cadence
    send(TEMPERATURE, NOON + 36 * SECOND, 4);

    MapSeriesStore restored = store.copy();
    core.onBatch(batch(TEMPERATURE, NOON - HOUR, 5), Long.MIN_VALUE, restored, tables);
    core.onStandstill(Long.MIN_VALUE, restored, tables);
    advance(core, restored, tables, NOON + 2 * MINUTE);

    assertThat(tables.points(TEMPERATURE)).hasSize(3);
  }

  @Test
  void aFinalMinuteIsInItsChunkAndALateSampleOfItAtOnce() {
    core = new SeriesCore(SeriesOptions.DEFAULTS.withChunkCadence(Duration.ofMinutes(1)));
    send(TEMPERATURE, NOON + SECOND, 3);
    watermark(NOON + 10 * SECOND);
    send(TEMPERATURE, NOON + 55 * SECOND, 4);
    watermark(NOON + MINUTE);
    assertThat(tables.points(TEMPERATURE)).hasSize(2);

    send(TEMPERATURE, NOON + 56 * SECOND, 5);
    watermark(NOON + MINUTE + 1);

    assertThat(tables.points(TEMPERATURE)).hasSize(3);
  }

  @Test
  void aRetractedPointDoesNotStayInAChunkThatIsStillOpen() {
    Series count = Series.of("n", TEMPERATURE.labels(), MetricKind.DELTA);
    send(count, NOON + SECOND, 1);
    watermark(NOON + 10 * SECOND);
    assertThat(tables.points(count)).hasSize(1);

    send(count, NOON + SECOND, 0);
    watermark(NOON + 2 * MINUTE);

    assertThat(tables.points(count)).isEmpty();
  }

  @Test
  void noPointLeavesStateBeforeItIsInItsChunk() {
    send(TEMPERATURE, NOON + SECOND, 3);
    watermark(NOON + 10 * SECOND);
    for (int minute = 1; minute <= 300; minute++) { // far ahead of who holds time up
      send(TEMPERATURE, NOON + minute * MINUTE, minute);
    }
    watermark(NOON + 20 * SECOND);
    watermark(NOON + 30 * SECOND);
    assertThat(tables.points(TEMPERATURE)).hasSize(301);
    assertThat(store.logs).hasSizeLessThan(200);

    send(TEMPERATURE, NOON + 301 * MINUTE, 301);
    watermark(NOON + MINUTE); // what has left is still open, and is not written without its points
    assertThat(tables.points(TEMPERATURE)).hasSize(302);
  }

  @Test
  void aClosedMinuteShowsInEveryLongerWindow() {
    send(TEMPERATURE, NOON + SECOND, 3);
    watermark(NOON + MINUTE);

    for (Interval interval : Interval.values()) {
      Rollup row = tables.row(TEMPERATURE, interval, WindowCalendar.UTC.start(interval, NOON));
      assertThat(row.count()).as(interval.word()).isEqualTo(1);
      assertThat(row.isFinal()).as(interval.word()).isEqualTo(interval == Interval.MINUTE);
    }
  }

  @Test
  void lateSampleCorrectsEveryWindowAboveOnceAtTheNextWatermark() {
    send(TEMPERATURE, NOON + SECOND, 3);
    watermark(NOON + HOUR);
    tables.published.clear();

    send(TEMPERATURE, NOON + 2 * SECOND, 5);
    send(TEMPERATURE, NOON + 3 * SECOND, 7);
    assertThat(tables.published).isEmpty();
    watermark(NOON + HOUR + 1);

    assertThat(tables.published).extracting(Rollup::count).containsOnly(3L);
    assertThat(tables.published)
        .extracting(Rollup::interval)
        .containsExactly(
            Interval.MINUTE, Interval.FIVE_MINUTES, Interval.QUARTER, Interval.HOUR, Interval.DAY);
    assertThat(tables.row(TEMPERATURE, Interval.HOUR, NOON).cause()).isEqualTo(Cause.LATE);
    assertThat(tables.revision(TEMPERATURE, Interval.HOUR, NOON)).isEqualTo(1);
    assertThat(tables.lateSamples).isEqualTo(2);
  }

  @Test
  void aWindowThatALateSampleFoundOverIsNotOpenAgainAfterARestartBelowItsEnd() {
    send(TEMPERATURE, NOON - HOUR, 3);
    watermark(NOON + 5 * MINUTE); // nothing is due between the two, so no pass remembers it
    send(TEMPERATURE, NOON + SECOND, 5);

    watermark(NOON + 2 * MINUTE); // as low as a restart begins
    assertThat(tables.rollups.values()).filteredOn(row -> row.windowStart() == NOON).isEmpty();
    watermark(NOON + 6 * MINUTE);

    assertThat(tables.row(TEMPERATURE, Interval.FIVE_MINUTES, NOON).isFinal()).isTrue();
  }

  @Test
  void lateSamplesArePublishedEvenWhileTimeStandsStill() {
    watermark = NOON + HOUR;
    send(TEMPERATURE, NOON, 3);
    assertThat(store.isAskedToWakeSoon).isTrue();

    core.onStandstill(watermark, store, tables);

    assertThat(tables.row(TEMPERATURE, Interval.HOUR, NOON).isFinal()).isTrue();
    tables.published.clear();
    watermark(NOON + HOUR + MINUTE);
    assertThat(tables.published).extracting(Rollup::interval).doesNotContain(Interval.HOUR);
  }

  @Test
  void aRepeatChangesNothing() {
    send(TEMPERATURE, NOON + SECOND, 3);
    watermark(NOON + MINUTE);
    tables.published.clear();
    int chunks = tables.chunks.size();

    send(TEMPERATURE, NOON + SECOND, 3);
    watermark(NOON + MINUTE + 1);

    assertThat(tables.published).isEmpty();
    assertThat(tables.chunks).hasSize(chunks);
    assertThat(tables.conflicts).isZero();
  }

  @Test
  void aValueThatComesBackAfterACrashReplacesWhatTheFailedAttemptPublished() throws Exception {
    send(TEMPERATURE, NOON + SECOND, 3);
    watermark(NOON + MINUTE);
    send(TEMPERATURE, NOON + SECOND, 5);
    MapSeriesStore restored = store.copy();
    watermark(NOON + 2 * MINUTE);
    assertThat(tables.row(TEMPERATURE, Interval.MINUTE, NOON).last()).isEqualTo(5);

    core.onBatch(batch(TEMPERATURE, NOON + SECOND, 3), Long.MIN_VALUE, restored, tables);
    advance(core, restored, tables, NOON + 2 * MINUTE);

    for (Interval interval : Interval.values()) {
      Rollup row = tables.row(TEMPERATURE, interval, WindowCalendar.UTC.start(interval, NOON));
      assertThat(row.last()).as(interval.word()).isEqualTo(3);
    }
    assertThat(tables.points(TEMPERATURE)).containsOnly(Map.entry(NOON + SECOND, 3.0));
  }

  @Test
  void ofConflictingRepeatsTheHighestPositionWinsInAnyOrderOfArrival() {
    SampleBatch first = batch(TEMPERATURE, NOON + SECOND, 3);
    SampleBatch second = batch(TEMPERATURE, NOON + SECOND, 4);
    core.onBatch(second, watermark, store, tables);
    core.onBatch(first, watermark, store, tables);
    watermark(NOON + MINUTE);

    assertThat(tables.row(TEMPERATURE, Interval.MINUTE, NOON).sum()).isEqualTo(4.0);
    assertThat(tables.conflicts).isEqualTo(1);
  }

  @Test
  void aSampleBeyondTheHorizonLeavesAsALatePointAndChangesNoRow() {
    send(TEMPERATURE, NOON, 1);
    watermark(NOON + MINUTE);
    send(TEMPERATURE, NOON + 5 * HOUR, 2);
    watermark(NOON + 5 * HOUR + MINUTE);
    tables.published.clear();

    send(TEMPERATURE, NOON + SECOND, 9);
    watermark(NOON + 5 * HOUR + 2 * MINUTE);

    assertThat(tables.late)
        .extracting("timestamp", "value")
        .containsOnly(org.assertj.core.groups.Tuple.tuple(NOON + SECOND, 9.0));
    assertThat(tables.row(TEMPERATURE, Interval.MINUTE, NOON).count()).isEqualTo(1);
  }

  @Test
  void theHorizonIsThatOfTheSeriesAndNotOfItsNeighbour() {
    send(TEMPERATURE, NOON, 1);
    send(CURRENT, NOON + 5 * HOUR, 2);
    watermark(NOON + 5 * HOUR + MINUTE - 31 * MINUTE);
    send(TEMPERATURE, NOON + SECOND, 9);
    watermark(NOON + 5 * HOUR + MINUTE);

    assertThat(tables.late).isEmpty();
    assertThat(tables.row(TEMPERATURE, Interval.MINUTE, NOON).count()).isEqualTo(2);
  }

  @Test
  void moreThanTheAllowedPointsShortenTheHorizon() {
    core = new SeriesCore(SeriesOptions.DEFAULTS.withHorizonPoints(100));
    Series fast = Series.gauge("oht50_robot_x", "robot_id", "R"); // 2-minute chunks
    for (int i = 0; i < 600; i++) {
      send(fast, NOON + i * SECOND, i);
    }
    watermark(NOON + 20 * MINUTE);

    send(fast, NOON + 7 * MINUTE, 1);
    assertThat(tables.late).hasSize(1);
    send(fast, NOON + 9 * MINUTE, 1);
    assertThat(tables.late).hasSize(1);
  }

  @Test
  void oldDataIsAggregatedInALiveSystem() {
    watermark = NOON;
    long longAgo = NOON - 4_000 * 24 * HOUR;
    send(TEMPERATURE, longAgo, 1);
    send(TEMPERATURE, longAgo + SECOND, 2);
    watermark(NOON + 1);

    Rollup day =
        tables.row(TEMPERATURE, Interval.DAY, WindowCalendar.UTC.start(Interval.DAY, longAgo));
    assertThat(day.isFinal()).isTrue();
    assertThat(day.count()).isEqualTo(2);
    assertThat(tables.late).isEmpty();
  }

  @Test
  void staleMarkersAreRawPointsButInNoAggregate() {
    send(TEMPERATURE, NOON, 1);
    send(TEMPERATURE, NOON + SECOND, StaleMarker.VALUE);
    watermark(NOON + MINUTE);

    assertThat(tables.row(TEMPERATURE, Interval.MINUTE, NOON).count()).isEqualTo(1);
    assertThat(tables.points(TEMPERATURE)).hasSize(2);
  }

  @Test
  void notANumberMakesSumMinAndMaxNotANumber() {
    send(TEMPERATURE, NOON, 1);
    send(TEMPERATURE, NOON + SECOND, Double.NaN);
    watermark(NOON + MINUTE);

    Rollup row = tables.row(TEMPERATURE, Interval.MINUTE, NOON);
    assertThat(row.count()).isEqualTo(2);
    assertThat(row.sum()).isNaN();
    assertThat(row.min()).isNaN();
    assertThat(row.max()).isNaN();
  }

  @Test
  void negativeZeroIsSmallerThanZero() {
    send(TEMPERATURE, NOON, 0.0);
    send(TEMPERATURE, NOON + SECOND, -0.0);
    watermark(NOON + MINUTE);

    Rollup row = tables.row(TEMPERATURE, Interval.MINUTE, NOON);
    assertThat(1 / row.min()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(1 / row.max()).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void aDeltaOfZeroRetractsItsPoint() {
    Series delta = Series.of("d", TEMPERATURE.labels(), MetricKind.DELTA);
    send(delta, NOON, 2);
    watermark(NOON + MINUTE);
    send(delta, NOON, 0);
    watermark(NOON + MINUTE + 1);

    assertThat(tables.row(delta, Interval.MINUTE, NOON).count()).isZero();
    assertThat(tables.row(delta, Interval.DAY, NOON - 12 * HOUR).count()).isZero();
    assertThat(tables.points(delta)).isEmpty();
  }

  @Test
  void aNewSeriesWithAnOldTimeLeavesItsNeighboursRowsAlone() {
    for (int minute = 0; minute < 300; minute++) {
      send(TEMPERATURE, NOON + minute * MINUTE, 1);
      watermark(NOON + minute * MINUTE);
    }
    send(CURRENT, NOON + 16 * MINUTE, 5); // in a quarter whose minutes have left state
    send(TEMPERATURE, NOON + 300 * MINUTE, 1);
    watermark(NOON + 302 * MINUTE);

    assertThat(tables.row(TEMPERATURE, Interval.DAY, NOON - 12 * HOUR).count()).isEqualTo(301);
    assertThat(tables.row(TEMPERATURE, Interval.HOUR, NOON).count()).isEqualTo(60);
    assertThat(tables.row(TEMPERATURE, Interval.MINUTE, NOON + 16 * MINUTE).count()).isEqualTo(1);
    assertThat(tables.row(CURRENT, Interval.HOUR, NOON).count()).isEqualTo(1);
  }

  @Test
  void aSeriesThatComesBackOnTheSameDayContinuesItsRow() {
    send(TEMPERATURE, NOON, 1);
    watermark(NOON + 6 * HOUR);
    send(TEMPERATURE, NOON + 6 * HOUR + MINUTE, 2);
    watermark(NOON + 7 * HOUR);

    Rollup day = tables.row(TEMPERATURE, Interval.DAY, NOON - 12 * HOUR);
    assertThat(day.count()).isEqualTo(2);
    assertThat(tables.series).hasSize(1);
  }

  @Test
  void aSeriesWhosePointsWaitForTheirMinuteIsNotForgotten() {
    long fiveDaysLater = NOON + 5 * 24 * HOUR;
    send(TEMPERATURE, fiveDaysLater, 2); // before the first watermark
    send(TEMPERATURE, NOON, 1);
    for (int hours = 1; hours < 5 * 24; hours++) {
      watermark(NOON + hours * HOUR);
    }
    send(CURRENT, fiveDaysLater, 9);
    watermark(fiveDaysLater + MINUTE);

    assertThat(tables.row(TEMPERATURE, Interval.MINUTE, fiveDaysLater).sum()).isEqualTo(2);
    assertThat(tables.row(CURRENT, Interval.MINUTE, fiveDaysLater).sum()).isEqualTo(9);
    assertThat(tables.series).hasSize(2);
  }

  @Test
  void silenceLeavesNothingInState() {
    send(TEMPERATURE, NOON, 1);
    send(CURRENT, NOON + MINUTE, 1);
    watermark(NOON + 12 * HOUR + 150 * MINUTE);
    watermark(NOON + 48 * HOUR);

    assertThat(store.isEmpty()).isTrue();
    assertThat(store.wakeUps).isEmpty();
  }

  @Test
  void withTwoHoursOfPointsStateHoldsNoMore() {
    for (int minute = 0; minute < 24 * 60; minute++) {
      send(TEMPERATURE, NOON + minute * MINUTE, 1);
      watermark(NOON + minute * MINUTE - 2 * SECOND);
    }
    assertThat(store.logs).hasSizeBetween(120, 240); // the horizon, up to a whole chunk more
    assertThat(store.blocks.get(Interval.QUARTER)).hasSizeLessThanOrEqualTo(24 * 4 + 1);
  }

  @Test
  void anySeedOfDisorderGivesTheRowsOfABatchFold() {
    for (int seed = 0; seed < 300; seed++) {
      disorder(seed);
    }
  }

  /** Random arrivals with repeats and late samples, compared with a fold over the sorted points. */
  private void disorder(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    MapSeriesStore seedStore = new MapSeriesStore();
    Tables seedTables = new Tables();
    SeriesCore seedCore = new SeriesCore(SeriesOptions.DEFAULTS);
    Series[] series = {TEMPERATURE, CURRENT, Series.gauge("oht50_robot_x", "robot_id", "R")};
    Map<Series, TreeMap<Long, Double>> truth =
        new TreeMap<>(java.util.Comparator.comparing(Series::id));
    List<SampleBatch> sent = new ArrayList<>();
    long now = NOON + random.nextInt(1_000_000);
    long mark = Long.MIN_VALUE;
    for (int i = 0; i < 300; i++) {
      now += random.nextInt(40_000);
      SampleBatch batch;
      if (!sent.isEmpty() && random.nextInt(20) == 0) {
        batch = sent.get(random.nextInt(sent.size()));
        if (now - batch.timestamp(0) > HOUR) {
          continue;
        }
      } else {
        long timestamp = random.nextInt(10) == 0 ? now - random.nextInt(3_600_000) : now;
        Series of = series[random.nextInt(series.length)];
        double value = random.nextInt(50) == 0 ? -0.0 : random.nextDouble() * 100;
        batch =
            SampleBatch.at(
                timestamp, SeriesLayout.of(of), new double[] {value}, new Position("x", 0, i));
        sent.add(batch);
        truth.computeIfAbsent(of, key -> new TreeMap<>()).put(timestamp, value);
      }
      seedCore.onBatch(batch, mark, seedStore, seedTables);
      if (random.nextInt(3) == 0) {
        mark = Math.max(mark, now - 2 * SECOND);
        advance(seedCore, seedStore, seedTables, mark);
      }
    }
    advance(seedCore, seedStore, seedTables, Long.MAX_VALUE);

    assertThat(seedTables.late).isEmpty();
    Map<Tables.RowKey, List<Object>> rows = new TreeMap<>();
    seedTables.rollups.forEach((key, row) -> rows.put(key, Tables.values(row)));
    assertThat(rows).as("seed " + seed).isEqualTo(NaiveRollups.of(truth));
    assertThat(seedTables.rollups.values()).allMatch(Rollup::isFinal);
    truth.forEach(
        (of, points) -> assertThat(seedTables.points(of)).as("seed " + seed).isEqualTo(points));
  }

  private SampleBatch batch(Series series, long timestamp, double value) {
    return SampleBatch.at(
        timestamp,
        SeriesLayout.of(series),
        new double[] {value},
        new Position("topic", 0, offset++));
  }

  private void send(Series series, long timestamp, double value) {
    core.onBatch(batch(series, timestamp, value), watermark, store, tables);
  }

  private void watermark(long to) {
    watermark = to;
    advance(core, store, tables, to);
  }

  private static void advance(
      SeriesCore core, MapSeriesStore store, Tables tables, long watermark) {
    while (!store.wakeUps.isEmpty() && store.wakeUps.first() <= watermark) {
      store.wakeUps.pollFirst();
      core.onWatermark(watermark, store, tables);
    }
  }
}
