package oht50.metrics.job;

import static oht50.metrics.job.TestJob.config;
import static oht50.metrics.job.TestJob.inputs;
import static oht50.metrics.job.TestJob.strictEnvironment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import oht50.metrics.mission.MissionFact;
import oht50.metrics.model.AlertState;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Backfill;
import oht50.metrics.model.Event;
import oht50.metrics.model.Evidence;
import oht50.metrics.model.Labels;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.Position;
import oht50.metrics.model.RecordedSample;
import oht50.metrics.model.Registration;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Rejected;
import oht50.metrics.model.RuleSet;
import oht50.metrics.model.RuleSetEntry;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.source.Decoded;
import oht50.metrics.vda.StateReport;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Rules in the whole job: per robot, over the fleet, recorded, and changed while it runs. */
class RulesJobTest {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static final long NOON = Instant.parse("2026-11-24T12:00:00Z").toEpochMilli();
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60_000;

  @TempDir private Path folder;
  private long offset;

  @BeforeEach
  void forgetWhatWasWritten() {
    Collected.clear();
  }

  private void rules(String text) throws Exception {
    Files.writeString(folder.resolve("fleet.yml"), text);
  }

  private static final String HOT_ROBOTS =
      """
      groups:
      - name: g
        interval: 15s
        rules:
        - {record: 'robot:temperature:max1m', expr: 'max_over_time(temperature[1m])'}
        - {record: 'fleet:hot:count', expr: 'count(temperature > 70)'}
        - alert: Hot
          expr: temperature > 70
          for: 30s
          labels: {severity: critical}
          annotations: {summary: '{{ $labels.robot_id }} has {{ $value }}'}
        - {alert: ManyHot, expr: 'fleet:hot:count >= 2'}
        - {alert: NobodySpeaks, expr: 'absent(speed)'}
      """;

  /** Robot 1 is hot from minute 1 to 3, robot 2 from 2 to 4. */
  private List<Decoded> twoRobots() {
    List<Decoded> said = new ArrayList<>();
    for (long at = 0; at < 6 * MINUTE; at += 10 * SECOND) {
      said.add(sample("R1", NOON + at, at >= MINUTE && at < 3 * MINUTE ? 80 : 20));
      said.add(sample("R2", NOON + at, at >= 2 * MINUTE && at < 4 * MINUTE ? 90 : 20));
    }
    return said;
  }

  private Decoded sample(String robot, long at, double value) {
    Position position = new Position("oht50.telemetry", 0, offset++);
    SeriesLayout layout = SeriesLayout.of(Series.gauge("temperature", "robot_id", robot));
    return Decoded.samples(
        new SampleBatch[] {SampleBatch.at(at, layout, new double[] {value}, position)}, at, at);
  }

  private Decoded ruleSet(long effectiveFrom, String text) {
    Position position = new Position("oht50.rules", 0, offset++);
    return new Decoded(
        new SampleBatch[0],
        new Occurrence[0],
        new Event[0],
        new MissionFact[0],
        new StateReport[0],
        new Registration[0],
        new Backfill[0],
        new RuleSet[] {
          new RuleSet(effectiveFrom, new TreeMap<>(Map.of("fleet.yml", text)), position)
        },
        new Rejected[0],
        Decoded.NO_EVENT_TIME,
        NOON);
  }

  private void run(List<Decoded> records) throws Exception {
    run(records, Map.of());
  }

  private void run(List<Decoded> records, Map<String, String> more) throws Exception {
    Map<String, String> settings = new TreeMap<>(more);
    settings.put("rules.folder", folder.toString());
    StreamExecutionEnvironment env = strictEnvironment();
    env.setParallelism(2);
    MetricsJob.define(env, inputs(records), Collected.outputs(), config(1_000, settings));
    env.execute("rules");
  }

