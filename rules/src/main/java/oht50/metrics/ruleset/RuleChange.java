package oht50.metrics.ruleset;

import java.util.List;
import oht50.metrics.rulefile.Rule;
import oht50.metrics.rulefile.RuleGroup;

/**
 * What another set makes of a rule.
 *
 * @param group of the rule, in the new set if it is there
 * @param differences what of it is another, in the words of rule files; empty if nothing is
 * @param speaksFrom the instant from which a rule speaks that begins anew, ms; {@link #GOES_ON} if
 *     it keeps its state
 */
public record RuleChange(
    Kind kind, RuleGroup group, Rule rule, List<String> differences, long speaksFrom) {
  public static final long GOES_ON = Long.MIN_VALUE;

  /** Of four kinds. */
  public enum Kind {
    NEW,
    CHANGED,
    GONE,
    UNCHANGED
  }

  public RuleChange {
    differences = List.copyOf(differences);
  }

  public boolean goesOn() {
    return speaksFrom == GOES_ON;
  }

  /** Like {@code rules.yml:12}. */
  public String place() {
    return group.file() + ":" + rule.place().line();
  }
}
