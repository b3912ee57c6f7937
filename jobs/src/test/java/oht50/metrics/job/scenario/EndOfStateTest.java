package oht50.metrics.job.scenario;

import static oht50.metrics.job.scenario.Instants.DAY;
import static oht50.metrics.job.scenario.Instants.HOUR;
import static oht50.metrics.job.scenario.Instants.MIDNIGHT;
import static oht50.metrics.job.scenario.Instants.MINUTE;
import static oht50.metrics.job.scenario.Instants.NOON;
import static oht50.metrics.job.scenario.Instants.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import oht50.metrics.model.Event;
import oht50.metrics.model.EventKind;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.Position;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.rule.EventMatcher;
import oht50.metrics.rule.SequenceRule;
import oht50.metrics.series.SeriesOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What fell silent leaves neither state nor timers. */
class EndOfStateTest {
  private static final SeriesOptions OPTIONS = SeriesOptions.DEFAULTS;
  private static final int ONE_SHOT_SERIES = 100_000;
  private static final int SERIES_OF_A_KEY = 50;

  /** By so much the newest change of a series is behind its newest sample. */
  private static final long LATENESS = 75 * MINUTE;

  /** Horizon and idle rule, a chunk of up to an hour, and two looks, one each half hour. */
  private static final long SETTLED = 2 * HOUR + 30 * MINUTE + HOUR + HOUR + LATENESS;

  private static final long END_OF_DAY = MIDNIGHT + DAY;
  private static final SequenceRule UNANSWERED =
      new SequenceRule(
          "Unanswered",
          matcher("e_stop"),
          matcher("clear"),
          Duration.ofMinutes(2),
          Map.of(),
          Map.of());

  private static EventMatcher matcher(String type) {
    return new EventMatcher(List.of(new EventMatcher.Fields("safety", type, null, null, null)));
  }

  /**
   * A counter or a state counts for {@code series.expiry} (a day) after its last sample, so its row
   * in the key's table stays until the day of that has ended.
   */
  @ParameterizedTest
  @CsvSource({
    "GAUGE, HEAP, 0", "GAUGE, ROCKSDB, 0",
    "COUNTER, HEAP, 1", "COUNTER, ROCKSDB, 1",
    "STATE, HEAP, 1", "STATE, ROCKSDB, 1",
    "HISTOGRAM, HEAP, 0", "SUMMARY, HEAP, 0"
  })
  void seriesLeavesNothing(MetricKind kind, Way.Backend backend, int daysOfExpiry)
      throws Exception {
    Series series = Series.of("m", Labels.of("robot_id", "R"), kind);
    try (var subtasks = new Subtasks<>(Subject.series(OPTIONS), backend, 2, null, 0)) {
      for (int second = 0; second < 300; second++) {
        subtasks.take(Input.of(sample(series, NOON + second * SECOND, second)));
        subtasks.take(Input.watermark(NOON + second * SECOND - 2 * SECOND));
      }
      subtasks.take(Input.watermark(NOON + HOUR));
      subtasks.take(Input.of(sample(series, NOON + MINUTE + 1, 7))); // late
      assertThat(subtasks.stateEntries()).isPositive();

      long end = END_OF_DAY + daysOfExpiry * DAY;
      passTime(subtasks, NOON + HOUR, end);
      assertThat(subtasks.stateEntries()).as("until " + daysOfExpiry).isPositive();
      passTime(subtasks, end, end + SETTLED);

      assertNothingIsLeft(subtasks);
    }
  }

