package oht50.metrics.job.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.budget.AskedLayouts;
import oht50.metrics.budget.KeyNotice;
import oht50.metrics.budget.OverflowSum;
import oht50.metrics.budget.SeriesAsk;
import oht50.metrics.budget.SeriesVerdict;
import oht50.metrics.job.SideOutputs;
import oht50.metrics.model.Cause;
import oht50.metrics.model.Position;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesInput;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.series.SeriesOptions;
import oht50.metrics.time.Interval;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Budgets, gate and overflow in a chain, as in the job. */
class BudgetTest {
  private static final long NOON = 1_795_521_600_000L;
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final int BUDGET = 10;
  private static final SeriesOptions OPTIONS = SeriesOptions.DEFAULTS;

  private AskedLayouts asked = new AskedLayouts();
  private final List<SampleBatch> passed = new ArrayList<>();
  private final Map<String, Rollup> rows = new TreeMap<>(); // interval and start -> newest row
  private final List<SeriesVerdict> heldBack = new ArrayList<>();
  private boolean verdictsAreHeldBack;
  private long watermark = Long.MIN_VALUE;
  private KeyedOneInputStreamOperatorTestHarness<String, SeriesAsk, SeriesVerdict> budgets;
  private KeyedTwoInputStreamOperatorTestHarness<Long, SampleBatch, KeyNotice, SeriesInput> gate;
  private KeyedOneInputStreamOperatorTestHarness<String, OverflowSum, Rollup> overflow;

  @BeforeEach
  void open() throws Exception {
    open(null, null, null);
  }

