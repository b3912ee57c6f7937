package oht50.metrics.sink.postgres;

import java.time.Instant;
import java.util.List;
import oht50.metrics.model.AlertState;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Cause;
import oht50.metrics.model.Evidence;
import oht50.metrics.model.Labels;
import oht50.metrics.model.LatePoint;
import oht50.metrics.model.PointChunk;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesEntry;
import oht50.metrics.time.Interval;

/** Rows of one battery at {@link #NOON}. */
final class Samples {
  static final long NOON = Instant.parse("2026-11-24T12:00:00Z").toEpochMilli();
  static final long MINUTE = 60_000;
  static final Series BATTERY =
      Series.gauge("oht50_robot_battery_percent", "robot_id", "OHT-50-001");
  static final long SERIES = BATTERY.id();
  static final long FIRST_LIFE = 11;
  static final long SECOND_LIFE = 22;

  private Samples() {}

  /** A final row of one minute with one sample. */
  static Rollup rollup(double value, long epoch, long seq) {
    return rollup(NOON, value, true, Cause.ON_TIME, FIRST_LIFE, epoch, seq);
  }

  static Rollup early(double value, long epoch, long seq) {
    return rollup(NOON, value, false, Cause.ON_TIME, FIRST_LIFE, epoch, seq);
  }

  static Rollup corrected(double value, Cause cause, long epoch, long seq) {
    return rollup(NOON, value, true, cause, FIRST_LIFE, epoch, seq);
  }

  static Rollup ofSecondLife(double value, long epoch, long seq) {
    return rollup(NOON, value, true, Cause.ON_TIME, SECOND_LIFE, epoch, seq);
  }

  static Rollup rollup(
      long start, double value, boolean isFinal, Cause cause, long life, long epoch, long seq) {
    return new Rollup(
        SERIES,
        Interval.MINUTE,
        start,
        start + MINUTE,
        1,
        value,
        value,
        value,
        value,
        value,
        Rollup.NONE,
        Rollup.NONE,
        Rollup.NONE,
        -1,
        -1,
        isFinal,
        cause,
        life,
        epoch,
        seq);
  }

  /** A final row of epoch 1 with what flows over the edges of its window. */
  static Rollup withFlow(
      long start,
      double increase,
      double boundaryIncrease,
      double timeWeightedAvg,
      long coveredMillis,
      long largestGapMillis) {
    return new Rollup(
        SERIES,
        Interval.MINUTE,
        start,
        start + MINUTE,
        1,
        1,
        1,
        1,
        1,
        1,
        increase,
        boundaryIncrease,
        timeWeightedAvg,
        coveredMillis,
        largestGapMillis,
        true,
        Cause.ON_TIME,
        FIRST_LIFE,
        1,
        1);
  }

  /** A chunk of ten minutes; point i is at i seconds. */
  static PointChunk chunk(long life, long epoch, long seq, double... values) {
    int[] offsets = new int[values.length];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = i * 1_000;
    }
    return new PointChunk(SERIES, NOON, NOON + 10 * MINUTE, offsets, values, life, epoch, seq);
  }

  /** A late point so many ms after noon. */
  static LatePoint late(long offsetMillis, double value, long recordOffset) {
    return new LatePoint(
        SERIES, NOON + offsetMillis, value, 5, recordOffset, NOON + 3_600_000, 1, recordOffset);
  }

  static SeriesEntry entry(Series series) {
    return new SeriesEntry(series, FIRST_LIFE, NOON, 1_000, 1, 1);
  }

  static AlertTransition firing(String id, int turn, long epoch, long seq) {
    return new AlertTransition(
        id,
        "c1f2a9d400000000",
        "SafetyEventCritical",
        AlertState.FIRING,
        AlertState.INACTIVE,
        false,
        turn,
        Cause.ON_TIME,
        Labels.of("alertname", "SafetyEventCritical", "robot_id", "OHT-50-001"),
        Labels.of("summary", "Critical safety event detected"),
        1,
        NOON + 120,
        NOON + 120,
        AlertTransition.OPEN,
        NOON + 158,
        null,
        new Evidence(
            3,
            List.of(
                new Evidence.Point("a{robot_id=\"R\"}", false, 10, 1.5, "oht50.telemetry", 2, 7),
                new Evidence.Point("event-1", true, 20, Double.NaN, "oht50.safety", 0, 8))),
        epoch,
        seq);
  }
}
