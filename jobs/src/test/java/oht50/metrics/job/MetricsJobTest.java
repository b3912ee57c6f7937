package oht50.metrics.job;

import static oht50.metrics.job.TestJob.config;
import static oht50.metrics.job.TestJob.inputs;
import static oht50.metrics.job.TestJob.strictEnvironment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import oht50.metrics.mission.MissionAttempt;
import oht50.metrics.mission.MissionFact;
import oht50.metrics.mission.MissionStatus;
import oht50.metrics.model.AlertState;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Backfill;
import oht50.metrics.model.Cause;
import oht50.metrics.model.Event;
import oht50.metrics.model.EventKind;
import oht50.metrics.model.Labels;
import oht50.metrics.model.LatestPoint;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.PointChunk;
import oht50.metrics.model.Position;
import oht50.metrics.model.Registration;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Rejected;
import oht50.metrics.model.RepairWindow;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.RuleSet;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesEntry;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.source.Decoded;
import oht50.metrics.source.relabel.RelabelFile;
import oht50.metrics.source.relabel.SourceRules;
import oht50.metrics.time.Interval;
import oht50.metrics.vda.EmergencyStop;
import oht50.metrics.vda.RobotState;
import oht50.metrics.vda.StateReport;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Everything that goes in comes out. */
class MetricsJobTest {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static final long NOON = 1_795_521_600_000L;
  private static final long MINUTE = 60_000;
  private static final Series TEMPERATURE = Series.gauge("temperature", "robot_id", "OHT-1");
  private static final Series STOPS =
      Series.of("stops", Labels.of("robot_id", "OHT-1"), MetricKind.DELTA);

  @BeforeEach
  void forgetWhatWasWritten() {
    Collected.clear();
  }

  @Test
  void rulesAreThoseOfTheirInput() throws Exception {
    Map<String, SourceRules> rules =
        RelabelFile.parse(
            "relabel.yml",
            """
            test:
              convert: [{metric: temperature, from: kelvin, to: celsius}]
              metric_relabel_configs: [{target_label: site, replacement: hanoi}]
            other:
              metric_relabel_configs: [{regex: '.*', action: labeldrop}]
            """,
            List.of("test", "other"));
    StreamExecutionEnvironment env = strictEnvironment();
    Registration registration =
        new Registration("OHT-1", false, "hanoi", null, NOON, 100, 7, 3, "{\"site\":\"hanoi\"}");
    MetricsJob.define(
        env,
        inputs(
            new Inputs(rules),
            List.of(
                sample(NOON + 1_000, 300.15),
                registered(registration),
                Decoded.time(NOON + 5 * MINUTE, NOON + 5 * MINUTE))),
        Collected.outputs(),
        config());

    env.execute("rulesAreThoseOfTheirInput");

    Series changed = Series.gauge("temperature", "robot_id", "OHT-1", "site", "hanoi");
    assertThat(Collected.in("series", SeriesEntry.class))
        .extracting(SeriesEntry::series)
        .containsOnly(changed);
    assertThat(Collected.in("latestPoints", LatestPoint.class))
        .last()
        .satisfies(
            point -> {
              assertThat(point.seriesId()).isEqualTo(changed.id());
              assertThat(point.value()).isEqualTo(27);
            });
    assertThat(Collected.in("registrations", Registration.class)).containsExactly(registration);
  }

  private static Decoded registered(Registration registration) {
    return new Decoded(
        new SampleBatch[0],
        new Occurrence[0],
        new Event[0],
        new MissionFact[0],
        new Registration[] {registration},
        new Backfill[0],
        new Rejected[0],
        Decoded.NO_EVENT_TIME,
        NOON);
  }

