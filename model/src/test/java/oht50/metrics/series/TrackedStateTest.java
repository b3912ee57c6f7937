package oht50.metrics.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import oht50.metrics.model.Cause;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.time.Interval;
import org.junit.jupiter.api.Test;

/** When facts changed, as the rows of their minutes say it. */
class TrackedStateTest {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long NOON = 1_795_521_600_000L; // 2026-11-24T12:00:00Z

  private static final Series FAULT =
      Series.of(
          "oht50_robot_state",
          Labels.of("robot_id", "R", "state", "fault"),
          MetricKind.TRACKED_STATE);

  private final MapSeriesStore store = new MapSeriesStore();
  private final Tables tables = new Tables();
  private final SeriesCore core = new SeriesCore(SeriesOptions.DEFAULTS);
  private long watermark = Long.MIN_VALUE;
  private long offset;

  private void say(long time, double value) {
    core.onBatch(
        new SampleBatch(
            SeriesLayout.of(FAULT), new long[] {time}, new double[] {value}, 1, offset++),
        watermark,
        store,
        tables);
  }

  private void watermark(long to) {
    watermark = to;
    core.onWatermark(to, store, tables);
  }

  private String changes(long minute) {
    return tables.row(FAULT, Interval.MINUTE, minute).changes().toString();
  }

  @Test
  void theFirstPointIsAChangeAndTheSameAgainIsNone() {
    say(NOON + 1_000, 0);
    say(NOON + 2_000, 0);
    say(NOON + MINUTE, 0);
    watermark(NOON + HOUR);

    assertThat(changes(NOON)).isEqualTo("1000 ms: 0.0");
    assertThat(changes(NOON + MINUTE)).isEmpty();
  }

  @Test
  void changesAreNotedToTheMillisecond() {
    say(NOON, 0);
    say(NOON + MINUTE + 17, 1);
    say(NOON + MINUTE + 18, 1);
    say(NOON + MINUTE + 40_001, 0);
    say(NOON + 2 * MINUTE, 0);
    watermark(NOON + HOUR);

    assertThat(changes(NOON + MINUTE)).isEqualTo("17 ms: 1.0, 40001 ms: 0.0");
    assertThat(changes(NOON + 2 * MINUTE)).isEmpty();
  }

  @Test
  void onlyMinutesNoteThem() {
    say(NOON, 1);
    watermark(NOON + 2 * DAY);

    for (Interval interval : Interval.values()) {
      long start = interval == Interval.DAY ? NOON - 12 * HOUR : NOON;
      assertThat(tables.row(FAULT, interval, start).changes().isNone())
          .as(interval.word())
          .isEqualTo(interval != Interval.MINUTE);
    }
  }

  @Test
  void aLateSampleAlsoCorrectsTheNextMinuteThatSpeaks() {
    say(NOON, 0);
    say(NOON + 30 * MINUTE, 1);
    watermark(NOON + HOUR);
    assertThat(changes(NOON + 30 * MINUTE)).isEqualTo("0 ms: 1.0");

    say(NOON + 10 * MINUTE + 5_000, 1);
    watermark(NOON + HOUR + 1);

    assertThat(changes(NOON + 10 * MINUTE)).isEqualTo("5000 ms: 1.0");
    assertThat(changes(NOON + 30 * MINUTE)).isEmpty();
    assertThat(tables.row(FAULT, Interval.MINUTE, NOON + 30 * MINUTE).cause())
        .isEqualTo(Cause.LATE);
  }

  @Test
  void anOpenMinuteNotesThemEarly() {
    say(NOON, 0);
    say(NOON + 3_000, 1);
    watermark(NOON + 10_000);

    assertThat(tables.row(FAULT, Interval.MINUTE, NOON).isFinal()).isFalse();
    assertThat(changes(NOON)).isEqualTo("0 ms: 0.0, 3000 ms: 1.0");
  }

  @Test
  void theEndOfTheSeriesIsAChange() {
    say(NOON, 1);
    say(NOON + 5_000, StaleMarker.VALUE);
    say(NOON + MINUTE, StaleMarker.VALUE);
    say(NOON + 2 * MINUTE + 1, 1);
    watermark(NOON + HOUR);

    assertThat(changes(NOON)).isEqualTo("0 ms: 1.0, 5000 ms: NaN");
    assertThat(changes(NOON + MINUTE)).isEmpty();
    assertThat(changes(NOON + 2 * MINUTE)).isEqualTo("1 ms: 1.0");
  }

  /** Whether state still remembers what was said before must not decide. */
  @Test
  void afterMoreThanTheExpiryTheSameIsSaidAnew() {
    Duration expiry = SeriesOptions.DEFAULTS.expiry();
    say(NOON, 1);
    watermark(NOON + HOUR);
    say(NOON + expiry.toMillis(), 1);
    watermark(NOON + expiry.toMillis() + HOUR);
    say(NOON + 2 * expiry.toMillis() + 1, 1);
    watermark(NOON + 3 * expiry.toMillis());

    assertThat(changes(NOON + expiry.toMillis())).isEmpty();
    assertThat(changes(NOON + 2 * expiry.toMillis())).isEqualTo("1 ms: 1.0");
  }
}