  @ParameterizedTest
  @CsvSource({"HEAP", "ROCKSDB"})
  void countsAndTheirSeriesLeaveNothing(Way.Backend backend) throws Exception {
    Series stops = Series.of("stops", Labels.of("robot_id", "R"), MetricKind.DELTA);
    SeriesLayout layout = SeriesLayout.of(stops);
    try (var counts = new Subtasks<>(Subject.counts(OPTIONS), backend, 2, null, 0);
        var series = new Subtasks<>(Subject.series(OPTIONS), backend, 2, null, 0)) {
      for (int fact = 0; fact < 100; fact++) {
        long at = NOON + fact * 7 * SECOND;
        counts.take(Input.of(new Occurrence(layout, fact, at, 7, fact)));
        for (Object counted : counts.take(Input.watermark(at - 2 * SECOND))) {
          series.take(Input.of((SampleBatch) counted));
        }
        series.take(Input.watermark(at - 2 * SECOND));
      }
      long end = END_OF_DAY + SETTLED;
      for (long time = NOON + HOUR; time <= end; time += 15 * MINUTE) {
        for (Object counted : counts.take(Input.watermark(time))) {
          series.take(Input.of((SampleBatch) counted));
        }
        series.take(Input.watermark(time));
      }
      assertNothingIsLeft(series);

      // The counter remembers its frontier until no day of a series can be begun anew by it.
      passTime(counts, end, end + DAY);
      assertNothingIsLeft(counts);
    }
  }

  @ParameterizedTest
  @CsvSource({"HEAP", "ROCKSDB"})
  void answeredSequenceLeavesNothing(Way.Backend backend) throws Exception {
    try (var subtasks =
        new Subtasks<>(Subject.sequences(List.of(UNANSWERED), OPTIONS), backend, 2, null, 0)) {
      subtasks.take(Input.watermark(NOON - SECOND));
      subtasks.take(Input.of(event(1, "e_stop", NOON)));
      subtasks.take(Input.watermark(NOON + 5 * MINUTE));
      subtasks.take(Input.of(event(2, "clear", NOON + 6 * MINUTE)));
      subtasks.take(Input.watermark(NOON + 10 * MINUTE));
      assertThat(subtasks.stateEntries()).isPositive();

      passTime(subtasks, NOON + HOUR, NOON + SETTLED);

      assertNothingIsLeft(subtasks);
    }
  }

  @Test
  void aHundredThousandSeriesThatSpokeOnceLeaveNothing() throws Exception {
    try (var subtasks = new Subtasks<>(Subject.series(OPTIONS), Way.Backend.HEAP, 2, null, 0)) {
      int keys = ONE_SHOT_SERIES / SERIES_OF_A_KEY;
      for (int key = 0; key < keys; key++) {
        long at = NOON + key * 100L;
        subtasks.take(Input.of(oneShot(key, at)));
        if (key % 100 == 0) {
          subtasks.take(Input.watermark(at - 2 * SECOND));
        }
      }
      assertThat(subtasks.stateEntries()).isGreaterThan(keys);
      passTime(subtasks, NOON + HOUR, END_OF_DAY + SETTLED);

      assertNothingIsLeft(subtasks);
    }
  }

  private static SampleBatch oneShot(int key, long at) {
    Series[] series = new Series[SERIES_OF_A_KEY];
    for (int i = 0; i < series.length; i++) {
      series[i] = Series.gauge("once_" + i, "robot_id", "R" + key);
    }
    return SampleBatch.at(
        at, SeriesLayout.of(series), new double[SERIES_OF_A_KEY], new Position("points", 0, key));
  }

  private static SampleBatch sample(Series series, long at, double value) {
    return SampleBatch.at(
        at, SeriesLayout.of(series), new double[] {value}, new Position("points", 0, at));
  }

  private static Event event(int id, String type, long at) {
    return new Event(
        EventKind.SAFETY,
        "E" + id,
        "R",
        type,
        "high",
        null,
        false,
        at,
        "{}",
        new Position("safety", 0, id));
  }

  private static void passTime(Subtasks<?, ?, ?> subtasks, long from, long to) throws Exception {
    for (long time = from; time <= to; time += 15 * MINUTE) {
      subtasks.take(Input.watermark(time));
    }
  }

  private static void assertNothingIsLeft(Subtasks<?, ?, ?> subtasks) throws Exception {
    subtasks.clock(DAY); // a pass for late samples may still be asked for
    assertThat(subtasks.stateEntries()).as("state").isZero();
    assertThat(subtasks.timers()).as("timers of event time").isZero();
    assertThat(subtasks.clockTimers()).as("timers of the clock").isZero();
  }
}
