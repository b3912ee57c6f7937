package oht50.metrics.job.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oht50.metrics.budget.SeriesAsk;
import oht50.metrics.fact.RobotFact;
import oht50.metrics.job.SideOutputs;
import oht50.metrics.mission.MissionFact;
import oht50.metrics.mission.MissionStatus;
import oht50.metrics.model.Backfill;
import oht50.metrics.model.Event;
import oht50.metrics.model.EventKind;
import oht50.metrics.model.Hash64;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricGroup;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.MetricSelection;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.Position;
import oht50.metrics.model.Registration;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Rejected;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.source.Decoded;
import oht50.metrics.source.relabel.RelabelFile;
import oht50.metrics.source.relabel.SourceRules;
import org.apache.flink.api.common.JobID;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.metrics.groups.AbstractMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouteFunctionTest {
  private static final long NOON = 1_795_521_600_000L;
  private static final Position POSITION = new Position("oht50.telemetry", 0, 41);

  private static final SampleBatch BATCH =
      SampleBatch.at(
          NOON,
          SeriesLayout.of(Series.gauge("temperature", "robot_id", "R1")),
          new double[] {36.6},
          POSITION);
  private static final SampleBatch OTHER_BATCH =
      SampleBatch.at(
          NOON,
          SeriesLayout.of(Series.gauge("temperature", "robot_id", "R2")),
          new double[] {40},
          POSITION);
  private static final Occurrence OCCURRENCE =
      new Occurrence(
          SeriesLayout.of(Series.of("stops", Labels.of("robot_id", "R1"), MetricKind.DELTA)),
          7,
          NOON,
          POSITION.sourceId(),
          POSITION.offset());
  private static final Registration REGISTRATION =
      new Registration("R1", false, null, "Europe/Berlin", Registration.ALWAYS, 100, 1, 2);
  private static final Backfill BACKFILL =
      Backfill.question(Series.gauge("temperature", "robot_id", "R1"), 9, List.of());
  private static final MissionFact MISSION_FACT =
      new MissionFact("m", MissionStatus.QUEUED, NOON, null, "dock", null, 1, 2);

  private static final Event EVENT =
      new Event(
          EventKind.SAFETY, "id", "R1", "e_stop", "critical", null, false, NOON, "{}", POSITION);

  private final Map<String, Counter> rejects = new HashMap<>(); // reason -> counter
  private final Map<String, Counter> relabelled = new HashMap<>(); // outcome -> counter
  private final Map<String, Gauge<?>> gauges = new HashMap<>();
  private OneInputStreamOperatorTestHarness<Decoded, SampleBatch> harness;

  @BeforeEach
  void open() throws Exception {
    open(SourceRules.NONE, MetricSelection.ALL);
  }

  private void open(SourceRules rules, MetricSelection metrics) throws Exception {
    harness =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new RouteFunction(rules, metrics)),
            new MockEnvironmentBuilder().setMetricGroup(metrics()).build());
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void theFirstBatchOfALayoutAsksForItsSeriesAndThoseAfterItDoNot() throws Exception {
    for (int i = 0; i < 3; i++) {
      route(
          new Decoded(
              new SampleBatch[] {BATCH},
              new Occurrence[] {OCCURRENCE},
              new Event[0],
              new MissionFact[0],
              new Registration[0],
              new Backfill[0],
              new Rejected[0],
              NOON,
              NOON));
    }

    assertThat(harness.getSideOutput(SideOutputs.ASKS))
        .extracting(record -> record.getValue().seriesId())
        .containsExactly(BATCH.layout().series(0).id(), OCCURRENCE.series().series(0).id());
  }

  @Test
  void everythingInARecordGoesToItsPlace() throws Exception {
    Rejected reject = reject(RejectReason.NOT_FINITE, "status.vel_mms");
    route(
        new Decoded(
            new SampleBatch[] {BATCH, OTHER_BATCH},
            new Occurrence[] {OCCURRENCE},
            new Event[] {EVENT},
            new MissionFact[] {MISSION_FACT},
            new Registration[] {REGISTRATION},
            new Backfill[] {BACKFILL},
            new Rejected[] {reject},
            NOON,
            NOON));

    assertThat(harness.extractOutputValues()).containsExactly(BATCH, OTHER_BATCH);
    assertThat(side(SideOutputs.OCCURRENCES)).containsExactly(OCCURRENCE);
    assertThat(side(SideOutputs.REGISTRATIONS)).containsExactly(REGISTRATION);
    assertThat(side(SideOutputs.BACKFILLS)).containsExactly(BACKFILL);
    assertThat(side(SideOutputs.EVENTS)).containsExactly(EVENT);
    assertThat(side(SideOutputs.MISSION_FACTS)).containsExactly(MISSION_FACT);
    assertThat(side(SideOutputs.REJECTED)).containsExactly(reject);
  }

  @Test
  void seriesAskAndSpeakUnderTheNamesThatRulesGiveThemAndFactsStayAsTheyAre() throws Exception {
    harness.close();
    open(
        RelabelFile.parse(
                "relabel.yml",
                """
                telemetry:
                  metric_relabel_configs:
                    - {source_labels: [robot_id], regex: R2, action: drop}
                    - {source_labels: [__name__], target_label: __name__, replacement: 'oht50_$1'}
                """,
                List.of("telemetry"))
            .get("telemetry"),
        MetricSelection.ALL);
    Series temperature = Series.gauge("oht50_temperature", "robot_id", "R1");
    Series stops = Series.of("oht50_stops", Labels.of("robot_id", "R1"), MetricKind.DELTA);

    route(
        new Decoded(
            new SampleBatch[] {BATCH, OTHER_BATCH},
            new Occurrence[] {OCCURRENCE},
            new Event[] {EVENT},
            new MissionFact[] {MISSION_FACT},
            new Registration[] {REGISTRATION},
            new Backfill[] {BACKFILL},
            new Rejected[0],
            NOON,
            NOON));

    assertThat(harness.extractOutputValues())
        .containsExactly(
            SampleBatch.at(NOON, SeriesLayout.of(temperature), new double[] {36.6}, POSITION));
    assertThat(side(SideOutputs.OCCURRENCES))
        .extracting(occurrence -> occurrence.series().series(0))
        .containsExactly(stops);
    assertThat(side(SideOutputs.ASKS))
        .extracting(SeriesAsk::seriesId)
        .containsExactly(temperature.id(), stops.id());
    assertThat(side(SideOutputs.EVENTS)).containsExactly(EVENT);
    assertThat(side(SideOutputs.MISSION_FACTS)).containsExactly(MISSION_FACT);
    assertThat(side(SideOutputs.BACKFILLS)).containsExactly(BACKFILL);
    assertThat(relabelled.get("dropped").getCount()).isEqualTo(1);
    assertThat(relabelled.get("duplicate").getCount()).isZero();
  }

  @Test
  void whatASafetyEventAddsGoesWithItAndAnswersGoAlone() throws Exception {
    Occurrence counted =
        new Occurrence(
            OCCURRENCE.series(),
            Hash64.id(EVENT.id()),
            NOON,
            POSITION.sourceId(),
            POSITION.offset());
    Event answer =
        new Event(
            EventKind.SAFETY,
            "id/acknowledged",
            "R1",
            "ack",
            null,
            null,
            true,
            NOON,
            "{}",
            POSITION);

    route(
        new Decoded(
            new SampleBatch[] {BATCH},
            new Occurrence[] {counted},
            new Event[] {EVENT, answer},
            new MissionFact[0],
            new Registration[0],
            new Backfill[0],
            new Rejected[0],
            NOON,
            NOON));

    assertThat(harness.extractOutputValues()).isEmpty();
    assertThat(side(SideOutputs.OCCURRENCES)).isEmpty();
    assertThat(side(SideOutputs.ASKS)).as("whether it counts is not known yet").isEmpty();
    assertThat(side(SideOutputs.EVENTS)).containsExactly(EVENT, answer);
    assertThat(side(SideOutputs.ROBOT_FACTS))
        .extracting(RobotFact::domain, RobotFact::event, RobotFact::counted, RobotFact::samples)
        .containsExactly(
            tuple(
                RobotFact.Domain.SAFETY, EVENT.withoutPayload(), List.of(counted), List.of(BATCH)),
            tuple(RobotFact.Domain.OTHER, answer.withoutPayload(), List.of(), List.of()));
  }

  @Test
  void aMissionThatNamesItsRobotIsAFactOfTheRobot() throws Exception {
    MissionFact named = new MissionFact("m", MissionStatus.QUEUED, NOON, "R1", "dock", null, 1, 2);

    route(
        new Decoded(
            new SampleBatch[0],
            new Occurrence[0],
            new Event[0],
            new MissionFact[] {named, MISSION_FACT},
            new Registration[0],
            new Backfill[0],
            new Rejected[0],
            NOON,
            NOON));

    assertThat(side(SideOutputs.MISSION_FACTS)).containsExactly(MISSION_FACT);
    assertThat(side(SideOutputs.ROBOT_FACTS))
        .extracting(RobotFact::robot, RobotFact::domain, RobotFact::missionFact)
        .containsExactly(tuple("R1", RobotFact.Domain.MISSION, named));
  }

  @Test
  void groupsThatAreOffAreLeftOutAndTheirEventsAreNot() throws Exception {
    harness.close();
    open(SourceRules.NONE, MetricSelection.of(Map.of(MetricGroup.BUSINESS, Set.of("telemetry"))));
    Series taken = Series.gauge("oht50_telemetry_latency_seconds", "robot_id", "R1");
    Series left = Series.gauge("oht50_safety_response_time_seconds", "robot_id", "R1");
    Series stops =
        Series.of("oht50_safety_events_total", Labels.of("robot_id", "R1"), MetricKind.DELTA);

    route(
        new Decoded(
            new SampleBatch[] {
              SampleBatch.at(NOON, SeriesLayout.of(left, taken), new double[] {1, 2}, POSITION),
              SampleBatch.at(NOON, SeriesLayout.of(left), new double[] {3}, POSITION)
            },
            new Occurrence[] {
              new Occurrence(
                  SeriesLayout.of(stops), 7, NOON, POSITION.sourceId(), POSITION.offset())
            },
            new Event[] {EVENT},
            new MissionFact[] {MISSION_FACT},
            new Registration[0],
            new Backfill[0],
            new Rejected[0],
            NOON,
            NOON));

    assertThat(harness.extractOutputValues())
        .containsExactly(SampleBatch.at(NOON, SeriesLayout.of(taken), new double[] {2}, POSITION));
    assertThat(side(SideOutputs.ASKS)).hasSize(1);
    assertThat(side(SideOutputs.OCCURRENCES)).isEmpty();
    assertThat(side(SideOutputs.MISSION_FACTS)).isEmpty();
    assertThat(side(SideOutputs.EVENTS)).containsExactly(EVENT);
  }

  @Test
  void aRecordThatOnlySaysTheTimeGoesNowhere() throws Exception {
    route(Decoded.time(NOON, NOON));

    assertThat(harness.getOutput()).isEmpty();
    assertThat(side(SideOutputs.OCCURRENCES)).isEmpty();
    assertThat(side(SideOutputs.EVENTS)).isEmpty();
    assertThat(side(SideOutputs.REJECTED)).isEmpty();
  }

  @Test
  void rejectsAreCountedByReason() throws Exception {
    assertThat(rejects).hasSize(RejectReason.values().length);

    route(
        rejected(
            reject(RejectReason.BAD_TIMESTAMP, "ts"), reject(RejectReason.WRONG_TYPE, "status.a")));
    route(rejected(reject(RejectReason.WRONG_TYPE, "status.b")));

    rejects.forEach(
        (reason, counter) ->
            assertThat(counter.getCount())
                .as(reason)
                .isEqualTo(
                    switch (RejectReason.valueOf(reason)) {
                      case WRONG_TYPE -> 2;
                      case BAD_TIMESTAMP -> 1;
                      default -> 0;
                    }));
  }

  @Test
  void theLagIsThatOfTheRecordThatHasATimeOfArrival() throws Exception {
    assertThat(lag()).isNaN();

    harness.setProcessingTime(NOON + 2_500);
    route(Decoded.time(NOON, NOON));
    route(Decoded.time(NOON, -1));

    assertThat(lag()).isEqualTo(2.5);
  }

  private double lag() {
    return (Double) gauges.get("ingest_lag_seconds").getValue();
  }

  private void route(Decoded decoded) throws Exception {
    harness.processElement(new StreamRecord<>(decoded));
  }

  private static Decoded rejected(Rejected... rejects) {
    return new Decoded(
        new SampleBatch[0],
        new Occurrence[0],
        new Event[0],
        new MissionFact[0],
        new Registration[0],
        new Backfill[0],
        rejects,
        Decoded.NO_EVENT_TIME,
        NOON);
  }

  private static Rejected reject(RejectReason reason, String path) {
    return new Rejected(POSITION, path, reason, "seen", "R1", "{}", NOON);
  }

  private <T> List<T> side(OutputTag<T> tag) {
    var records = harness.getSideOutput(tag);
    return records == null ? List.of() : records.stream().map(StreamRecord::getValue).toList();
  }

  private TaskMetricGroup metrics() {
    TestingMetricRegistry registry =
        TestingMetricRegistry.builder().setRegisterConsumer(this::registered).build();
    return TaskManagerMetricGroup.createTaskManagerMetricGroup(
            registry, "localhost", ResourceID.generate())
        .addJob(new JobID(), "job")
        .addTask(ExecutionAttemptID.randomId(), "task");
  }

  private void registered(Metric metric, String name, AbstractMetricGroup<?> group) {
    if (metric instanceof Counter counter && name.equals("rejected")) {
      rejects.put(group.getAllVariables().get("<reason>"), counter);
    } else if (metric instanceof Counter counter && name.equals("relabelled")) {
      relabelled.put(group.getAllVariables().get("<outcome>"), counter);
    } else if (metric instanceof Gauge<?> gauge) {
      gauges.put(name, gauge);
    }
  }
}
