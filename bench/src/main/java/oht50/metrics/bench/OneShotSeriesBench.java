package oht50.metrics.bench;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import oht50.metrics.job.series.SeriesOperator;
import oht50.metrics.model.Position;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesInput;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.series.SeriesOptions;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/**
 * Whether the heap of the series operator returns to its base after many series that spoke once:
 * live heap before, with all of them in state, and after a day of silence, round after round. State
 * is on the heap.
 */
public final class OneShotSeriesBench {
  private static final int SERIES = 100_000;
  private static final int SERIES_OF_A_KEY = 50;
  private static final int ROUNDS = 5;
  private static final long QUARTER = 900_000;
  private static final long DAY = 96 * QUARTER;
  private static final long START = 1_795_521_600_000L;

  private final KeyedOneInputStreamOperatorTestHarness<Long, SeriesInput, Rollup> harness;

  private OneShotSeriesBench(
      KeyedOneInputStreamOperatorTestHarness<Long, SeriesInput, Rollup> harness) {
    this.harness = harness;
  }

  public static void main(String[] args) throws Exception {
    DirectOutput<Rollup> output = new DirectOutput<>(row -> {}, (tag, value) -> {});
    try (var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            output.of(new SeriesOperator(SeriesOptions.DEFAULTS)),
            SeriesInput::key,
            Types.LONG,
            4_096,
            1,
            0)) {
      harness.setStateBackend(new HashMapStateBackend());
      harness.open();
      OneShotSeriesBench bench = new OneShotSeriesBench(harness);
      for (int round = 0; round <= ROUNDS; round++) {
        bench.round(round);
      }
    }
  }

  /** Round 0 is not counted: classes are loaded, scratch memory grows. */
  private void round(int round) throws Exception {
    long day = START + 2 * round * DAY;
    long before = heapAfterGc();
    for (int key = 0; key < SERIES / SERIES_OF_A_KEY; key++) {
      harness.processElement(new StreamRecord<>(batch(round, key, day + key)));
    }
    harness.processWatermark(day + QUARTER);
    long held = heapAfterGc();
    int entries = harness.numKeyedStateEntries();
    for (long time = day + QUARTER; time <= day + 2 * DAY - QUARTER; time += QUARTER) {
      harness.processWatermark(time);
    }
    long after = heapAfterGc();
    System.out.printf(
        Locale.ROOT,
        "round %d: heap before %.1f MB, with %,d series %+.1f MB (%,d entries of state),"
            + " after silence %+.2f MB (%d entries, %d timers)%n",
        round,
        before / 1e6,
        SERIES,
        (held - before) / 1e6,
        entries,
        (after - before) / 1e6,
        harness.numKeyedStateEntries(),
        harness.numEventTimeTimers());
  }

  private static SampleBatch batch(int round, int key, long at) {
    Series[] series = new Series[SERIES_OF_A_KEY];
    for (int i = 0; i < series.length; i++) {
      series[i] = Series.gauge("once_" + round + "_" + i, "robot_id", "R" + round + "-" + key);
    }
    return SampleBatch.at(
        at, SeriesLayout.of(series), new double[SERIES_OF_A_KEY], new Position("points", 0, key));
  }

  private static long heapAfterGc() {
    System.gc();
    System.runFinalization();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
