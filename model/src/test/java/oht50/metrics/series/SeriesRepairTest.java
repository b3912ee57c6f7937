package oht50.metrics.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.model.Backfill;
import oht50.metrics.model.Cause;
import oht50.metrics.model.Labels;
import oht50.metrics.model.LatePoint;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Registration;
import oht50.metrics.model.RepairWindow;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.time.Interval;
import org.junit.jupiter.api.Test;

/** What becomes of points beyond the horizon once what is stored of their series comes back. */
class SeriesRepairTest {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long MIDNIGHT = at("2026-11-24T00:00:00Z");
  private static final long NOON = MIDNIGHT + 12 * HOUR;

  private static final Series SPEED = series("speed", MetricKind.GAUGE);
  private static final Series MODE = series("mode", MetricKind.STATE);
  private static final Series ENERGY = series("energy", MetricKind.COUNTER);

  private static final Map<Long, Series> SERIES =
      Map.of(SPEED.id(), SPEED, ENERGY.id(), ENERGY, MODE.id(), MODE);

  private final MapSeriesStore store = new MapSeriesStore();
  private final Tables tables = new Tables();
  private final SeriesCore core =
      new SeriesCore(SeriesOptions.DEFAULTS.withHorizon(Duration.ofHours(1)));
  private long watermark = Long.MIN_VALUE;
  private long offset;

  @Test
  void aPointBeyondTheHorizonCorrectsItsMinuteAndAllAboveIt() {
    sendEvery(SPEED, NOON, NOON + 3 * HOUR, 5 * MINUTE, 2);
    send(SPEED, NOON + 7 * MINUTE, 10);
    assertThat(row(SPEED, Interval.FIVE_MINUTES, NOON + 5 * MINUTE)).containsExactly(1L, 2.0);
    tables.published.clear();

    repair();

    assertThat(row(SPEED, Interval.MINUTE, NOON + 7 * MINUTE)).containsExactly(1L, 10.0);
    assertThat(row(SPEED, Interval.FIVE_MINUTES, NOON + 5 * MINUTE)).containsExactly(2L, 12.0);
    assertThat(row(SPEED, Interval.QUARTER, NOON)).containsExactly(4L, 16.0);
    assertThat(row(SPEED, Interval.HOUR, NOON)).containsExactly(13L, 34.0);
    assertThat(row(SPEED, Interval.DAY, MIDNIGHT)).containsExactly(38L, 84.0);
    assertThat(tables.published)
        .hasSize(5)
        .allSatisfy(row -> assertThat(row.cause()).isEqualTo(Cause.BACKFILL));
  }

  @Test
  void laterCorrectionsGoOnFromWhatWasRepaired() {
    sendEvery(SPEED, NOON, NOON + 3 * HOUR, 5 * MINUTE, 2);
    send(SPEED, NOON + 7 * MINUTE, 10);
    repair();

    send(SPEED, NOON + 3 * HOUR + MINUTE, 1);
    watermark(NOON + 4 * HOUR);

    assertThat(row(SPEED, Interval.DAY, MIDNIGHT)).containsExactly(39L, 85.0);
  }

  @Test
  void aCountersNextMinuteThatSpeaksIsCorrectedTooInStateOrNot() {
    send(ENERGY, NOON, 100);
    watermark(NOON + MINUTE);
    send(ENERGY, NOON + 3 * HOUR, 130);
    watermark(NOON + 3 * HOUR + MINUTE);
    assertThat(tables.row(ENERGY, Interval.MINUTE, NOON + 3 * HOUR).boundaryIncrease())
        .isEqualTo(30);

    send(ENERGY, NOON + HOUR, 110);
    repair();

    assertThat(tables.row(ENERGY, Interval.MINUTE, NOON + HOUR).boundaryIncrease()).isEqualTo(10);
    assertThat(tables.row(ENERGY, Interval.MINUTE, NOON + 3 * HOUR).boundaryIncrease())
        .isEqualTo(20);
    assertThat(tables.row(ENERGY, Interval.DAY, MIDNIGHT).increase()).isEqualTo(30);

    // and the one after it, now that nothing of the series' hour is in state any more
    send(ENERGY, NOON + 30 * MINUTE, 104);
    repair();
    assertThat(tables.row(ENERGY, Interval.MINUTE, NOON + HOUR).boundaryIncrease()).isEqualTo(6);
  }

