package oht50.metrics.job.mission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import oht50.metrics.job.SideOutputs;
import oht50.metrics.mission.MissionFact;
import oht50.metrics.mission.MissionStatus;
import oht50.metrics.model.SampleBatch;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shell of missions: that its state is all it needs. */
class MissionFunctionTest {
  private static final int FACTS = 200;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aRestartChangesNothing(long seed) throws Exception {
    List<Object> undisturbed = run(seed, Integer.MAX_VALUE);

    assertThat(run(seed, 7)).isEqualTo(undisturbed);
    assertThat(undisturbed).hasSizeGreaterThan(FACTS / 4);
  }

  private static List<Object> run(long seed, int restartEvery) throws Exception {
    Random random = new Random(seed);
    List<Object> said = new ArrayList<>();
    var harness = harness();
    harness.open();
    for (int i = 0; i < FACTS; i++) {
      MissionFact fact =
          new MissionFact(
              "m" + random.nextInt(8),
              MissionStatus.values()[random.nextInt(MissionStatus.values().length)],
              (i * 60 + random.nextInt(3_600)) * 1_000L,
              random.nextBoolean() ? "R" : null,
              random.nextBoolean() ? "dock" : null,
              null,
              1,
              i);
      harness.processElement(fact, fact.timestamp());
      harness.processWatermark(i * 60_000L);
      if (i % restartEvery == restartEvery - 1) {
        collect(harness, said);
        OperatorSubtaskState state = harness.snapshot(i, i);
        harness.close();
        harness = harness();
        harness.initializeState(state);
        harness.open();
      }
    }
    harness.processWatermark(Duration.ofDays(3).toMillis());
    collect(harness, said);
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
    harness.close();
    // one kind after the other: a restart collects them earlier, and in pieces
    said.sort((a, b) -> a.getClass().getName().compareTo(b.getClass().getName()));
    return said;
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, MissionFact, SampleBatch> harness()
      throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new MissionFunction(Duration.ofHours(1))),
        MissionFact::mission,
        Types.STRING);
  }

  private static void collect(
      KeyedOneInputStreamOperatorTestHarness<String, MissionFact, SampleBatch> harness,
      List<Object> said) {
    said.addAll(harness.extractOutputValues());
    for (OutputTag<?> tag :
        List.of(SideOutputs.MISSIONS, SideOutputs.OCCURRENCES, SideOutputs.LEVEL_CHANGES)) {
      var side = harness.getSideOutput(tag);
      if (side != null) {
        for (StreamRecord<?> record : side) {
          said.add(record.getValue());
        }
      }
    }
  }
}
