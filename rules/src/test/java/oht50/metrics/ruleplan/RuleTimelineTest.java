package oht50.metrics.ruleplan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.promql.eval.EvaluationOptions;
import oht50.metrics.promql.syntax.ExprPrinter;
import oht50.metrics.rulefile.AlertingRule;
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
    validWithOffset("0s", from, rules);
  }

  private void validWithOffset(String offset, long from, String... rules) {
    String text =
        "groups:\n- name: g\n  query_offset: %s\n  rules:\n  - %s\n"
            .formatted(offset, String.join("\n  - ", rules));
    List<RuleGroup> groups = Rules.read(text).file().groups();
    timeline.add(number++, from, groups);
  }

  /** Name of the rule -> its spans, in the parts of a kind. */
  private Map<String, List<Validity.Span>> spans(PartKind kind) {
    return spans(new PlanName(kind, 0));
  }

  private Map<String, List<Validity.Span>> spans(PlanName plan) {
    Map<String, List<Validity.Span>> spans = new TreeMap<>();
    for (PlacedRule rule : timeline.plans().plans().get(plan)) {
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
  void whatLooksAtWhatHasNotComeInYetWaitsForItToo() {
    valid(EVER, "{alert: A, expr: a > 1}");
    valid(FIRST, "{alert: B, expr: 'rate(c[10m]) > 1'}");
    valid(
        FIRST + MINUTE,
        "{alert: B, expr: 'rate(c[10m]) > 1'}",
        "{alert: C, expr: 'rate(c[10m]) > 2'}",
        "{alert: D, expr: 'rate(c[8m]) > 2'}");

    assertThat(spans(PartKind.ROBOT).get("B")).isEqualTo(span(FIRST + 10 * MINUTE, OPEN));
    assertThat(spans(PartKind.ROBOT).get("C")).isEqualTo(span(FIRST + 10 * MINUTE, OPEN));
    assertThat(spans(PartKind.ROBOT).get("D")).isEqualTo(span(FIRST + 8 * MINUTE, OPEN));
  }

  @Test
  void whatLooksSomeTimeBeforeItsTicksWaitsForThatTimeToo() {
    PlanName plan = new PlanName(PartKind.ROBOT, 2 * MINUTE);
    validWithOffset("2m", EVER, "{alert: A, expr: a > 1}");
    validWithOffset(
        "2m",
        FIRST,
        "{alert: A, expr: a > 1}",
        "{record: 'r:c', expr: 'rate(c[10m])'}",
        "{alert: B, expr: 'r:c > 1'}");

    long recorded = FIRST + 12 * MINUTE; // as of two minutes before
    assertThat(spans(plan).get("A")).isEqualTo(span(EVER, OPEN));
    assertThat(spans(plan).get("r:c")).isEqualTo(span(recorded, OPEN));
    assertThat(spans(plan).get("B")).isEqualTo(span(recorded + LOOKBACK, OPEN));
  }

  @Test
  void whatLooksAtARecordThatStillWaitsWaitsForIt() {
    String record = "{record: 'r:c', expr: 'rate(c[10m])'}";
    String looks = "{alert: B, expr: 'r:c > 1'}";
    valid(EVER, "{alert: A, expr: a > 1}");
    valid(FIRST, record, looks);
    valid(FIRST + MINUTE, record, looks, "{alert: C, expr: 'r:c > 2'}");
    valid(FIRST + 12 * MINUTE, record, looks, "{alert: D, expr: 'r:c > 3'}");
    valid(SECOND, record, looks, "{alert: E, expr: 'r:c > 4'}");

    long seen = FIRST + 10 * MINUTE + LOOKBACK;
    assertThat(spans(PartKind.ROBOT).get("B")).isEqualTo(span(seen, OPEN));
    assertThat(spans(PartKind.ROBOT).get("C")).isEqualTo(span(seen, seen));
    assertThat(spans(PartKind.ROBOT).get("D")).isEqualTo(span(seen, SECOND));
    assertThat(spans(PartKind.ROBOT).get("E")).isEqualTo(span(SECOND, OPEN));
  }

  @Test
  void whatGoesBeforeItWouldHaveSpokenKeepsThePlaceAtWhichItMayHaveSpoken() {
    valid(EVER, "{alert: A, expr: a > 1}");
    valid(FIRST, "{alert: A, expr: a > 1}", "{alert: B, expr: 'rate(c[10m]) > 1 and b > 0'}");
    valid(FIRST + MINUTE, "{alert: A, expr: a > 1}");

    long speaks = FIRST + 10 * MINUTE;
    assertThat(spans(PartKind.ROBOT).get("B")).isEqualTo(span(speaks, speaks));
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
                        assertThat(((AlertingRule) former.rule()).forMillis())
                            .isEqualTo(5 * MINUTE);
                        assertThat(former.until()).isEqualTo(FIRST);
                      });
            });
  }

  private List<PlacedRule> rules(PartKind kind) {
    return timeline.plans().plans().get(new PlanName(kind, 0));
  }

  @Test
  void whatIsDividedOtherwiseBeginsAnew() {
    valid(EVER, "{record: r, expr: min(a)}", "{alert: Some, expr: count(r) > 0}");
    valid(FIRST, "{alert: Some, expr: count(r) > 0}");

    PlacedRule some =
        rules(PartKind.WHOLE).stream()
            .filter(rule -> rule.rule().name().equals("Some") && rule.role() == Role.EVALUATED)
            .findFirst()
            .orElseThrow();
    assertThat(some.validity().spans())
        .containsExactly(new Validity.Span(EVER, FIRST), new Validity.Span(FIRST + LOOKBACK, OPEN));
    assertThat(ExprPrinter.print(some.rule(FIRST - 1).expr())).isEqualTo("count (r) > 0");
    assertThat(ExprPrinter.print(some.rule(FIRST + LOOKBACK).expr())).contains(Partials.LABEL);
  }

  @Test
  void aPartOfARuleIsTheSameWhateverOtherPartsItHas() {
    valid(EVER, "{record: r, expr: min(a)}", "{alert: Two, expr: count(r) > count(b)}");
    List<Long> before = partials();
    valid(FIRST, "{alert: Two, expr: count(r) > count(b)}");

    assertThat(before).hasSize(2); // of min(a) and of count(b)
    assertThat(partials()).hasSize(3).containsAll(before);
  }

  private List<Long> partials() {
    return rules(PartKind.ROBOT).stream()
        .filter(rule -> rule.role() == Role.PARTIAL)
        .map(rule -> rule.rule().id())
        .toList();
  }

  @Test
  void aRecordThatMovesGoesOnOnceItHasEndedElsewhere() {
    valid(EVER, "{record: r, expr: min(a)}", "{alert: A, expr: a > 1}");
    valid(FIRST, "{record: r, expr: a}", "{alert: A, expr: a > 1}");

    assertThat(spans(PartKind.WHOLE).get("r")).isEqualTo(span(EVER, FIRST));
    assertThat(spans(PartKind.ROBOT).get("r")).isEqualTo(span(FIRST + LOOKBACK, OPEN));
  }

  @Test
  void whatIsTakenNowWasEvaluatedBefore() {
    valid(EVER, "{record: q, expr: min(a)}", "{record: r, expr: q}");
    valid(FIRST, "{record: r, expr: q}", "{alert: None, expr: absent(r)}");

    assertThat(spans(PartKind.WHOLE).get("r")).isEqualTo(span(EVER, FIRST));
    assertThat(rules(PartKind.WHOLE))
        .filteredOn(rule -> rule.role() == Role.TAKEN)
        .extracting(rule -> rule.rule().name())
        .containsExactlyInAnyOrder("q", "r"); // of q what its part of min(a) says
  }

  @Test
  void whatWasHandedOnIsSoForTicksBefore() {
    valid(EVER, "{record: r, expr: a}", "{alert: None, expr: absent(r)}");
    valid(FIRST, "{record: r, expr: a}");

    assertThat(rules(PartKind.ROBOT))
        .filteredOn(rule -> rule.rule().name().equals("r"))
        .allMatch(PlacedRule::isHandedOn);
  }

  private List<String> inOrderAt(long tick) {
    RuleOrders orders = timeline.plans().orders(new PlanName(PartKind.ROBOT, 0));
    return orders.at(tick).sorted(rules(PartKind.ROBOT)).stream()
        .map(rule -> rule.rule().name())
        .toList();
  }

  /** What is not valid comes first, so that all others see that it says nothing. */
  @Test
  void atEachTickRulesComeInTheOrderOfTheSetThatIsValid() {
    valid(EVER, "{alert: A, expr: r > 1}", "{record: r, expr: a}", "{alert: Goes, expr: a > 1}");
    valid(FIRST, "{record: r, expr: a}", "{alert: A, expr: r > 1}", "{alert: New, expr: a > 2}");
    valid(SECOND, "{alert: New, expr: a > 2}", "{record: r, expr: a}", "{alert: A, expr: r > 1}");

    assertThat(inOrderAt(FIRST - 1)).containsExactly("New", "A", "r", "Goes");
    assertThat(inOrderAt(FIRST)).containsExactly("Goes", "r", "A", "New");
    assertThat(inOrderAt(SECOND)).containsExactly("Goes", "New", "r", "A");
  }

  @Test
  void whatWillBeEvaluatedHereHasThePlaceOfWhatIsEvaluatedElsewhere() {
    valid(EVER, "{alert: None, expr: absent(r)}", "{record: r, expr: q}", "{record: q, expr: a}");
    valid(
        FIRST,
        "{alert: None, expr: absent(r)}",
        "{record: r, expr: q}",
        "{record: q, expr: min(a)}");

    RuleOrders orders = timeline.plans().orders(new PlanName(PartKind.WHOLE, 0));
    List<PlacedRule> all = rules(PartKind.WHOLE);
    List<PlacedRule> before = orders.at(FIRST - 1).sorted(all);
    int none = before.indexOf(only("None", Role.EVALUATED, all));
    assertThat(before.indexOf(only("r", Role.TAKEN, all))).isGreaterThan(none);
    assertThat(before.indexOf(only("r", Role.EVALUATED, all))).isGreaterThan(none);
  }

  private static PlacedRule only(String name, Role role, List<PlacedRule> rules) {
    return rules.stream()
        .filter(rule -> rule.rule().name().equals(name) && rule.role() == role)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whereNothingChangesAllTicksHaveOneOrder() {
    valid(EVER, "{alert: A, expr: a > 1}", "{alert: B, expr: b > 1}");
    valid(FIRST, "{alert: A, expr: a > 1}", "{alert: B, expr: b > 1, for: 5m}");

    assertThat(timeline.plans().orders(new PlanName(PartKind.ROBOT, 0)))
        .isSameAs(RuleOrders.OF_NUMBERS);
  }
}
