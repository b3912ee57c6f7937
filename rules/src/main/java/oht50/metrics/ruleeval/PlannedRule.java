package oht50.metrics.ruleeval;

import java.util.List;
import oht50.metrics.alerting.AlertMachine;
import oht50.metrics.alerting.Installation;
import oht50.metrics.alerting.Verdicts;
import oht50.metrics.model.Hash64;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.eval.EvaluationOptions;
import oht50.metrics.rulefile.AlertingRule;
import oht50.metrics.rulefile.Rule;
import oht50.metrics.rulefile.RuleGroup;
import oht50.metrics.ruleplan.Reach;

/** A rule, when it is evaluated, and what it looks at. */
final class PlannedRule {
  private final int order;
  private final RuleGroup group;
  private final Rule rule;
  private final long interval;
  private final List<Reach.Need> needs;
  private final long reach;
  private final Verdicts verdicts; // null if it records
  private final AlertMachine machine; // null if it records

  /**
   * @param order its place among all rules of a part
   * @param interval how far apart its ticks are, ms
   */
  PlannedRule(
      int order,
      RuleGroup group,
      Rule rule,
      long interval,
      Installation installation,
      EvaluationOptions options) {
    this.order = order;
    this.group = group;
    this.rule = rule;
    this.interval = interval;
    Reach needed = Reach.of(rule.expr(), options);
    this.needs = needed.needs();
    this.reach = needed.millis();
    boolean isAlert = rule instanceof AlertingRule;
    this.verdicts = isAlert ? new Verdicts((AlertingRule) rule, installation) : null;
    this.machine = isAlert ? AlertMachine.of((AlertingRule) rule) : null;
  }

  int order() {
    return order;
  }

  RuleGroup group() {
    return group;
  }

  Rule rule() {
    return rule;
  }

  long id() {
    return rule.id();
  }

  /** The rule in the identity of its alerts: names need not be unique. */
  String identity() {
    return Hash64.toHex(rule.id());
  }

  Verdicts verdicts() {
    return verdicts;
  }

  AlertMachine machine() {
    return machine;
  }

  boolean isAlert() {
    return machine != null;
  }

  long interval() {
    return interval;
  }

  List<Reach.Need> needs() {
    return needs;
  }

  /** How far back of a tick it looks, ms. */
  long reach() {
    return reach;
  }

  /** How far back of a tick it looks at points of a series, ms; 0 if it does not. */
  long reach(Labels series) {
    long longest = 0;
    for (Reach.Need need : needs) {
      if (need.matchers().stream().allMatch(each -> each.matches(series.get(each.name())))) {
        longest = Math.max(longest, need.millis());
      }
    }
    return longest;
  }

  boolean isTick(long time) {
    return Math.floorMod(time, interval) == 0;
  }

  /** The last tick not after a time. */
  long tickAt(long time) {
    return Math.floorDiv(time, interval) * interval;
  }

  /** The first tick not before a time. */
  long tickFrom(long time) {
    return tickAt(time + interval - 1);
  }
}
