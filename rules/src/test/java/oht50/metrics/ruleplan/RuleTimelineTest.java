package oht50.metrics.ruleplan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.promql.eval.EvaluationOptions;
import oht50.metrics.rulefile.RuleGroup;
import oht50.metrics.rulefile.Rules;
import org.junit.jupiter.api.Test;

/** From when to when the rules of sets that follow one another are valid. */
class RuleTimelineTest {
  private static final long MINUTE = 60_000;
  private static final long LOOKBACK = 5 * MINUTE;
  private static final long FIRST = 1_000 * MINUTE;
  private static final long SECOND = 2_000 * MINUTE;

  private final RuleTimeline timeline = new RuleTimeline(EvaluationOptions.DEFAULT);
  private long number;

  private void valid(long from, String... rules) {
    String text = "groups:\n- name: g\n  rules:\n  - " + String.join("\n  - ", rules) + "\n";
    List<RuleGroup> groups = Rules.read(text).file().groups();
    timeline.add(number++, from, groups);
  }

  /** Name of the rule -> its spans, in the parts of a kind. */
  private Map<String, List<Validity.Span>> spans(PartKind kind) {
    Map<String, List<Validity.Span>> spans = new TreeMap<>();
    for (PlacedRule rule : timeline.plans().plans().get(new PlanName(kind, 0))) {
      if (rule.role() == Role.EVALUATED) {
        spans.put(rule.rule().name(), rule.validity().spans());
      }
    }
    return spans;
  }

  private static List<Validity.Span> span(long from, long until) {
    return List.of(new Validity.Span(from, until));
  }

  private static final long EVER = Long.MIN_VALUE;
  private static final long OPEN = Long.MAX_VALUE;

  @Test
  void whatStaysGoesOnAndWhatIsGoneEndsAtTheTick() {
    valid(EVER, "{alert: Stays, expr: a > 1}", "{alert: Goes, expr: a > 2}");
    valid(FIRST, "{alert: Stays, expr: a > 1}");

    assertThat(spans(PartKind.ROBOT))
        .isEqualTo(Map.of("Stays", span(EVER, OPEN), "Goes", span(EVER, FIRST)));
  }

  @Test
  void whatLooksAtWhatOthersLookedAtSpeaksAtOnce() {
    valid(EVER, "{alert: A, expr: 'rate(c[10m]) > 1'}");
    valid(FIRST, "{alert: A, expr: 'rate(c[10m]) > 2'}", "{alert: B, expr: 'rate(c[5m]) > 1'}");

    assertThat(spans(PartKind.ROBOT).get("B")).isEqualTo(span(FIRST, OPEN));
  }

  @Test
  void whatIsNewWaitsUntilItHasSeenEnough() {
    valid(EVER, "{alert: A, expr: a > 1}");
    valid(FIRST, "{alert: A, expr: a > 1}", "{alert: B, expr: 'rate(c[10m]) > 1 and b > 0'}");

    assertThat(spans(PartKind.ROBOT).get("B")).isEqualTo(span(FIRST + 10 * MINUTE, OPEN));
  }

  @Test
  void aRuleInTwoStagesWaitsForBoth() {
    valid(EVER, "{alert: A, expr: a > 1}");
    valid(FIRST, "{alert: None, expr: 'absent(sum(rate(c[10m])))'}");

    assertThat(spans(PartKind.WHOLE).get("None")).isEqualTo(span(FIRST + 10 * MINUTE, OPEN));
  }

  @Test
  void whatLooksAtANewRecordWaitsForIt() {
    valid(EVER, "{alert: A, expr: a > 1}");
    valid(FIRST, "{record: 'r:c', expr: 'rate(c[10m])'}", "{alert: B, expr: 'r:c > 1'}");

    assertThat(spans(PartKind.ROBOT).get("B"))
        .isEqualTo(span(FIRST + 10 * MINUTE + LOOKBACK, OPEN));
  }

  @Test
  void whatComesBackIsTheSameRule() {
    valid(EVER, "{alert: A, expr: a > 1}", "{alert: B, expr: a > 2}");
    valid(FIRST, "{alert: A, expr: a > 1}");
    valid(SECOND, "{alert: A, expr: a > 1}", "{alert: B, expr: a > 2}");

    assertThat(spans(PartKind.ROBOT).get("B"))
        .containsExactly(new Validity.Span(EVER, FIRST), new Validity.Span(SECOND, OPEN));
  }

  @Test
  void anotherForIsTheSameRuleWithOtherWaits() {
    valid(EVER, "{alert: A, expr: a > 1, for: 5m}");
    valid(FIRST, "{alert: A, expr: a > 1, for: 1m}");

    assertThat(timeline.plans().plans().get(new PlanName(PartKind.ROBOT, 0)))
        .singleElement()
        .satisfies(
            rule -> {
              assertThat(rule.validity()).isEqualTo(Validity.ALWAYS);
              assertThat(rule.formers())
                  .singleElement()
                  .satisfies(
                      former -> {
                        assertThat(former.rule().forMillis()).isEqualTo(5 * MINUTE);
                        assertThat(former.until()).isEqualTo(FIRST);
                      });
            });
  }
}