  @Test
  void whatGoesInComesOut() throws Exception {
    StreamExecutionEnvironment env = strictEnvironment();
    env.setParallelism(2);
    MetricsJob.define(
        env,
        inputs(
            List.of(
                sample(NOON + 1_000, 3),
                sample(NOON + 2_000, 5),
                stop(NOON + 3_000),
                reject(NOON + 4_000),
                Decoded.time(NOON + 5 * MINUTE, NOON + 5 * MINUTE))),
        Collected.outputs(),
        config());

    env.execute("whatGoesInComesOut");

    assertThat(Collected.in("rollups", Rollup.class))
        .filteredOn(row -> row.isFinal() && row.interval() == Interval.MINUTE)
        .extracting(Rollup::seriesId, Rollup::windowStart, Rollup::count, Rollup::sum)
        .containsExactlyInAnyOrder(
            tuple(TEMPERATURE.id(), NOON, 2L, 8.0), tuple(STOPS.id(), NOON, 1L, 1.0));
    assertThat(Collected.in("rollups", Rollup.class)).allMatch(row -> row.seq() > 0);
    assertThat(Collected.in("chunks", PointChunk.class))
        .filteredOn(chunk -> chunk.seriesId() == TEMPERATURE.id())
        .last()
        .satisfies(chunk -> assertThat(chunk.values()).containsExactly(3, 5));
    assertThat(Collected.in("latestPoints", LatestPoint.class))
        .filteredOn(point -> point.seriesId() == TEMPERATURE.id())
        .last()
        .satisfies(
            point -> {
              assertThat(point.timestamp()).isEqualTo(NOON + 2_000);
              assertThat(point.value()).isEqualTo(5);
              assertThat(point.seq()).isPositive();
            });
    assertThat(Collected.in("series", SeriesEntry.class))
        .extracting(SeriesEntry::series)
        .containsExactlyInAnyOrder(TEMPERATURE, STOPS);
    assertThat(Collected.in("events", Event.class)).hasSize(1);
    for (String sink : List.of("transitions", "alertsTopic", "fastAlertsTopic")) {
      assertThat(Collected.in(sink, AlertTransition.class))
          .extracting(AlertTransition::state, AlertTransition::activeAt, AlertTransition::startsAt)
          .containsExactly(
              tuple(AlertState.FIRING, NOON + 3_000, NOON + 3_000),
              tuple(AlertState.FIRING, NOON + 3_000, NOON + 3_000 + 2 * MINUTE));
    }
    assertThat(Collected.in("rejected", Rejected.class)).hasSize(1);
    assertThat(Collected.in("rejectedTopic", Rejected.class)).hasSize(1);
    assertThat(Collected.in("latePoints", Object.class)).isEmpty();
  }

  @Test
  void aMissionIsCountedByWhatALateMessageSaysOfIt() throws Exception {
    StreamExecutionEnvironment env = strictEnvironment();
    MetricsJob.define(
        env,
        inputs(
            List.of(
                mission(NOON + 1_000, MissionStatus.EXECUTING, null, 1),
                mission(NOON + 31_000, MissionStatus.COMPLETED, null, 2),
                Decoded.time(NOON + 5 * MINUTE, NOON + 5 * MINUTE),
                mission(NOON, MissionStatus.QUEUED, "dock", 3),
                Decoded.time(NOON + 6 * MINUTE, NOON + 6 * MINUTE))),
        Collected.outputs(),
        config());

    env.execute("aMissionIsCountedByWhatALateMessageSaysOfIt");

    assertThat(minuteSums())
        .containsExactly(
            entry("oht50_mission_duration_seconds{type=\"dock\"}", 30.0),
            entry("oht50_mission_queue_size{}", 1.0),
            entry("oht50_mission_success_rate{type=\"dock\"}", 1.0),
            entry("oht50_missions_total{status=\"completed\",type=\"dock\"}", 1.0));
    assertThat(Collected.in("missions", MissionAttempt.class))
        .last()
        .satisfies(
            mission -> {
              assertThat(mission.type()).isEqualTo("dock");
              assertThat(mission.durationSeconds()).isEqualTo(30);
              assertThat(mission.seq()).isPositive();
            });
  }

  @Test
  void whatFollowsFromStatesIsCountedAndRaisesAlertsWhereTheRegistrySaysSo() throws Exception {
    StreamExecutionEnvironment env = strictEnvironment();
    MetricsJob.define(
        env,
        inputs(
            List.of(
                state(NOON, 1, "", EmergencyStop.NONE),
                state(NOON + 1_000, 2, "x", EmergencyStop.NONE),
                state(NOON + 30_000, 3, "x", EmergencyStop.MANUAL),
                state(NOON + 31_000, 4, "", EmergencyStop.MANUAL),
                Decoded.time(NOON + 5 * MINUTE, NOON + 5 * MINUTE),
                registered(
                    new Registration(
                        "m/R",
                        false,
                        null,
                        null,
                        Registration.ALWAYS,
                        Registration.NOT_SAID,
                        "vda5050.state",
                        "vda5050.state",
                        7,
                        3,
                        "{}")),
                state(NOON + 29_000, 5, "x", EmergencyStop.AUTOACK), // it stopped before
                state(NOON + 32_000, 6, "", EmergencyStop.NONE),
                Decoded.time(NOON + 6 * MINUTE, NOON + 6 * MINUTE))),
        Collected.outputs(),
        config());

    env.execute("whatFollowsFromStatesIsCountedAndRaisesAlertsWhereTheRegistrySaysSo");

    Map<String, Event> events = new TreeMap<>();
    Collected.in("events", Event.class).forEach(event -> events.put(event.id(), event));
    events.values().removeIf(Event::isWithdrawn);
    assertThat(events)
        .containsOnlyKeys(
            "m/R/x/executing/" + (NOON + 1_000),
            "m/R/x/cancelled/" + (NOON + 31_000),
            "vda5050/m/R/e_stop/" + (NOON + 29_000),
            "vda5050/m/R/clear/" + (NOON + 32_000));
    assertThat(Collected.in("missions", MissionAttempt.class))
        .last()
        .satisfies(
            mission -> {
              assertThat(mission.mission()).isEqualTo("m/R/x");
              assertThat(mission.type()).isEqualTo("order");
              assertThat(mission.status()).isEqualTo(MissionStatus.CANCELLED);
              assertThat(mission.durationSeconds()).isEqualTo(30);
            });
    assertThat(minuteSums())
        .contains(
            entry(
                "oht50_missions_total{robot_id=\"m/R\",status=\"cancelled\",type=\"order\"}", 1.0),
            entry(
                "oht50_safety_events_total{robot_id=\"m/R\",severity=\"high\",type=\"e_stop\"}",
                1.0))
        .doesNotContainKey(
            "oht50_safety_events_total{robot_id=\"m/R\",severity=\"critical\",type=\"e_stop\"}");
    Map<String, AlertTransition> alerts = new HashMap<>();
    Collected.in("transitions", AlertTransition.class)
        .forEach(transition -> alerts.put(transition.alertId(), transition));
    assertThat(alerts.values())
        .filteredOn(alert -> !alert.withdrawn())
        .as("the robot is clear within two minutes")
        .extracting(AlertTransition::rule, AlertTransition::activeAt, AlertTransition::endsAt)
        .containsExactly(tuple("SafetyEventCritical", NOON + 29_000, NOON + 32_000));
  }

