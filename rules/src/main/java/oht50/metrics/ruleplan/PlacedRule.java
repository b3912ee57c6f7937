package oht50.metrics.ruleplan;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import oht50.metrics.rulefile.Rule;
import oht50.metrics.rulefile.RuleGroup;

/**
 * A rule in parts of a kind.
 *
 * @param isHandedOn whether what it records is looked at by the part of everything, too
 */
public record PlacedRule(
    RuleGroup group, Rule rule, Role role, boolean isHandedOn, Validity validity)
    implements Serializable {

  static PlacedRule of(RuleGroup group, Rule rule, Role role) {
    return new PlacedRule(group, rule, role, role == Role.PARTIAL, Validity.ALWAYS);
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
    return new PlacedRule(group, rule, role, true, validity);
  }

  public PlacedRule valid(Validity other) {
    return new PlacedRule(group, rule, role, isHandedOn, other);
  }
}