  /** The last word on each alert: {@code rule robot: began, fired to ended}, in minutes. */
  private static TreeSet<String> alerts() {
    Map<String, AlertTransition> last = new TreeMap<>();
    Collected.in("transitions", AlertTransition.class).stream()
        .sorted(Comparator.comparingInt(AlertTransition::turn))
        .forEach(transition -> last.put(transition.alertId(), transition));
    TreeSet<String> words = new TreeSet<>();
    for (AlertTransition each : last.values()) {
      if (!each.withdrawn() && !each.rule().equals("NobodySpeaks")) {
        String robot = each.labels().get("robot_id");
        words.add(
            "%s %s: %s, %s to %s"
                .formatted(
                    each.rule(),
                    robot == null ? "-" : robot,
                    minutes(each.activeAt()),
                    minutes(each.startsAt()),
                    each.endsAt() == AlertTransition.OPEN ? "now" : minutes(each.endsAt())));
      }
    }
    return words;
  }

  private static String minutes(long time) {
    return Double.toString((time - NOON) / 60_000.0);
  }

  @Test
  void robotsAndTheFleetAreJudgedAtEachTick() throws Exception {
    rules(HOT_ROBOTS);

    run(twoRobots());

    assertThat(alerts())
        .containsExactly(
            "Hot R1: 1.0, 1.5 to 3.0", "Hot R2: 2.0, 2.5 to 4.0", "ManyHot -: 2.0, 2.0 to 3.0");
    assertThat(Collected.in("transitions", AlertTransition.class))
        .as("there is nothing to see from when time begins")
        .filteredOn(each -> each.rule().equals("NobodySpeaks"))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.activeAt()).isBetween(NOON - MINUTE, NOON + 2 * MINUTE);
              assertThat(each.endsAt()).isEqualTo(AlertTransition.OPEN);
            });
    assertThat(Collected.in("fastAlertsTopic", AlertTransition.class))
        .extracting(AlertTransition::rule)
        .containsOnly("Hot");
    assertThat(Collected.in("transitions", AlertTransition.class))
        .filteredOn(each -> each.rule().equals("Hot") && each.endsAt() == AlertTransition.OPEN)
        .extracting(each -> each.annotations().get("summary"))
        .containsExactlyInAnyOrder("R1 has 80", "R2 has 90");
  }

  @Test
  void aChangeOfAnAlertNamesTheRecordsThatItRestsOn() throws Exception {
    rules(HOT_ROBOTS);

    run(twoRobots());

    assertThat(Collected.in("transitions", AlertTransition.class))
        .filteredOn(each -> each.rule().equals("Hot") && "R1".equals(each.labels().get("robot_id")))
        .extracting(AlertTransition::evidence)
        .containsExactly(
            new Evidence(0, List.of(seen("R1", 90 * SECOND, 80, 18))),
            new Evidence(0, List.of(seen("R1", 180 * SECOND, 20, 36))));
    assertThat(Collected.in("transitions", AlertTransition.class))
        .filteredOn(each -> each.rule().equals("ManyHot"))
        .first()
        .extracting(AlertTransition::evidence)
        .isEqualTo(
            new Evidence(
                0,
                List.of(
                    new Evidence.Point(
                        "fleet:hot:count{}", false, NOON + 2 * MINUTE, 2, "", 0, 0))));
  }

  private static Evidence.Point seen(String robot, long after, double value, long offset) {
    return new Evidence.Point(
        "temperature{robot_id=\"" + robot + "\"}",
        false,
        NOON + after,
        value,
        "oht50.telemetry",
        0,
        offset);
  }

  @Test
  void whatIsRecordedLeavesAsSamples() throws Exception {
    rules(HOT_ROBOTS);

    run(twoRobots());

    List<RecordedSample> recorded = Collected.in("recorded", RecordedSample.class);
    assertThat(recorded)
        .filteredOn(each -> each.series().name().equals("fleet:hot:count"))
        .filteredOn(each -> each.value() == 2)
        .extracting(RecordedSample::timestamp)
        .containsExactlyInAnyOrder(
            NOON + 2 * MINUTE,
            NOON + 2 * MINUTE + 15 * SECOND,
            NOON + 2 * MINUTE + 30 * SECOND,
            NOON + 2 * MINUTE + 45 * SECOND);
    assertThat(recorded)
        .extracting(each -> each.series().canonical())
        .contains(
            "robot:temperature:max1m{robot_id=\"R1\"}", "robot:temperature:max1m{robot_id=\"R2\"}");
  }

  @Test
  void aRobotThatIsRegisteredAndNeverSpeaksIsMissed() throws Exception {
    rules(
        """
        groups:
        - name: g
          interval: 1m
          rules:
          - alert: Silent
            expr: oht50_robot_info unless on (robot_id) temperature
            labels: {severity: warning}
        """);
    List<Decoded> records = new ArrayList<>(twoRobots());
    records.add(0, registered("R1"));
    records.add(1, registered("R9"));

    run(records);

    assertThat(Collected.in("transitions", AlertTransition.class))
        .filteredOn(each -> each.endsAt() == AlertTransition.OPEN)
        .filteredOn(each -> !wasOver(each)) // before noon nobody has spoken
        .extracting(AlertTransition::labels)
        .containsOnly(
            Labels.of(
                "alertname", "Silent", "robot_id", "R9", "severity", "warning", "site", "hanoi"));
  }

  private static boolean wasOver(AlertTransition raised) {
    return Collected.in("transitions", AlertTransition.class).stream()
        .anyMatch(
            each -> each.alertId().equals(raised.alertId()) && each.state() == AlertState.INACTIVE);
  }

  private Decoded registered(String robot) {
    Registration said =
        new Registration(robot, false, "hanoi", null, Registration.ALWAYS, 100, 7, offset++, "{}");
    return new Decoded(
        new SampleBatch[0],
        new Occurrence[0],
        new Event[0],
        new MissionFact[0],
        new Registration[] {said},
        new Backfill[0],
        new Rejected[0],
        Decoded.NO_EVENT_TIME,
        NOON);
  }

  @Test
  void aSetOfRulesTakesOverAtItsTickAndABadOneChangesNothing() throws Exception {
    rules(HOT_ROBOTS);
    List<Decoded> records = new ArrayList<>(twoRobots());
    records.add(
        0, ruleSet(NOON + MINUTE, "groups: [{name: g, rules: [{alert: Bad, expr: 'x >'}]}]"));
    records.add(
        1,
        ruleSet(
            NOON + 2 * MINUTE + 30 * SECOND,
            HOT_ROBOTS.replace("alert: ManyHot", "alert: SeveralHot")));

    run(records);

    assertThat(alerts())
        .as("what is not changed goes on, what is gone ends, what is new begins")
        .containsExactly(
            "Hot R1: 1.0, 1.5 to 3.0",
            "Hot R2: 2.0, 2.5 to 4.0",
            "ManyHot -: 2.0, 2.0 to 2.5",
            "SeveralHot -: 2.5, 2.5 to 3.0");
    assertThat(Collected.in("rejected", Rejected.class))
        .singleElement()
        .satisfies(
            reject -> {
              assertThat(reject.reason()).isEqualTo(RejectReason.INVALID_RULES);
              assertThat(reject.detail()).startsWith("fleet.yml:1:");
            });
    assertThat(Collected.in("ruleSets", RuleSetEntry.class))
        .as("the configuration's set, and what was found of the two that came")
        .extracting(RuleSetEntry::version, RuleSetEntry::isAccepted, RuleSetEntry::arrivedAt)
        .contains(tuple(73L, false, NOON), tuple(74L, true, NOON))
        .anySatisfy(told -> assertThat(told.toList()).startsWith(RuleSetEntry.CONFIGURED, true))
        .hasSize(3);
  }

  @Test
  void whereNoAlertsAreWantedNoRulesAreJudgedWhereverTheyComeFrom() throws Exception {
    rules(HOT_ROBOTS);
    List<Decoded> records = new ArrayList<>(twoRobots());
    records.add(0, ruleSet(NOON, HOT_ROBOTS));

    run(records, Map.of("alerts.enabled", "false"));

    assertThat(Collected.in("transitions", AlertTransition.class)).isEmpty();
    assertThat(Collected.in("rejected", Rejected.class))
        .extracting(Rejected::detail)
        .containsExactly("no rules are judged, because alerts.enabled is false");
  }
}