  private void open(
      OperatorSubtaskState ofBudgets, OperatorSubtaskState ofGate, OperatorSubtaskState ofOverflow)
      throws Exception {
    budgets =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new BudgetFunction(BUDGET, OPTIONS)),
            SeriesAsk::metric,
            Types.STRING);
    gate =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new BudgetGate(OPTIONS), SampleBatch::key, KeyNotice::key, Types.LONG);
    overflow =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new OverflowFunction(OPTIONS)),
            OverflowSum::metric,
            Types.STRING);
    if (ofBudgets != null) {
      budgets.initializeState(ofBudgets);
      gate.initializeState(ofGate);
      overflow.initializeState(ofOverflow);
    }
    budgets.open();
    gate.open();
    overflow.open();
  }

  @AfterEach
  void close() throws Exception {
    budgets.close();
    gate.close();
    overflow.close();
  }

  /** All state goes through a snapshot; time begins anew, and nobody knows who has asked. */
  private void restart() throws Exception {
    gate.prepareSnapshotPreBarrier(1);
    drain();
    OperatorSubtaskState ofBudgets = budgets.snapshot(1, 1);
    OperatorSubtaskState ofGate = gate.snapshot(1, 1);
    OperatorSubtaskState ofOverflow = overflow.snapshot(1, 1);
    close();
    watermark = Long.MIN_VALUE;
    asked = new AskedLayouts();
    open(ofBudgets, ofGate, ofOverflow);
  }

  private void send(long at, double value, Series... series) throws Exception {
    SeriesLayout layout = SeriesLayout.of(series);
    if (asked.mustAsk(layout, watermark, 0)) {
      for (Series each : series) {
        budgets.processElement(new StreamRecord<>(SeriesAsk.of(each, watermark)));
      }
    }
    double[] values = new double[series.length];
    Arrays.fill(values, value);
    gate.processElement1(
        new StreamRecord<>(SampleBatch.at(at, layout, values, new Position("points", 0, at))));
    drain();
  }

  private void watermark(long reached) throws Exception {
    watermark = reached;
    budgets.processWatermark(reached);
    drain();
    gate.processBothWatermarks(new Watermark(reached));
    drain();
    overflow.processWatermark(reached);
    drain();
  }

  private void drain() throws Exception {
    heldBack.addAll(budgets.extractOutputValues());
    budgets.getOutput().clear();
    if (!verdictsAreHeldBack) {
      for (SeriesVerdict verdict : heldBack) {
        gate.processElement2(new StreamRecord<>(KeyNotice.of(verdict)));
      }
      heldBack.clear();
    }
    gate.extractOutputValues().forEach(batch -> passed.add((SampleBatch) batch));
    gate.getOutput().clear();
    var sums = gate.getSideOutput(SideOutputs.OVERFLOW);
    while (sums != null && !sums.isEmpty()) {
      overflow.processElement(new StreamRecord<>(sums.poll().getValue()));
    }
    for (Rollup row : overflow.extractOutputValues()) {
      rows.put(row.interval().word() + row.windowStart(), row);
    }
    overflow.getOutput().clear();
  }

  private static Series series(int i) {
    return Series.gauge("m", "robot_id", "R" + i);
  }

  private long passedOf(Series series) {
    return passed.stream()
        .filter(
            batch -> {
              for (int i = 0; i < batch.size(); i++) {
                if (batch.layout().series(i).equals(series)) {
                  return true;
                }
              }
              return false;
            })
        .count();
  }

  private Rollup row(Interval interval, long start) {
    return rows.get(interval.word() + start);
  }

  private void fill() throws Exception {
    for (int i = 1; i <= BUDGET; i++) {
      send(NOON, i, series(i));
    }
  }

  @Test
  void theEleventhOfTenSeriesOverflowsAndTheOthersAreUntouched() throws Exception {
    watermark(NOON);
    fill();
    send(NOON + SECOND, 7, series(11));
    send(NOON + 2 * SECOND, 3, series(11));
    send(NOON + 3 * SECOND, 5, series(12));
    send(NOON + 3 * SECOND, StaleMarker.VALUE, series(12));
    fill();
    watermark(NOON + MINUTE);

    for (int i = 1; i <= BUDGET; i++) {
      assertThat(passedOf(series(i))).isEqualTo(2);
    }
    assertThat(passed).hasSize(2 * BUDGET);
    Rollup minute = row(Interval.MINUTE, NOON);
    assertThat(minute.seriesId()).isEqualTo(OverflowSum.series("m").id());
    assertThat(minute.isFinal()).isTrue();
    assertThat(minute.count()).isEqualTo(3);
    assertThat(minute.sum()).isEqualTo(15);
    assertThat(minute.min()).isEqualTo(3);
    assertThat(minute.max()).isEqualTo(7);
    assertThat(row(Interval.DAY, NOON - 12 * HOUR).count()).isEqualTo(3);
    assertThat(row(Interval.DAY, NOON - 12 * HOUR).isFinal()).isFalse();
  }

  @Test
  void ofABatchOnlyTheSeriesWithoutAPlaceOverflow() throws Exception {
    Series other = Series.gauge("other", "robot_id", "R11");
    watermark(NOON);
    fill();
    send(NOON + SECOND, 4, series(11), other);
    watermark(NOON + MINUTE);

    assertThat(passedOf(series(11))).isZero();
    assertThat(passedOf(other)).isEqualTo(1);
    assertThat(row(Interval.MINUTE, NOON).count()).isEqualTo(1);
  }

  @Test
  void restartChangesNothing() throws Exception {
    watermark(NOON);
    fill();
    send(NOON + SECOND, 7, series(11));
    restart();
    send(NOON + 2 * SECOND, 3, series(11));
    fill();
    restart();
    watermark(NOON + MINUTE);

    assertThat(passed).hasSize(2 * BUDGET);
    assertThat(row(Interval.MINUTE, NOON).count()).isEqualTo(2);
    assertThat(row(Interval.MINUTE, NOON).sum()).isEqualTo(10);
  }

  @Test
  void samplesWaitForTheirVerdict() throws Exception {
    watermark(NOON);
    verdictsAreHeldBack = true;
    fill();
    send(NOON + SECOND, 7, series(11));
    restart();
    assertThat(passed).isEmpty();
    verdictsAreHeldBack = false;
    drain();
    watermark(NOON + MINUTE);

    assertThat(passed).hasSize(BUDGET);
    assertThat(row(Interval.MINUTE, NOON).count()).isEqualTo(1);
  }

  @Test
  void samplesWithoutAnyVerdictAreNotLost() throws Exception {
    watermark(NOON);
    verdictsAreHeldBack = true;
    send(NOON, 1, series(1));
    watermark(NOON + 2 * HOUR);

    assertThat(passedOf(series(1))).isEqualTo(1);
  }

  @Test
  void lateOverflowCorrectsItsWindows() throws Exception {
    watermark(NOON);
    fill();
    send(NOON + SECOND, 7, series(11));
    watermark(NOON + 2 * MINUTE);
    send(NOON + SECOND, 8, series(11));
    watermark(NOON + 3 * MINUTE);

    assertThat(row(Interval.MINUTE, NOON).count()).isEqualTo(2);
    assertThat(row(Interval.MINUTE, NOON).cause()).isEqualTo(Cause.LATE);
  }

  @Test
  void windowsThatHaveLeftStateAreNotOverwritten() throws Exception {
    watermark(NOON);
    fill();
    send(NOON + SECOND, 7, series(11));
    watermark(NOON + MINUTE);
    long before = row(Interval.MINUTE, NOON).incarnation();
    watermark(NOON + 4 * HOUR);
    send(NOON + SECOND, 8, series(11));
    watermark(NOON + 4 * HOUR + MINUTE);

    assertThat(row(Interval.MINUTE, NOON).incarnation()).isNotEqualTo(before);
  }

  @Test
  void placeOfASilentSeriesIsGivenToAnother() throws Exception {
    watermark(NOON);
    fill();
    for (long time = NOON; time <= NOON + 72 * HOUR; time += 10 * MINUTE) {
      watermark(time);
      for (int i = 2; i <= BUDGET; i++) {
        send(time, i, series(i));
      }
      send(time, 7, series(11));
    }

    assertThat(passedOf(series(11))).isPositive();
    long admitted = passedOf(series(11));
    watermark(NOON + 72 * HOUR + 20 * MINUTE);
    send(NOON + 72 * HOUR + 20 * MINUTE, 7, series(11));
    send(NOON + 72 * HOUR + 20 * MINUTE, 7, series(1));
    assertThat(passedOf(series(11))).isEqualTo(admitted + 1);
    assertThat(passedOf(series(1))).isEqualTo(1);
  }

  @Test
  void silenceLeavesNothing() throws Exception {
    fill(); // before there is a watermark
    watermark(NOON);
    fill();
    send(NOON + SECOND, 7, series(11));
    for (long time = NOON; time <= NOON + 96 * HOUR; time += 30 * MINUTE) {
      watermark(time);
    }

    assertThat(budgets.numKeyedStateEntries()).as("budgets").isZero();
    assertThat(gate.numKeyedStateEntries()).as("gate").isZero();
    assertThat(overflow.numKeyedStateEntries()).as("overflow").isZero();
    assertThat(budgets.numEventTimeTimers()).isZero();
    assertThat(gate.numEventTimeTimers()).isZero();
    assertThat(overflow.numEventTimeTimers()).isZero();
  }
}
