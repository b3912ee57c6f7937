package oht50.metrics.ruleeval;

import java.util.List;
import java.util.TreeSet;
import oht50.metrics.alerting.AlertMachine;
import oht50.metrics.alerting.Verdicts;
import oht50.metrics.model.Hash64;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.syntax.Expr;
import oht50.metrics.rulefile.AlertingRule;
import oht50.metrics.rulefile.Rule;
import oht50.metrics.rulefile.RuleGroup;
import oht50.metrics.ruleplan.Partials;
import oht50.metrics.ruleplan.PlacedRule;
import oht50.metrics.ruleplan.Placement;
import oht50.metrics.ruleplan.Reach;
import oht50.metrics.ruleplan.Role;
import oht50.metrics.ruleplan.SaysOfNothing;
import oht50.metrics.ruleplan.Validity;

/** A rule, when it is evaluated, and what it looks at. */
final class PlannedRule {
  private final int order;
  private final PlacedRule placed;
  private final long interval;
  private final List<Reach.Need> needs;
  private final long reach;
  private final boolean saysOfNothing;
  private final Verdicts verdicts; // null if it records
  private final AlertMachine machine; // null if it records

  /**
   * @param order its place among all rules of a part
   * @param interval how far apart its ticks are, ms
   */
  PlannedRule(int order, PlacedRule placed, long interval, RuleSettings settings) {
    this.order = order;
    this.placed = placed;
    this.interval = interval;
    Rule rule = placed.rule();
    this.needs = placed.role() == Role.TAKEN ? List.of() : needsOf(placed, settings);
    this.reach = needs.stream().mapToLong(Reach.Need::millis).max().orElse(0);
    this.saysOfNothing = placed.exprs().stream().anyMatch(SaysOfNothing::may);
    boolean isAlert = rule instanceof AlertingRule;
    this.verdicts = isAlert ? new Verdicts((AlertingRule) rule, settings.installation()) : null;
    this.machine = isAlert ? machine(placed) : null;
  }

  /** While the rule is not valid nothing is kept firing. */
  private static AlertMachine machine(PlacedRule placed) {
    TreeSet<Long> changes = new TreeSet<>(placed.validity().changes());
    placed.formers().forEach(former -> changes.add(former.until()));
    AlertMachine machine = waits(placed, Long.MIN_VALUE);
    for (long tick : changes) {
      machine = waits(placed, tick).replacing(machine, tick);
    }
    return machine;
  }

  private static AlertMachine waits(PlacedRule placed, long tick) {
    AlertMachine waits = AlertMachine.of((AlertingRule) placed.rule(tick));
    return placed.validity().at(tick) ? waits : new AlertMachine(waits.forMillis(), 0);
  }

  /** A partial result is there at the tick of its rule or, with a marker, it is not. */
  private static List<Reach.Need> needsOf(PlacedRule placed, RuleSettings settings) {
    return placed.exprs().stream()
        .flatMap(expr -> Reach.of(expr, settings.options()).needs().stream())
        .map(
            need ->
                Partials.areSelected(need.matchers())
                    ? new Reach.Need(need.matchers(), 1, need.isOfGrowth())
                    : need)
        .distinct()
        .toList();
  }

  int order() {
    return order;
  }

  RuleGroup group() {
    return placed.group();
  }

  Rule rule() {
    return placed.rule();
  }

  /** What it evaluates at a tick. */
  Expr expr(long tick) {
    return placed.rule(tick).expr();
  }

  long id() {
    return placed.rule().id();
  }

  /** The rule in the identity of its alerts: names need not be unique. */
  String identity() {
    return Hash64.toHex(id());
  }

  Verdicts verdicts() {
    return verdicts;
  }

  AlertMachine machine() {
    return machine;
  }

  Role role() {
    return placed.role();
  }

  /** Whether the part of everything looks at what it records, too. */
  boolean isHandedOn() {
    return placed.isHandedOn();
  }

  /** Whether what it says becomes samples of a metric, and is evaluated here. */
  boolean records(String metric) {
    return !isAlert() && placed.role() == Role.EVALUATED && rule().name().equals(metric);
  }

  /** Whether it is evaluated here. */
  boolean isEvaluated() {
    return placed.role() != Role.TAKEN;
  }

  /** Whether it may say something where there are no samples. */
  boolean saysOfNothing() {
    return saysOfNothing && isEvaluated();
  }

  Validity validity() {
    return placed.validity();
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

  /** Whether it may take in what another one records. */
  boolean looksAt(PlannedRule other) {
    return !other.isAlert()
        && needs.stream()
            .anyMatch(
                need ->
                    !Partials.areSelected(need.matchers())
                        && Placement.mayTakeIn(need, other.rule().name()));
  }

  /** How far back of a tick it looks, ms. */
  long reach() {
    return reach;
  }

  /** How far back of a tick it looks at points of a series, ms; 0 if it does not. */
  long reach(Labels series) {
    long longest = 0;
    for (Reach.Need need : needs) {
      if (Partials.meets(need.matchers(), series)) {
        longest = Math.max(longest, need.millis());
      }
    }
    return longest;
  }

  /** Whether it looks at what a series is, and not only at its growth. */
  boolean looksAtTotal(Labels series) {
    return needs.stream()
        .anyMatch(need -> !need.isOfGrowth() && Partials.meets(need.matchers(), series));
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
