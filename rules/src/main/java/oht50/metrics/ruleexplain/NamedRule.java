package oht50.metrics.ruleexplain;

import java.util.ArrayList;
import java.util.List;
import oht50.metrics.rulefile.Rule;
import oht50.metrics.rulefile.RuleGroup;

/**
 * A rule and the group it is of.
 *
 * @param group with all its rules
 */
public record NamedRule(RuleGroup group, Rule rule) {
  /** All rules of a name, alerts and records. */
  public static List<NamedRule> of(List<RuleGroup> groups, String name) {
    List<NamedRule> named = new ArrayList<>();
    for (RuleGroup group : groups) {
      for (Rule rule : group.rules()) {
        if (rule.name().equals(name)) {
          named.add(new NamedRule(group, rule));
        }
      }
    }
    return named;
  }

  /** Like {@code rules.yml:12}. */
  public String place() {
    return group.file() + ":" + rule.place().line();
  }
}
