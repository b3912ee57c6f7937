package oht50.metrics.simulation.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.RuleSet;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.model.StaleMarker;
import org.junit.jupiter.api.Test;

/** The oracle against answers found by hand; ticks are 30 s apart. */
class NaiveRulesTest {
  private static final long T = RuleSetup.BEGIN;
  private static final long TICK = 30_000;
  private static final Labels RECORDED = Labels.of("__name__", "r", "robot_id", "r1");

  private final List<RuleSet> sets = new ArrayList<>();

  private void rules(long from, String... rules) {
    TreeMap<String, String> files = new TreeMap<>();
    files.put(
        "r.yml",
        "groups:\n- name: g\n  interval: 30s\n  rules:\n  - " + String.join("\n  - ", rules));
    sets.add(RuleSet.configured(files).effectiveFrom(from));
  }

  private NaiveRules over(double... values) {
    List<SampleBatch> batches = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      batches.add(
          new SampleBatch(
              SeriesLayout.of(Series.of("a", Labels.of("robot_id", "r1"), MetricKind.GAUGE)),
              new long[] {T + i * TICK},
              new double[] {values[i]},
              1,
              i));
    }
    return NaiveRules.run(RuleHistories.lives(sets), batches, T, T + (values.length - 1) * TICK);
  }

  private static String times(int since, int from, String until) {
    return "A {alertname=\"A\", robot_id=\"r1\"} since %d=%d to %s"
        .formatted(T + since * TICK, T + from * TICK, until);
  }

  private static String tick(int number) {
    return Long.toString(T + number * TICK);
  }

  @Test
  void anAlertWaitsFiresAndEnds() {
    rules(RuleSet.ALWAYS, "{alert: A, expr: a > 1, for: 1m}");

    assertThat(over(2, 2, 0, 2, 2, 2, 2, 0).alerts().entrySet())
        .extracting(Object::toString)
        .containsExactly(times(3, 5, tick(7)));
  }

  @Test
  void anAlertFiresOnAsLongAsItIsKept() {
    rules(RuleSet.ALWAYS, "{alert: A, expr: a > 1, keep_firing_for: 1m}");

    assertThat(over(2, 0, 2, 0, 0, 0, 0, 2).alerts().entrySet())
        .extracting(Object::toString)
        .containsExactly(times(0, 0, tick(5)), times(7, 7, "now"));
  }

  @Test
  void aRecordedSeriesEndsWithAMarker() {
    rules(RuleSet.ALWAYS, "{record: r, expr: a > 1}");

    NaiveRules naive = over(2, 0, 3);

    assertThat(naive.recorded().get(RECORDED, T)).isEqualTo(2);
    assertThat(StaleMarker.is(naive.recorded().get(RECORDED, T + TICK))).isTrue();
    assertThat(naive.recorded().get(RECORDED, T + 2 * TICK)).isEqualTo(3);
  }

  @Test
  void anotherSetEndsWhatIsGone() {
    rules(RuleSet.ALWAYS, "{alert: A, expr: a > 1}", "{record: r, expr: a}");
    rules(T + TICK + 1, "{record: r, expr: a}");

    NaiveRules naive = over(2, 2, 2, 2);

    assertThat(naive.alerts().entrySet())
        .extracting(Object::toString)
        .containsExactly(times(0, 0, tick(2)));
    assertThat(naive.recorded().get(RECORDED, T + 3 * TICK)).isEqualTo(2);
  }
}
