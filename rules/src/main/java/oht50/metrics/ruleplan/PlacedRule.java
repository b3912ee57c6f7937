package oht50.metrics.ruleplan;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import oht50.metrics.promql.syntax.Expr;
import oht50.metrics.promql.syntax.ExprPrinter;
import oht50.metrics.rulefile.AlertingRule;
import oht50.metrics.rulefile.Rule;
import oht50.metrics.rulefile.RuleGroup;

/**
 * A rule in parts of a kind.
 *
 * @param origin the id of the rule in its file, of which this is a part or all
 * @param isHandedOn whether what it records is looked at by the part of everything, too
 * @param formers how it waited, and was divided, before, the oldest first; empty if it always was
 *     as it is
 */
public record PlacedRule(
    RuleGroup group,
    Rule rule,
    long origin,
    Role role,
    boolean isHandedOn,
    Validity validity,
    List<Former> formers)
    implements Serializable {

  public PlacedRule {
    formers = List.copyOf(formers);
  }

  /**
   * The same rule with other waits, or divided otherwise.
   *
   * @param until the first tick of the next ones
   */
  public record Former(Rule rule, long until) implements Serializable {}

  static PlacedRule of(RuleGroup group, Rule rule, Role role) {
    return part(group, rule, rule.id(), role);
  }

  static PlacedRule part(RuleGroup group, Rule rule, long origin, Role role) {
    return new PlacedRule(
        group, rule, origin, role, role == Role.PARTIAL, Validity.ALWAYS, List.of());
  }

  /** All rules of groups in their order, as if all series were in one part. */
  public static List<PlacedRule> allOf(List<RuleGroup> groups) {
    List<PlacedRule> all = new ArrayList<>();
    for (RuleGroup group : groups) {
      group.rules().forEach(rule -> all.add(of(group, rule, Role.EVALUATED)));
    }
    return all;
  }

  PlacedRule handedOn() {
    return new PlacedRule(group, rule, origin, role, true, validity, formers);
  }

  PlacedRule valid(Validity other) {
    return new PlacedRule(group, rule, origin, role, isHandedOn, other, formers);
  }

  /** Beginning at a tick, in the place of what it was before. */
  PlacedRule inPlaceOf(PlacedRule before, long tick) {
    List<Former> all = new ArrayList<>(before.formers);
    if (waitsOtherwiseThan(before) || isDividedOtherwiseThan(before)) {
      all.add(new Former(before.rule, tick));
    }
    // Ticks before it may still be judged, of which it is looked at by the part of everything.
    boolean isEverHandedOn = isHandedOn || before.isHandedOn;
    return new PlacedRule(group, rule, origin, role, isEverHandedOn, before.validity, all);
  }

  private boolean waitsOtherwiseThan(PlacedRule before) {
    return rule instanceof AlertingRule alert
        && before.rule instanceof AlertingRule former
        && (alert.forMillis() != former.forMillis()
            || alert.keepFiringForMillis() != former.keepFiringForMillis());
  }

  /** Whether other parts of it are evaluated elsewhere, though as a whole it is the same. */
  boolean isDividedOtherwiseThan(PlacedRule before) {
    return !ExprPrinter.print(rule.expr()).equals(ExprPrinter.print(before.rule.expr()));
  }

  /** As it is at a tick. */
  public Rule rule(long tick) {
    for (Former former : formers) {
      if (tick < former.until) {
        return former.rule;
      }
    }
    return rule;
  }

  /** All that it evaluates at any tick, the newest last. */
  public List<Expr> exprs() {
    List<Expr> all = new ArrayList<>();
    formers.forEach(former -> all.add(former.rule.expr()));
    all.add(rule.expr());
    return all;
  }
}
