package oht50.metrics.ruleeval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.promql.eval.EvaluationOptions;
import oht50.metrics.rulefile.RuleGroup;
import oht50.metrics.rulefile.Rules;
import oht50.metrics.ruleplan.RuleTimeline;
import org.junit.jupiter.api.Test;

/** What becomes of what was said when other rules become known. */
class RuleSetsTest {
  private static final long T = 1_795_546_200_000L; // a tick
  private static final long TICK = PartDriver.INTERVAL.toMillis();
  private static final long EVER = Long.MIN_VALUE;
  private static final EvaluationOptions OPTIONS = new EvaluationOptions(20_000, 60_000, false);

  private final PartDriver part = new PartDriver(List.of(), OPTIONS, Duration.ofMinutes(10));
  private final RuleTimeline timeline = new RuleTimeline(OPTIONS);
  private long sets;
  private long offset;

  private void valid(long from, String... rules) {
    String text = "groups:\n- name: g\n  rules:\n  - " + String.join("\n  - ", rules) + "\n";
    List<RuleGroup> groups = Rules.read(text).file().groups();
    timeline.add(++sets, from, groups);
    part.load(timeline.plans(), from);
  }

  /** A value for each tick from one on. */
  private void values(int tick, double... values) {
    for (double value : values) {
      part.send(
          new SampleBatch(
              SeriesLayout.of(Series.of("a", Labels.of("robot_id", "r1"), MetricKind.GAUGE)),
              new long[] {T + TICK * tick++},
              new double[] {value},
              1,
              offset++));
    }
  }

  /** Null if there is none. */
  private Double recorded(int tick) {
    return part.recorded().get(Labels.of("__name__", "r", "robot_id", "r1"), T + tick * TICK);
  }

  @Test
  void anotherWaitThatBecomesKnownLateCorrectsAnEnd() {
    valid(EVER, "{alert: A, expr: a > 3, keep_firing_for: 30s}");
    values(0, 5, 1, 1, 1, 1);
    part.watermark(T + 4 * TICK);
    assertThat(part.standing()).containsValue(T + " to " + (T + 3 * TICK));

    valid(T + TICK, "{alert: A, expr: a > 3}");
    part.watermark(T + 5 * TICK);

    assertThat(part.standing()).containsValue(T + " to " + (T + TICK));
  }

  @Test
  void anAlertOfARuleThatIsGoneIsNotKeptFiring() {
    valid(EVER, "{alert: A, expr: a > 3, keep_firing_for: 10m}", "{alert: B, expr: a > 9}");
    values(0, 5, 5, 5);
    part.watermark(T + TICK);

    valid(T + 2 * TICK, "{alert: B, expr: a > 9}");
    part.watermark(T + 3 * TICK);

    assertThat(part.standing()).containsValue(T + " to " + (T + 2 * TICK));
  }

  @Test
  void aGoneRecordStillComesBeforeWhatLookedAtIt() {
    valid(EVER, "{record: r, expr: a}", "{alert: A, expr: r > 3}");
    values(0, 5, 1);
    part.watermark(T + 2 * TICK);
    assertThat(part.standing()).containsValue(T + " to " + (T + TICK));
    valid(T + 3 * TICK, "{alert: A, expr: r > 3}");

    values(1, 4); // in the place of the 1
    part.watermark(T + 4 * TICK);

    assertThat(part.standing()).containsValue(T + " to " + (T + 3 * TICK));
  }

  @Test
  void ticksBeforeASetThatTurnsRulesRoundStayInTheirOrder() {
    valid(EVER, "{alert: A, expr: r > 3}", "{record: r, expr: a}");
    values(0, 1, 5, 5, 5);
    part.watermark(T + 2 * TICK);
    assertThat(part.standing()).containsValue(T + 2 * TICK + " to now");
    valid(T + 3 * TICK, "{record: r, expr: a}", "{alert: A, expr: r > 3}");

    values(1, 6); // in the place of the 5
    part.watermark(T + 4 * TICK);

    assertThat(recorded(1)).isEqualTo(6);
    assertThat(part.standing()).containsValue(T + 2 * TICK + " to now");
  }

  @Test
  void aTurnThatBecomesKnownLateHoldsFromItsTickOn() {
    valid(EVER, "{alert: A, expr: r > 3}", "{record: r, expr: a}");
    values(0, 1, 1, 5, 5, 5);
    part.watermark(T + 4 * TICK);
    assertThat(part.standing()).containsValue(T + 3 * TICK + " to now");

    valid(T + 2 * TICK, "{record: r, expr: a}", "{alert: A, expr: r > 3}");
    part.watermark(T + 5 * TICK);

    assertThat(part.standing().values()).containsExactly(T + 2 * TICK + " to now");
  }

  @Test
  void aRecordGoesOnWhenAnotherRuleTakesItsName() {
    valid(EVER, "{record: r, expr: a}", "{alert: A, expr: r > 3}");
    values(0, 5, 5);
    part.watermark(T + TICK);

    valid(T + 2 * TICK, "{record: r, expr: a + 1}", "{alert: A, expr: r > 3}");
    values(2, 5, 5);
    part.watermark(T + 3 * TICK);

    assertThat(List.of(recorded(1), recorded(2), recorded(3))).containsExactly(5.0, 6.0, 6.0);
    assertThat(part.standing()).containsValue(T + " to now");
  }
}
