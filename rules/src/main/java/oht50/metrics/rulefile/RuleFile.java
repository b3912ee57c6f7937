package oht50.metrics.rulefile;

import java.io.Serializable;
import java.util.List;

/**
 * The groups of a rule file, in its order.
 *
 * @param name of the file, as it was given
 */
public record RuleFile(String name, List<RuleGroup> groups) implements Serializable {
  public RuleFile {
    groups = List.copyOf(groups);
  }

  public int ruleCount() {
    return groups.stream().mapToInt(group -> group.rules().size()).sum();
  }
}
