package oht50.metrics.job.fact;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import oht50.metrics.fact.FactTopics;
import oht50.metrics.fact.RobotFact;
import oht50.metrics.job.SideOutputs;
import oht50.metrics.model.Event;
import oht50.metrics.model.EventKind;
import oht50.metrics.model.MetricGroup;
import oht50.metrics.model.MetricSelection;
import oht50.metrics.model.Position;
import oht50.metrics.model.Registration;
import oht50.metrics.vda.EmergencyStop;
import oht50.metrics.vda.RobotState;
import oht50.metrics.vda.StateReport;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shells of what is told of robots: that their state is all they need. */
class FactFunctionsTest {
  private static final Duration HORIZON = Duration.ofHours(2);
  private static final int REPORTS = 300;
  private static final String STATES = FactTopics.STANDARD.states();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aRestartChangesNothingOfWhatFollows(long seed) throws Exception {
    List<RobotFact> undisturbed = follow(seed, Integer.MAX_VALUE);

    assertThat(brief(follow(seed, 7))).isEqualTo(brief(undisturbed));
    assertThat(undisturbed).hasSizeGreaterThan(REPORTS / 4);
    assertThat(undisturbed).anyMatch(RobotFact::isWithdrawn);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aRestartChangesNothingOfWhatCounts(long seed) throws Exception {
    List<RobotFact> facts = follow(seed, Integer.MAX_VALUE);
    TreeMap<String, Integer> undisturbed = choose(seed, facts, Integer.MAX_VALUE);

    assertThat(choose(seed, facts, 11)).isEqualTo(undisturbed);
    assertThat(undisturbed).isNotEmpty();
  }

  @Test
  void whatIsSwitchedOffIsNotCountedAndItsEventsAreTold() throws Exception {
    MetricSelection none = MetricSelection.of(Map.of(MetricGroup.BUSINESS, Set.of("telemetry")));
    var harness = facts(none);
    harness.open();
    harness.processElement2(
        new Registration("m/0", false, null, null, 0, 1, STATES, STATES, 5, 0, null), 0);

    for (RobotFact fact : follow(1, Integer.MAX_VALUE)) {
      harness.processElement1(fact, 0);
    }

    assertThat(harness.extractOutputValues())
        .extracting(Event::kind)
        .contains(EventKind.SAFETY, EventKind.MISSION);
    assertThat(side(harness, SideOutputs.OCCURRENCES)).isEmpty();
    assertThat(side(harness, SideOutputs.MISSION_FACTS)).isEmpty();
    harness.close();
  }

  /** Facts hold arrays, so they are compared by what they say. */
  private static List<String> brief(List<RobotFact> facts) {
    return facts.stream()
        .map(
            fact ->
                String.join(
                    " ",
                    fact.robot(),
                    fact.timestamp() + "",
                    fact.id() + "",
                    fact.offset() + "",
                    fact.isWithdrawn() + "",
                    fact.counted() + ""))
        .toList();
  }

  private static List<RobotFact> follow(long seed, int restartEvery) throws Exception {
    Random random = new Random(seed);
    List<RobotFact> facts = new ArrayList<>();
    var harness = states();
    harness.open();
    for (int i = 0; i < REPORTS; i++) {
      StateReport report = report(i, random);
      harness.processElement(report, report.timestamp());
      harness.processWatermark(i * 60_000L);
      if (i % restartEvery == restartEvery - 1) {
        facts.addAll(harness.extractOutputValues());
        OperatorSubtaskState state = harness.snapshot(i, i);
        harness.close();
        harness = states();
        harness.initializeState(state);
        harness.open();
      }
    }
    harness.processWatermark(Duration.ofDays(30).toMillis());
    facts.addAll(harness.extractOutputValues());
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
    harness.close();
    return facts;
  }

  private static StateReport report(int i, Random random) {
    String robot = "m/" + random.nextInt(3);
    boolean isOrdered = random.nextBoolean();
    RobotState state =
        new RobotState(
            random.nextInt(4) == 0 ? EmergencyStop.MANUAL : EmergencyStop.NONE,
            random.nextInt(5) == 0,
            new TreeMap<>(),
            new RobotState.Order(
                isOrdered ? "o" + random.nextInt(50) : "", isOrdered, false, List.of()));
    long timestamp = (i * 60 + random.nextInt(3_000)) * 1_000L;
    return new StateReport(robot, timestamp, i, state, Position.sourceId(STATES, 0), i);
  }

  /** How often each event, count and fact of a mission stands at the end. */
  private static TreeMap<String, Integer> choose(long seed, List<RobotFact> facts, int restartEvery)
      throws Exception {
    Random random = new Random(seed);
    TreeMap<String, Integer> standing = new TreeMap<>();
    var harness = facts(MetricSelection.ALL);
    harness.open();
    long watermark = Long.MIN_VALUE;
    for (int i = 0; i < facts.size(); i++) {
      harness.processElement1(facts.get(i), facts.get(i).timestamp());
      watermark = Math.max(watermark, facts.get(i).timestamp() - 3_600_000);
      if (i % 25 == 24) {
        boolean isOfStates = random.nextBoolean();
        String topic = isOfStates ? STATES : null;
        harness.processElement2(
            new Registration(
                "m/" + random.nextInt(3),
                false,
                null,
                null,
                watermark + random.nextInt(5_000_000),
                Registration.NOT_SAID,
                topic,
                topic,
                5,
                i,
                null),
            0);
      }
      harness.processBothWatermarks(
          new org.apache.flink.streaming.api.watermark.Watermark(watermark));
      if (i % restartEvery == restartEvery - 1) {
        believe(harness, standing);
        OperatorSubtaskState state = harness.snapshot(i, i);
        harness.close();
        harness = facts(MetricSelection.ALL);
        harness.initializeState(state);
        harness.open();
      }
    }
    believe(harness, standing);
    harness.close();
    standing.values().removeIf(count -> count == 0);
    return standing;
  }

  private static void believe(
      KeyedTwoInputStreamOperatorTestHarness<String, RobotFact, Registration, Event> harness,
      TreeMap<String, Integer> standing) {
    for (Event event : harness.extractOutputValues()) {
      standing.put(event.entity() + event.id(), event.isWithdrawn() ? 0 : 1);
    }
    side(harness, SideOutputs.OCCURRENCES)
        .forEach(
            counted ->
                standing.put(
                    counted.series().series(0).canonical() + counted.naturalKey(),
                    counted.isWithdrawn() ? 0 : 1));
    side(harness, SideOutputs.MISSION_FACTS)
        .forEach(
            fact ->
                standing.put(
                    fact.mission() + fact.status() + fact.timestamp(),
                    fact.standing().ordinal() + 1));
  }

  private static <T> List<T> side(
      KeyedTwoInputStreamOperatorTestHarness<String, RobotFact, Registration, Event> harness,
      OutputTag<T> tag) {
    var records = harness.getSideOutput(tag);
    return records == null ? List.of() : records.stream().map(StreamRecord::getValue).toList();
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, StateReport, RobotFact> states()
      throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new StateFunction(HORIZON, STATES)),
        StateReport::robot,
        Types.STRING);
  }

  private static KeyedTwoInputStreamOperatorTestHarness<String, RobotFact, Registration, Event>
      facts(MetricSelection metrics) throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new KeyedCoProcessOperator<>(new FactFunction(FactTopics.STANDARD, HORIZON, metrics)),
        RobotFact::robot,
        Registration::robotId,
        Types.STRING);
  }
}
