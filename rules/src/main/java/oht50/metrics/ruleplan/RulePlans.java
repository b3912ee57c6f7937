package oht50.metrics.ruleplan;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which rules are evaluated in which parts, at all ticks that are of interest.
 *
 * @param plans the rules of each, by number
 * @param orders in which they are evaluated
 */
public record RulePlans(
    SortedMap<PlanName, List<PlacedRule>> plans,
    SortedMap<PlanName, RuleOrders> orders,
    RuleVersions versions)
    implements Serializable {
  public RulePlans {
    plans = Collections.unmodifiableSortedMap(new TreeMap<>(plans));
    orders = Collections.unmodifiableSortedMap(new TreeMap<>(orders));
  }

  /** Of rules that are the same for ever. */
  public static RulePlans of(SortedMap<PlanName, List<PlacedRule>> plans) {
    return new RulePlans(plans, new TreeMap<>(), RuleVersions.ONE);
  }

  public RuleOrders orders(PlanName plan) {
    return orders.getOrDefault(plan, RuleOrders.OF_NUMBERS);
  }
}
