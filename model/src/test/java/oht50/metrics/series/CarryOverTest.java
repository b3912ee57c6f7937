package oht50.metrics.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import oht50.metrics.model.Cause;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Position;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.time.Interval;
import org.junit.jupiter.api.Test;

/** What counters and states carry over the edges of windows, and how complete a window is. */
class CarryOverTest {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long NOON = 1_795_521_600_000L; // 2026-11-24T12:00:00Z

  private static final Series ENERGY = series("energy", MetricKind.COUNTER);
  private static final Series MODE = series("mode", MetricKind.STATE);
  private static final Series MISSIONS = series("missions", MetricKind.DELTA);
  private static final Series SPEED = series("speed", MetricKind.GAUGE);

  private final MapSeriesStore store = new MapSeriesStore();
  private final Tables tables = new Tables();
  private final SeriesCore core = new SeriesCore(SeriesOptions.DEFAULTS);
  private long watermark = Long.MIN_VALUE;
  private long offset;

  @Test
  void aCountersIncreaseIsItsGrowthAndTheStepOverTheLeftEdge() {
    send(ENERGY, NOON + 10 * SECOND, 100);
    send(ENERGY, NOON + 50 * SECOND, 130);
    send(ENERGY, NOON + MINUTE + 10 * SECOND, 135);
    send(ENERGY, NOON + MINUTE + 50 * SECOND, 160);
    watermark(NOON + HOUR);

    assertThat(increase(NOON)).containsExactly(30.0, 0.0);
    assertThat(increase(NOON + MINUTE)).containsExactly(30.0, 5.0);
    assertThat(tables.row(ENERGY, Interval.HOUR, NOON).increase()).isEqualTo(60.0);
  }

  @Test
  void aCounterThatFellHasGrownByWhatItSaysNow() {
    send(ENERGY, NOON, 100);
    send(ENERGY, NOON + 30 * SECOND, 20);
    send(ENERGY, NOON + MINUTE, 7);
    watermark(NOON + 5 * MINUTE);

    assertThat(increase(NOON)).containsExactly(20.0, 0.0);
    assertThat(increase(NOON + MINUTE)).containsExactly(7.0, 7.0);
  }

  @Test
  void aLateSampleCorrectsTheNextMinuteThatHasOneToo() {
    send(ENERGY, NOON, 100);
    send(ENERGY, NOON + 7 * MINUTE, 130);
    watermark(NOON + 20 * MINUTE);
    assertThat(increase(NOON + 7 * MINUTE)).containsExactly(30.0, 30.0);
    tables.published.clear();

    send(ENERGY, NOON + 3 * MINUTE, 110);
    watermark(NOON + 20 * MINUTE + 1);

    assertThat(increase(NOON + 3 * MINUTE)).containsExactly(10.0, 10.0);
    assertThat(increase(NOON + 7 * MINUTE)).containsExactly(20.0, 20.0);
    assertThat(tables.row(ENERGY, Interval.FIVE_MINUTES, NOON + 5 * MINUTE).boundaryIncrease())
        .isEqualTo(20.0);
    assertThat(tables.row(ENERGY, Interval.MINUTE, NOON + 7 * MINUTE).cause())
        .isEqualTo(Cause.LATE);
    assertThat(tables.published)
        .extracting(row -> row.interval().word() + "@" + (row.windowStart() - NOON) / MINUTE)
        .containsExactlyInAnyOrder("1m@3", "1m@7", "5m@0", "5m@5", "15m@0", "1h@0", "1d@-720");
  }

  @Test
  void aWholeIsTheSumOfItsPartsWhateverArrivesLate() {
    send(ENERGY, NOON + 40 * MINUTE, 160);
    watermark(NOON + 50 * MINUTE);
    send(ENERGY, NOON + 10 * MINUTE, 120);
    watermark(NOON + 51 * MINUTE);
    send(ENERGY, NOON, 100);
    watermark(NOON + HOUR);

    assertThat(tables.row(ENERGY, Interval.HOUR, NOON).increase()).isEqualTo(60.0);
    assertThat(increase(NOON + 10 * MINUTE)).containsExactly(20.0, 20.0);
    assertThat(increase(NOON + 40 * MINUTE)).containsExactly(40.0, 40.0);
  }

  @Test
  void noStepIsMadeOverAGapLongerThanTheExpiry() {
    long later = NOON + Duration.ofHours(24).toMillis();
    send(ENERGY, NOON, 100);
    watermark(NOON + HOUR);
    send(ENERGY, later, 130);
    send(ENERGY, later + HOUR, 131);
    send(ENERGY, later + HOUR + Duration.ofHours(24).toMillis() + 1, 140);
    watermark(later + 30 * HOUR);

    assertThat(increase(later)).containsExactly(30.0, 30.0);
    assertThat(increase(later + HOUR + Duration.ofHours(24).toMillis())).containsExactly(0.0, 0.0);
  }