  @Test
  void whatFollowsFromStatesDoesNotCountWhereTheRegistrySaysNothing() throws Exception {
    StreamExecutionEnvironment env = strictEnvironment();
    MetricsJob.define(
        env,
        inputs(
            List.of(
                state(NOON, 1, "", EmergencyStop.NONE),
                state(NOON + 1_000, 2, "x", EmergencyStop.MANUAL),
                state(NOON + 30_000, 3, "", EmergencyStop.NONE),
                Decoded.time(NOON + 5 * MINUTE, NOON + 5 * MINUTE))),
        Collected.outputs(),
        config());

    env.execute("whatFollowsFromStatesDoesNotCountWhereTheRegistrySaysNothing");

    assertThat(Collected.in("events", Event.class)).as("it has been said all the same").hasSize(4);
    assertThat(Collected.in("missions", MissionAttempt.class)).isEmpty();
    assertThat(Collected.in("transitions", AlertTransition.class)).isEmpty();
    assertThat(minuteSums()).isEmpty();
  }

  private static Decoded state(long at, long offset, String order, EmergencyStop stop) {
    RobotState state =
        new RobotState(
            stop,
            false,
            new TreeMap<>(),
            new RobotState.Order(order, !order.isEmpty(), false, List.of()));
    return new Decoded(
        new SampleBatch[0],
        new Occurrence[0],
        new Event[0],
        new MissionFact[0],
        new StateReport[] {
          new StateReport("m/R", at, offset, state, Position.sourceId("vda5050.state", 0), offset)
        },
        new Registration[0],
        new Backfill[0],
        new RuleSet[0],
        new Rejected[0],
        at,
        at);
  }

  /** By series, of those that are not zero. */
  private static Map<String, Double> minuteSums() {
    Map<String, Double> sums = new TreeMap<>();
    Map<Long, String> names =
        Collected.in("series", SeriesEntry.class).stream()
            .map(SeriesEntry::series)
            .collect(Collectors.toMap(Series::id, Series::canonical, (one, same) -> one));
    Collected.in("rollups", Rollup.class).stream()
        .filter(row -> row.isFinal() && row.interval() == Interval.MINUTE)
        .forEach(row -> sums.put(names.get(row.seriesId()), row.sum()));
    sums.values().removeIf(sum -> sum == 0); // what had been said before, if it had
    return sums;
  }

  private static Decoded mission(long at, MissionStatus status, String type, long offset) {
    MissionFact fact = new MissionFact("m", status, at, null, type, null, 7, offset);
    return new Decoded(
        new SampleBatch[0],
        new Occurrence[0],
        new Event[0],
        new MissionFact[] {fact},
        new Registration[0],
        new Backfill[0],
        new Rejected[0],
        at,
        at);
  }