  @Test
  void whatComesNextCarriesWhatARepairFoundToBeSaidLast() {
    send(ENERGY, NOON, 100);
    watermark(NOON + MINUTE);
    watermark(NOON + 6 * HOUR); // the series ages by the clock
    send(ENERGY, NOON + HOUR, 110);
    repair();

    send(ENERGY, NOON + 7 * HOUR, 125);
    watermark(NOON + 7 * HOUR + MINUTE);

    assertThat(tables.row(ENERGY, Interval.MINUTE, NOON + 7 * HOUR).boundaryIncrease())
        .isEqualTo(15);
  }

  @Test
  void aStateHoldsIntoTheDayInWhichItExpires() {
    long tomorrow = MIDNIGHT + DAY;
    send(MODE, tomorrow + 8 * HOUR, 5);
    watermark(tomorrow + 8 * HOUR + MINUTE);
    send(MODE, MIDNIGHT + 2 * HOUR, 2); // counts until two o'clock of the next day
    watermark(tomorrow + 6 * DAY);

    repair(); // knows nothing of the next day yet, and asks again
    core.onBackfill(
        backfill(MODE, List.copyOf(tables.repairs), tomorrow + 3 * DAY), watermark, store, tables);

    Rollup day = tables.row(MODE, Interval.DAY, tomorrow);
    assertThat(day.coveredMillis()).isEqualTo(18 * HOUR);
    assertThat(day.timeWeightedAvg()).isEqualTo((2.0 * 2 + 5.0 * 16) / 18);
  }

  @Test
  void aWindowThatHasNotLeftStateWholeIsAskedForAgainWithTheFrontierOfToday() {
    sendEvery(SPEED, NOON, NOON + 3 * HOUR, 5 * MINUTE, 2);
    tables.published.clear();
    RepairWindow day =
        new RepairWindow(SPEED.id(), Interval.DAY, MIDNIGHT, Cause.LATE, RepairWindow.UNKNOWN);

    core.onBackfill(backfill(SPEED, List.of(day), NOON), watermark, store, tables);

    assertThat(tables.published).isEmpty();
    assertThat(tables.repairs).hasSize(1);
    assertThat(tables.repairs.get(0).frontier()).isBetween(NOON + HOUR, NOON + 2 * HOUR);
  }

  @Test
  void aQuestionIsAnsweredOnceTheWindowHasLeftState() {
    RepairWindow window =
        new RepairWindow(SPEED.id(), Interval.MINUTE, NOON, Cause.LATE, RepairWindow.UNKNOWN);
    send(SPEED, NOON, 1);
    watermark(NOON + MINUTE);
    ask(window);
    assertThat(tables.repairs).isEmpty();

    sendEvery(SPEED, NOON + HOUR, NOON + 3 * HOUR, 5 * MINUTE, 2);
    ask(window);
    assertThat(tables.repairs.get(0).frontier()).isGreaterThan(NOON + MINUTE);

    watermark(NOON + 5 * DAY);
    ask(window);
    assertThat(tables.repairs.get(1).frontier()).isEqualTo(RepairWindow.ALL_HAS_LEFT);
  }

  @Test
  void ofASeriesThatHasLeftStateRowsAreComputedAndNothingStays() {
    sendEvery(SPEED, NOON, NOON + HOUR, 5 * MINUTE, 2);
    watermark(NOON + 5 * DAY);
    assertThat(store.isEmpty()).isTrue();
    tables.published.clear();
    tables.late.add(late(SPEED, NOON + 7 * MINUTE, 10, RepairWindow.ALL_HAS_LEFT));

    repair();

    assertThat(row(SPEED, Interval.HOUR, NOON)).containsExactly(13L, 34.0);
    assertThat(row(SPEED, Interval.DAY, MIDNIGHT)).containsExactly(14L, 36.0);
    assertThat(tables.published).hasSize(5).allSatisfy(row -> assertThat(row.isFinal()).isTrue());
    assertThat(store.isEmpty()).isTrue();
  }

