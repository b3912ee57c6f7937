package oht50.metrics.ruleeval;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import oht50.metrics.ruleplan.PartKind;
import oht50.metrics.ruleplan.PlanName;
import oht50.metrics.ruleplan.RuleOrders;
import oht50.metrics.ruleplan.RulePlans;

/** The rules of all parts of a fleet. */
public final class FleetRules {
  private final Map<String, PartRules> byPrefix = new HashMap<>(); // of the parts of a plan
  private final RulePlans plans;
  private final RuleSettings settings;
  private final PartRules none;

  /**
   * @throws IllegalArgumentException if rules cannot be evaluated on a stream, with all reasons
   */
  public FleetRules(RulePlans plans, RuleSettings settings) {
    this.plans = plans;
    this.settings = settings;
    this.none = new PartRules(List.of(), RuleOrders.OF_NUMBERS, plans.versions(), settings);
    List<String> faults = new ArrayList<>();
    plans
        .plans()
        .forEach(
            (name, rules) -> {
              try {
                byPrefix.put(
                    name.prefix(),
                    new PartRules(rules, plans.orders(name), plans.versions(), settings));
              } catch (IllegalArgumentException e) {
                e.getMessage().lines().forEach(faults::add);
              }
            });
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", faults.stream().distinct().toList()));
    }
  }

  public PartRouting routing() {
    return new PartRouting(plans.plans(), settings.options());
  }

  /** Those of a part; none if there are no such parts any more. */
  public PartRules of(String part) {
    return byPrefix.getOrDefault(PlanName.prefixOf(part), none);
  }

  /** The parts of everything. */
  public List<String> wholes() {
    return plans.plans().keySet().stream()
        .filter(plan -> plan.kind() == PartKind.WHOLE)
        .map(PlanName::whole)
        .toList();
  }
}
