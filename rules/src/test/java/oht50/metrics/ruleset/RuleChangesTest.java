package oht50.metrics.ruleset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.alerting.Installation;
import oht50.metrics.model.Position;
import oht50.metrics.model.RuleSet;
import oht50.metrics.model.SourceNames;
import oht50.metrics.promql.eval.EvaluationOptions;
import oht50.metrics.ruleeval.RuleSettings;
import org.junit.jupiter.api.Test;

/** What another set makes of each rule. */
class RuleChangesTest {
  private static final long AT = 3_600_000;
  private static final long MINUTE = 60_000;

  private static final RuleSettings SETTINGS =
      new RuleSettings(
          Installation.UNNAMED,
          EvaluationOptions.DEFAULT,
          RuleSettings.DEFAULT_INTERVAL,
          Duration.ofHours(2),
          RuleSettings.DEFAULT_MAX_LOOKBACK,
          SourceNames.NONE);

  private static RuleSet set(String rules) {
    return files(Map.of("a.yml", "groups:\n- name: g\n  rules:\n" + rules));
  }

  private static RuleSet files(Map<String, String> files) {
    return new RuleSet(AT, new TreeMap<>(files), new Position("t", 0, 0));
  }

  private static List<String> changes(RuleSet before, RuleSet after) throws InvalidRules {
    return RuleChanges.between(before, after, SETTINGS).stream()
        .map(
            each ->
                each.kind()
                    + " "
                    + each.rule().words()
                    + " "
                    + each.differences()
                    + (each.goesOn() ? "" : " after " + (each.speaksFrom() - AT) / MINUTE + "m"))
        .toList();
  }

  @Test
  void aRuleIsNewChangedGoneOrUnchanged() throws Exception {
    RuleSet before =
        set(
            """
              - {alert: Stays, expr: up == 0, for: 5m}
              - {alert: Waits, expr: up == 0, for: 5m, labels: {a: b}}
              - {alert: Other, expr: up == 0, labels: {a: c}}
              - {alert: Leaves, expr: up == 0}
            """);
    RuleSet after =
        set(
            """
              - {record: 'job:up:sum', expr: 'sum by (job) (rate(x[30m]))'}
              - {alert: Stays, expr: 'up  == 0', for: 300s}
              - {alert: Waits, expr: up == 0, for: 1m, labels: {a: b}, annotations: {c: d}}
              - {alert: Other, expr: up > 0, labels: {a: d}}
            """);

    assertThat(changes(before, after))
        .containsExactly(
            "NEW record job:up:sum [] after 30m",
            "UNCHANGED alert Stays []",
            "CHANGED alert Waits [annotations, for]",
            "CHANGED alert Other [expr, labels] after 0m",
            "GONE alert Leaves []");
  }

  @Test
  void ofSeveralRulesOfANameEachIsComparedWithOneThatIsGone() throws Exception {
    RuleSet before =
        set(
            """
              - {alert: Hot, expr: t > 60, labels: {severity: warning}}
              - {alert: Hot, expr: t > 80, labels: {severity: critical}}
            """);
    RuleSet after =
        set(
            """
              - {alert: Hot, expr: t > 90, labels: {severity: critical}}
              - {alert: Hot, expr: t > 60, labels: {severity: warning}}
              - {alert: Hot, expr: t > 99, labels: {severity: page}}
            """);

    assertThat(changes(before, after))
        .containsExactly(
            "CHANGED alert Hot [expr] after 0m",
            "UNCHANGED alert Hot []",
            "NEW alert Hot [] after 0m");
  }

  @Test
  void theGroupsOwnIsARulesToo() throws Exception {
    RuleSet before = files(Map.of("a.yml", group("interval: 15s")));
    RuleSet after = files(Map.of("a.yml", group("interval: 30s")));

    assertThat(changes(before, after)).containsExactly("CHANGED alert A [interval] after 0m");
  }

  private static String group(String settings) {
    return "groups: [{name: g, " + settings + ", rules: [{alert: A, expr: up == 0}]}]";
  }

  @Test
  void faultsThatOnlyAStreamKnowsHaveTheirPlaceToo() {
    assertThatThrownBy(
            () ->
                RuleFiles.check(
                    set("  - {alert: A, expr: 'rate(x[2d]) > 0'}\n  - {alert: B, expr: ALERTS}\n")
                        .files(),
                    SETTINGS))
        .isInstanceOf(InvalidRules.class)
        .satisfies(
            thrown ->
                assertThat(thrown.getMessage().lines())
                    .hasSize(2)
                    .anyMatch(line -> line.startsWith("a.yml:4:22: alert A: it looks back 48H"))
                    .anyMatch(line -> line.startsWith("a.yml:5:22: alert B: a selector that")));
  }
}