  @Test
  void aRepairedDayIsThatOfTheRobotsZone() {
    core.onRegistration(
        new Registration(
            "R1",
            false,
            null,
            "Asia/Ho_Chi_Minh",
            Registration.ALWAYS,
            Registration.NOT_SAID,
            9,
            1),
        store,
        tables);
    long evening = at("2026-11-24T16:50:00Z"); // ten minutes before midnight there
    sendEvery(SPEED, evening, evening + 3 * HOUR, 5 * MINUTE, 2);
    send(SPEED, evening + 3 * MINUTE, 10);
    send(SPEED, evening + 12 * MINUTE, 20);

    repair();

    assertThat(row(SPEED, Interval.DAY, at("2026-11-23T17:00:00Z"))).containsExactly(3L, 14.0);
    assertThat(row(SPEED, Interval.DAY, at("2026-11-24T17:00:00Z"))).containsExactly(36L, 90.0);
  }

  @Test
  void aWindowOfWhichNothingIsStoredIsEmpty() {
    send(SPEED, NOON, 1);
    watermark(NOON + MINUTE);
    watermark(NOON + 5 * DAY);
    RepairWindow window =
        new RepairWindow(
            SPEED.id(), Interval.MINUTE, NOON + MINUTE, Cause.LATE, RepairWindow.ALL_HAS_LEFT);

    core.onBackfill(
        backfill(SPEED, List.of(window), window.windowStart() + DAY), watermark, store, tables);

    assertThat(row(SPEED, Interval.MINUTE, NOON + MINUTE)).containsExactly(0L, 0.0);
    assertThat(row(SPEED, Interval.DAY, MIDNIGHT)).containsExactly(1L, 1.0);
  }

  private void ask(RepairWindow window) {
    core.onBackfill(Backfill.question(SPEED, 1, List.of(window)), watermark, store, tables);
  }

  /** As a round does with the points that came beyond the horizon. */
  private void repair() {
    List<RepairWindow> windows = new ArrayList<>();
    long frontier = Long.MIN_VALUE;
    Series of = null;
    for (LatePoint point : tables.late) {
      of = SERIES.get(point.seriesId());
      frontier = Math.max(frontier, point.frontier());
      windows.add(
          new RepairWindow(
              point.seriesId(),
              Interval.MINUTE,
              Math.floorDiv(point.timestamp(), MINUTE) * MINUTE,
              Cause.LATE,
              point.frontier()));
    }
    long until = Math.min(frontier, windows.get(0).windowStart() + 3 * DAY);
    core.onBackfill(backfill(of, windows, until), watermark, store, tables);
  }

  private Backfill backfill(Series of, List<RepairWindow> windows, long until) {
    TreeMap<Long, Double> points = tables.points(of);
    for (LatePoint point : tables.late) {
      points.put(point.timestamp(), point.value());
    }
    points.tailMap(until).clear();
    return new Backfill(
        of,
        1,
        windows.get(0).windowStart() - Backfill.REACH_BEFORE,
        until,
        Backfill.NOTHING_SAID,
        0,
        points.keySet().stream().mapToLong(Long::longValue).toArray(),
        points.values().stream().mapToDouble(Double::doubleValue).toArray(),
        windows);
  }

  private static LatePoint late(Series of, long time, double value, long frontier) {
    return new LatePoint(of.id(), time, value, 1, 1, frontier, 0, 0);
  }

  private void sendEvery(Series of, long from, long to, long step, double value) {
    for (long time = from; time <= to; time += step) {
      send(of, time, value);
      watermark(time + MINUTE);
    }
  }

  private void send(Series of, long time, double value) {
    core.onBatch(
        new SampleBatch(
            SeriesLayout.of(List.of(of)), new long[] {time}, new double[] {value}, 1, ++offset),
        watermark,
        store,
        tables);
  }

  private void watermark(long reached) {
    watermark = Math.max(watermark, reached);
    while (!store.wakeUps.isEmpty() && store.wakeUps.first() <= watermark) {
      store.wakeUps.pollFirst();
      core.onWatermark(watermark, store, tables);
    }
  }

  private List<Object> row(Series of, Interval interval, long start) {
    Rollup row = tables.row(of, interval, start);
    return List.of(row.count(), row.sum());
  }

  private static Series series(String name, MetricKind kind) {
    return Series.of(name, Labels.of("robot_id", "R1"), kind);
  }

  private static long at(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }
}
