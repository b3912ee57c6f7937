package oht50.metrics.ruleeval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import oht50.metrics.model.AlertState;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Cause;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Position;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.promql.eval.EvaluationOptions;
import oht50.metrics.rulefile.RuleGroup;
import oht50.metrics.rulefile.Rules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartRulesTest {
  private static final long T = 1_795_546_200_000L; // a tick
  private static final long TICK = 15_000;
  private static final long MINUTE = 60_000;
  private static final EvaluationOptions OPTIONS = new EvaluationOptions(20_000, MINUTE, false);
  private static final Duration HORIZON = Duration.ofMinutes(10);
  private static final String HOT =
      """
      - alert: Hot
        expr: a > 3
        for: 30s
        labels: {severity: critical}
        annotations: {says: "{{ $labels.robot_id }} at {{ $value }}"}
      """;

  private PartDriver part;
  private long offset;

  @Test
  void firesAtTheTickAtWhichItHasWaited() {
    rules(HOT);
    values(0, 1, 5, 6, 7, 8);
    part.watermark(T + 3 * TICK - 1);
    assertThat(part.transitions).isEmpty();

    part.watermark(T + 3 * TICK);

    assertThat(words()).containsExactly("FIRING on_time since 1 from 3 turn 1: r1 at 7");
    AlertTransition firing = part.transitions.get(0);
    assertThat(firing.labels())
        .isEqualTo(
            Labels.of("alertname", "Hot", "robot_id", "r1", "severity", "critical", "site", "s1"));
    assertThat(firing.rule()).isEqualTo("Hot");
    assertThat(firing.previousState()).isEqualTo(AlertState.PENDING);
    assertThat(firing.value()).isEqualTo(7);
  }

  @Test
  void endsAtTheFirstTickWithoutItAndSaysWhatItSaidLast() {
    rules(HOT);
    values(0, 5, 6, 7, 1);
    part.watermark(T + 4 * TICK);

    assertThat(words())
        .containsExactly(
            "FIRING on_time since 0 from 2 turn 1: r1 at 7",
            "INACTIVE on_time since 0 from 2 to 3 turn 2: r1 at 7");
  }

  @Test
  void aMissedAlertIsRaisedWithItsTrueStart() {
    rules(HOT);
    values(0, 1, 5, 1, 6, 1);
    part.watermark(T + 5 * TICK);
    assertThat(words()).isEmpty();

    value(2, 9);
    part.watermark(T + 5 * TICK + 1);

    assertThat(words())
        .containsExactly(
            "FIRING late since 1 from 3 turn 1: r1 at 6",
            "INACTIVE late since 1 from 3 to 4 turn 2: r1 at 6");
  }

  @Test
  void aFalseAlertIsWithdrawn() {
    rules(HOT);
    values(0, 5, 6, 7, 8);
    part.watermark(T + 3 * TICK);

    value(1, 0);
    part.watermark(T + 3 * TICK + 1);

    assertThat(words())
        .containsExactly(
            "FIRING on_time since 0 from 2 turn 1: r1 at 7", "withdrawn since 0 turn 2");
    assertThat(part.standing()).isEmpty();

    value(1, 7);
    part.watermark(T + 3 * TICK + 2);

    assertThat(words()).last().isEqualTo("FIRING late since 0 from 2 turn 3: r1 at 7");
    assertThat(part.transitions.get(2).alertId()).isEqualTo(part.transitions.get(0).alertId());
    assertThat(part.transitions.get(2).transitionId())
        .isEqualTo(part.transitions.get(0).transitionId());
  }

  @Test
  void anAlertThatBeganAtAnotherTimeReplacesTheOneThatWasRaised() {
    rules(HOT);
    values(0, 1, 1, 6, 7, 8);
    part.watermark(T + 4 * TICK);

    value(1, 5);
    part.watermark(T + 4 * TICK + 1);

    assertThat(words())
        .containsExactly(
            "FIRING on_time since 2 from 4 turn 1: r1 at 8",
            "withdrawn since 2 turn 2",
            "FIRING late since 1 from 3 turn 1: r1 at 7");
    assertThat(part.transitions.get(2).replaces()).isEqualTo(part.transitions.get(0).alertId());
  }

  @Test
  void firesOnOverAGapThatIsFilledLater() {
    rules(HOT.replace("for: 30s", "keep_firing_for: 30s"));
    values(0, 5, 1, 1, 1, 6, 6);
    part.watermark(T + 5 * TICK);
    assertThat(words())
        .containsExactly(
            "FIRING on_time since 0 from 0 turn 1: r1 at 5",
            "INACTIVE on_time since 0 from 0 to 3 turn 2: r1 at 5",
            "FIRING on_time since 4 from 4 turn 1: r1 at 6");

    value(2, 9);
    part.watermark(T + 5 * TICK + 1);

    assertThat(words().subList(3, words().size()))
        .containsExactly("withdrawn since 4 turn 2", "FIRING late since 0 from 0 turn 3: r1 at 5");
    assertThat(part.standing()).hasSize(1);
  }

  @Test
  void aCorrectedRecordingCorrectsTheAlertsThatLookAtIt() {
    rules(
        """
        - record: site:a:sum
          expr: sum by (site) (a)
        - alert: Full
          expr: site:a:sum > 10
        """);
    values(0, 4, 5, 6);
    part.watermark(T + 2 * TICK);
    assertThat(recorded()).containsExactly("0: 4.0", "1: 5.0", "2: 6.0");

    value(1, 11);
    part.watermark(T + 2 * TICK + 1);

    assertThat(recorded()).containsExactly("0: 4.0", "1: 5.0", "2: 6.0", "1: 11.0 late");
    assertThat(part.standing().values()).containsExactly(Standing.times(T + TICK, T + 2 * TICK));
  }

  @Test
  void aRecordedSeriesEndsWithAMarkerAndGoesOnIfItWasThereAfterAll() {
    rules("- {record: x, expr: a}");
    value(0, 4);
    value(5, 7);
    part.watermark(T + 5 * TICK);
    assertThat(recorded()).containsExactly("0: 4.0", "1: 4.0", "2: end", "5: 7.0");

    value(2, 4);
    part.watermark(T + 5 * TICK + 1);

    assertThat(recorded().subList(4, recorded().size()))
        .containsExactly("2: 4.0 late", "3: 4.0 late", "4: end late");
  }

  @Test
  void aSeriesThatWasNotThereBeforeAFailureIsNotEndedAfterIt() {
    rules("- {record: x, expr: a + on (site) b}");
    values(1, 5, 5, StaleMarker.VALUE);
    for (int tick = 1; tick < 4; tick++) {
      send(Series.gauge("b", "site", "s1", "robot_id", "r1"), T + tick * TICK, 1);
    }
    Series other = Series.gauge("b", "site", "s1", "robot_id", "r2");
    send(other, T + 2 * TICK, 1);
    send(other, T + 2 * TICK + 1, StaleMarker.VALUE);
    part.watermark(T + 3 * TICK);
    assertThat(recorded()).containsExactly("1: 6.0", "3: end");

    value(1, StaleMarker.VALUE);
    part.watermark(T + 3 * TICK + 1);

    assertThat(recorded().subList(2, 4)).containsExactly("1: gone late", "3: gone late");
  }

  @Test
  void aRuleThatFailsKeepsItsAlertsAndSaysSoOnce() {
    rules(
        """
        - alert: Both
          expr: a + on (site) b > 3
        """);
    values(0, 5, 5, 5, 1);
    for (long tick = 0; tick < 4; tick++) {
      send(Series.gauge("b", "site", "s1", "robot_id", "r1"), T + tick * TICK, 1);
    }
    for (long tick = 1; tick < 3; tick++) {
      send(Series.gauge("b", "site", "s1", "robot_id", "r2"), T + tick * TICK, 1);
    }
    send(Series.gauge("b", "site", "s1", "robot_id", "r2"), T + 3 * TICK, StaleMarker.VALUE);
    part.watermark(T + 3 * TICK);

    assertThat(part.failures).hasSize(1);
    assertThat(part.failures.get(0))
        .startsWith("alert Both at " + (T + TICK) + ": found duplicate");
    assertThat(part.standing().values()).containsExactly(Standing.times(T, T + 3 * TICK));
  }

  @Test
  void anAlertThatHasFiredSinceAnotherTickIsRaisedAgain() {
    rules(
        """
        - alert: Both
          expr: a + on (site) b > 3
          for: 30s
        """);
    values(0, 5, 5, 5, 5);
    for (long tick = 0; tick < 4; tick++) {
      send(Series.gauge("b", "site", "s1", "robot_id", "r1"), T + tick * TICK, 1);
    }
    Series other = Series.gauge("b", "site", "s1", "robot_id", "r2");
    send(other, T + 2 * TICK, 1);
    send(other, T + 2 * TICK + 1, StaleMarker.VALUE);
    part.watermark(T + 3 * TICK);
    assertThat(part.failures).hasSize(1);

    send(other, T + 2 * TICK, StaleMarker.VALUE);
    part.watermark(T + 3 * TICK + 1);

    assertThat(words())
        .containsExactly(
            "FIRING on_time since 0 from 3 turn 1: null",
            "FIRING late since 0 from 2 turn 2: null");
    assertThat(part.transitions.get(1).alertId()).isEqualTo(part.transitions.get(0).alertId());
  }

  @Test
  void ofTwoValuesForATimeTheOneOfTheHigherPositionCounts() {
    rules("- {alert: High, expr: a > 3}");
    Series series = Series.gauge("a", "robot_id", "r1");
    part.send(batch(series, T, 1, 7));
    part.send(batch(series, T, 9, 3));
    part.watermark(T);
    assertThat(part.transitions).isEmpty();

    part.send(batch(series, T, 5, 7));
    part.watermark(T + 1);
    assertThat(part.transitions).as("of one position the later").hasSize(1);

    part.send(batch(series, T, 5, 8));
    part.send(batch(series, T, 1, 7));
    part.watermark(T + 2);
    assertThat(part.transitions).as("an equal value raises the position").hasSize(1);
  }

  @Test
  void aRetractedCountIsNoPoint() {
    rules("- {alert: Counted, expr: d > 0 or d == 0}");
    Series counted = Series.of("d", Labels.of("robot_id", "r1"), MetricKind.DELTA);
    part.send(batch(counted, T, 2, 1));
    part.watermark(T);
    assertThat(part.standing()).hasSize(1);

    part.send(batch(counted, T, 0, 2));
    part.watermark(T + 1);

    assertThat(part.standing()).isEmpty();
  }

  @Test
  void samplesBeyondTheHorizonAreCountedAndSamplesOfNoRuleAreNot() {
    rules(HOT);
    values(0, 1);
    part.watermark(T + 20 * MINUTE);

    send(Series.gauge("a", "robot_id", "r1"), T, 5);
    send(Series.gauge("other", "robot_id", "r1"), T, 5);

    assertThat(part.beyond).isEqualTo(1);
  }

  @Test
  void sleepsWhenNothingIsToBeSeenAndForgetsAllInTheEnd() {
    rules(HOT);
    send(Series.gauge("other", "robot_id", "r1"), T, 5);
    assertThat(part.store().isEmpty()).as("of no rule").isTrue();

    values(0, 5, 5, 5);
    for (long time = T; time <= T + 60 * MINUTE; time += 1_000) {
      part.watermark(time);
    }

    assertThat(part.standing().values())
        .containsExactly(Standing.times(T + 2 * TICK, T + 4 * TICK));
    assertThat(part.passes)
        .as("five ticks, one of them after the last, and a few looks")
        .isLessThan(12);
    assertThat(part.store().isEmpty()).isTrue();
  }

  @Test
  void aTickReadsAFewSlicesHoweverManyAreKept() {
    rules(HOT);
    for (int tick = 0; tick < 38; tick++) {
      value(tick, 1);
    }
    part.watermark(T + 37 * TICK);
    value(38, 1);
    int before = part.store().accesses();

    part.watermark(T + 38 * TICK);

    assertThat(part.store().accesses() - before).isLessThan(8);
  }

  @Test
  void alertsOfARuleThatIsGoneEnd() {
    rules(HOT);
    values(0, 5, 5, 5);
    part.watermark(T + 2 * TICK);
    assertThat(part.standing()).hasSize(1);

    part.restart(groups("- {alert: Other, expr: a > 100}"));
    part.watermark(T + 3 * TICK);

    AlertTransition last = part.transitions.get(part.transitions.size() - 1);
    assertThat(last.state()).isEqualTo(AlertState.INACTIVE);
    assertThat(last.cause()).isEqualTo(Cause.DEFINITION);
    assertThat(last.endsAt()).isEqualTo(T + 3 * TICK);
  }

  @Test
  void atTheEndOfABoundedInputTimeEndsWithTheNewestSample() {
    rules(HOT);
    values(0, 5, 5, 5);

    part.watermark(Long.MAX_VALUE);

    assertThat(words()).containsExactly("FIRING on_time since 0 from 2 turn 1: r1 at 5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a offset -1m > 3  | alert X: 1:1: a negative offset looks ahead of the tick
          ALERTS            | alert X: a selector that takes in ALERTS; name the metrics that it is for
          {site="s1"} > 3   | alert X: a selector that takes in ALERTS; name the metrics that it is for
          """)
  void rulesThatCannotBeEvaluatedOnAStreamAreRefused(String expr, String fault) {
    assertThatThrownBy(() -> rules("- {alert: X, expr: '" + expr + "'}"))
        .hasMessage("r.yml:4:22: " + fault);
  }

  private static List<RuleGroup> groups(String rules) {
    return Rules.read(Rules.group(rules).replace("  interval: 1m\n", "")).file().groups();
  }

  private void rules(String rules) {
    part = new PartDriver(groups(rules), OPTIONS, HORIZON);
  }

  /** Values of a robot, one a tick. */
  private void values(int firstTick, double... values) {
    for (int i = 0; i < values.length; i++) {
      value(firstTick + i, values[i]);
    }
  }

  private void value(int tick, double value) {
    send(Series.gauge("a", "robot_id", "r1", "site", "s1"), T + tick * TICK, value);
  }

  private void send(Series series, long time, double value) {
    part.send(batch(series, time, value, offset++));
  }

  private static SampleBatch batch(Series series, long time, double value, long offset) {
    return SampleBatch.at(
        time, SeriesLayout.of(series), new double[] {value}, new Position("samples", 0, offset));
  }

  /** Transitions, with ticks since the first. */
  private List<String> words() {
    return part.transitions.stream().map(PartRulesTest::words).toList();
  }

  private static String words(AlertTransition each) {
    String since = " since " + tick(each.activeAt());
    if (each.withdrawn()) {
      return "withdrawn" + since + " turn " + each.turn();
    }
    return each.state()
        + " "
        + each.cause().word()
        + since
        + " from "
        + tick(each.startsAt())
        + (each.endsAt() == AlertTransition.OPEN ? "" : " to " + tick(each.endsAt()))
        + " turn "
        + each.turn()
        + ": "
        + each.annotations().get("says");
  }

  /** Recorded points, with ticks since the first. */
  private List<String> recorded() {
    return part.points.stream()
        .map(
            point ->
                tick(point.timestamp())
                    + ": "
                    + value(point)
                    + (point.cause() == Cause.LATE ? " late" : ""))
        .toList();
  }

  private static String value(RecordedPoint point) {
    if (point.isRetracted()) {
      return "gone";
    }
    return StaleMarker.is(point.value()) ? "end" : "" + point.value();
  }

  private static long tick(long time) {
    return (time - T) / TICK;
  }
}