  @Test
  void aRegistrationAndAQuestionReachTheSeriesThroughTheGate() throws Exception {
    StreamExecutionEnvironment env = strictEnvironment();
    RepairWindow asked =
        new RepairWindow(TEMPERATURE.id(), Interval.MINUTE, NOON, Cause.LATE, RepairWindow.UNKNOWN);
    Decoded decoded =
        new Decoded(
            new SampleBatch[0],
            new Occurrence[0],
            new Event[0],
            new MissionFact[0],
            new Registration[] {
              new Registration(
                  "OHT-1", false, "fab", "Europe/Berlin", Registration.ALWAYS, 100, 1, 2)
            },
            new Backfill[] {Backfill.question(TEMPERATURE, 9, List.of(asked))},
            new Rejected[0],
            Decoded.NO_EVENT_TIME,
            NOON);
    MetricsJob.define(env, inputs(List.of(decoded)), Collected.outputs(), config());

    env.execute("aRegistrationAndAQuestionReachTheSeriesThroughTheGate");

    assertThat(Collected.in("repairWindows", RepairWindow.class))
        .containsExactly(asked.atLeast(RepairWindow.ALL_HAS_LEFT));
  }

  @Test
  void beyondTheBudgetOfAMetricSamplesAreOnlySummedUp() throws Exception {
    List<Series> series = new ArrayList<>();
    for (int i = 1; i <= 12; i++) {
      series.add(Series.gauge("temperature", "robot_id", "OHT-" + i));
    }
    List<Decoded> records = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < series.size(); i++) {
        records.add(sample(series.get(i), NOON + round * 10_000 + i, 10 * i + round));
      }
    }
    records.add(Decoded.time(NOON + 5 * MINUTE, NOON + 5 * MINUTE));
    StreamExecutionEnvironment env = strictEnvironment();
    env.setParallelism(1);
    MetricsJob.define(env, inputs(records), Collected.outputs(), config(10));

    env.execute("beyondTheBudgetOfAMetricSamplesAreOnlySummedUp");

    Series overflow = Series.gauge("temperature", "__overflow__", "true");
    assertThat(Collected.in("rollups", Rollup.class))
        .filteredOn(row -> row.isFinal() && row.interval() == Interval.MINUTE)
        .filteredOn(row -> row.seriesId() != overflow.id())
        .extracting(Rollup::seriesId, Rollup::count)
        .containsExactlyInAnyOrderElementsOf(
            series.subList(0, 10).stream().map(each -> tuple(each.id(), 3L)).toList());
    for (Interval interval : Interval.values()) {
      assertThat(Collected.in("rollups", Rollup.class))
          .filteredOn(row -> row.seriesId() == overflow.id() && row.interval() == interval)
          .last()
          .satisfies(
              row -> {
                assertThat(row.isFinal()).isTrue();
                assertThat(row.count()).isEqualTo(6);
                assertThat(row.sum()).isEqualTo(100 + 101 + 102 + 110 + 111 + 112);
                assertThat(row.min()).isEqualTo(100);
                assertThat(row.max()).isEqualTo(112);
                assertThat(row.seq()).isPositive();
              });
    }
    assertThat(Collected.in("series", SeriesEntry.class))
        .extracting(SeriesEntry::series)
        .containsOnly(with(series.subList(0, 10), overflow));
    assertThat(Collected.in("chunks", PointChunk.class))
        .extracting(PointChunk::seriesId)
        .doesNotContain(overflow.id(), series.get(10).id(), series.get(11).id());
  }

  private static Series[] with(List<Series> some, Series other) {
    List<Series> all = new ArrayList<>(some);
    all.add(other);
    return all.toArray(Series[]::new);
  }

  private static Decoded sample(long at, double value) {
    return sample(TEMPERATURE, at, value);
  }

  private static Decoded sample(Series series, long at, double value) {
    SampleBatch batch =
        SampleBatch.at(
            at, SeriesLayout.of(series), new double[] {value}, new Position("telemetry", 0, at));
    return Decoded.samples(new SampleBatch[] {batch}, at, at);
  }

  /** An emergency stop: an event, and one more in its count. */
  private static Decoded stop(long at) {
    Position position = new Position("safety", 0, at);
    Event event =
        new Event(
            EventKind.SAFETY, "stop", "OHT-1", "e_stop", "high", null, false, at, "{}", position);
    Occurrence occurrence =
        new Occurrence(SeriesLayout.of(STOPS), 1, at, position.sourceId(), position.offset());
    return new Decoded(
        new SampleBatch[0],
        new Occurrence[] {occurrence},
        new Event[] {event},
        new MissionFact[0],
        new Registration[0],
        new Backfill[0],
        new Rejected[0],
        at,
        at);
  }

  private static Decoded reject(long at) {
    Rejected rejected =
        new Rejected(
            new Position("telemetry", 0, at),
            Rejected.WHOLE,
            RejectReason.MALFORMED_JSON,
            "not JSON",
            null,
            "}",
            at);
    return new Decoded(
        new SampleBatch[0],
        new Occurrence[0],
        new Event[0],
        new MissionFact[0],
        new Registration[0],
        new Backfill[0],
        new Rejected[] {rejected},
        Decoded.NO_EVENT_TIME,
        at);
  }
}