  @Test
  void whatACounterSaidIsRememberedWhenItsMinuteHasLeftState() {
    send(ENERGY, NOON, 100);
    watermark(NOON + HOUR);
    send(SPEED, NOON + 6 * HOUR, 1);
    watermark(NOON + 6 * HOUR); // the counter's points are gone by now

    send(ENERGY, NOON + 6 * HOUR, 104);
    watermark(NOON + 6 * HOUR + MINUTE);

    assertThat(increase(NOON + 6 * HOUR)).containsExactly(4.0, 4.0);
  }

  @Test
  void aStateIsWeightedByHowLongItHeldCarriedInFromBefore() {
    send(MODE, NOON + 30 * SECOND, 2);
    send(MODE, NOON + MINUTE + 15 * SECOND, 6);
    watermark(NOON + HOUR);

    assertThat(held(Interval.MINUTE, NOON)).containsExactly(2.0, 30_000L);
    assertThat(held(Interval.MINUTE, NOON + MINUTE))
        .containsExactly((2 * 15 + 6 * 45) / 60.0, 60_000L);
    long covered = HOUR - 30 * SECOND;
    assertThat(held(Interval.HOUR, NOON))
        .containsExactly((2.0 * 45 * SECOND + 6.0 * (covered - 45 * SECOND)) / covered, covered);
  }

  @Test
  void aStateEndsWithAStalenessMarkerAndAnEarlyRowCoversNoFuture() {
    send(MODE, NOON, 4);
    watermark(NOON + 20 * SECOND);
    assertThat(held(Interval.MINUTE, NOON)).containsExactly(4.0, 20_000L);

    send(MODE, NOON + 45 * SECOND, StaleMarker.VALUE);
    watermark(NOON + HOUR);

    assertThat(held(Interval.MINUTE, NOON)).containsExactly(4.0, 45_000L);
    assertThat(held(Interval.HOUR, NOON)).containsExactly(4.0, 45_000L);
  }

  @Test
  void theLargestGapIncludesTheEdgesOfTheWindow() {
    send(SPEED, NOON + 10 * SECOND, 1);
    send(SPEED, NOON + 50 * SECOND, 1);
    send(SPEED, NOON + 4 * MINUTE, 1);
    watermark(NOON + HOUR);

    assertThat(tables.row(SPEED, Interval.MINUTE, NOON).largestGapMillis()).isEqualTo(40_000);
    assertThat(tables.row(SPEED, Interval.FIVE_MINUTES, NOON).largestGapMillis())
        .isEqualTo(190_000);
    assertThat(tables.row(SPEED, Interval.HOUR, NOON).largestGapMillis()).isEqualTo(56 * MINUTE);
  }

  @Test
  void whatAKindDoesNotHaveIsNone() {
    send(SPEED, NOON, 1);
    send(MISSIONS, NOON, 3);
    send(ENERGY, NOON, 3);
    watermark(NOON + MINUTE);

    Rollup speed = tables.row(SPEED, Interval.MINUTE, NOON);
    assertThat(List.of(speed.increase(), speed.timeWeightedAvg())).allMatch(Rollup::isNone);
    assertThat(speed.coveredMillis()).isEqualTo(-1);
    Rollup missions = tables.row(MISSIONS, Interval.MINUTE, NOON);
    assertThat(missions.increase()).isEqualTo(3.0);
    assertThat(missions.boundaryIncrease()).matches(Rollup::isNone);
    assertThat(tables.row(ENERGY, Interval.MINUTE, NOON).coveredMillis()).isEqualTo(-1);
  }

  @Test
  void aStepThatComesBackAfterACrashReplacesWhatTheFailedAttemptPublished() throws Exception {
    send(ENERGY, NOON, 100);
    send(ENERGY, NOON + MINUTE, 130);
    watermark(NOON + 2 * MINUTE);
    send(ENERGY, NOON, 120);
    MapSeriesStore restored = store.copy();
    watermark(NOON + 2 * MINUTE + 1);
    assertThat(increase(NOON + MINUTE)).containsExactly(10.0, 10.0);

    core.onBatch(batch(ENERGY, NOON, 100), Long.MIN_VALUE, restored, tables);
    core.onWatermark(NOON + 3 * MINUTE, restored, tables);

    assertThat(increase(NOON + MINUTE)).containsExactly(30.0, 30.0);
    assertThat(tables.row(ENERGY, Interval.HOUR, NOON).increase()).isEqualTo(30.0);
  }

  private List<Double> increase(long minute) {
    Rollup row = tables.row(ENERGY, Interval.MINUTE, minute);
    return List.of(row.increase(), row.boundaryIncrease());
  }

  private List<Object> held(Interval interval, long start) {
    Rollup row = tables.row(MODE, interval, start);
    return List.of(row.timeWeightedAvg(), row.coveredMillis());
  }

  private void send(Series series, long timestamp, double value) {
    core.onBatch(batch(series, timestamp, value), watermark, store, tables);
  }

  private SampleBatch batch(Series series, long timestamp, double value) {
    return SampleBatch.at(
        timestamp, SeriesLayout.of(series), new double[] {value}, new Position("t", 0, offset++));
  }

  private void watermark(long to) {
    watermark = to;
    core.onWatermark(to, store, tables);
  }

  private static Series series(String name, MetricKind kind) {
    return Series.of(name, Labels.of("robot_id", "R"), kind);
  }
}
