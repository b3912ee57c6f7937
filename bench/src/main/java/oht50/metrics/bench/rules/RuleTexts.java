package oht50.metrics.bench.rules;

import java.util.ArrayList;
import java.util.List;
import oht50.metrics.rulefile.RuleFileReader;
import oht50.metrics.rulefile.RuleGroup;
import oht50.metrics.yaml.Finding;

/** Rule files as text, read. */
final class RuleTexts {
  private RuleTexts() {}

  /**
   * @throws IllegalArgumentException if anything is wrong with it
   */
  static List<RuleGroup> groups(String file, String text) {
    List<Finding> findings = new ArrayList<>();
    List<RuleGroup> groups = RuleFileReader.read(file, text, false, findings).file().groups();
    if (!findings.isEmpty()) {
      throw new IllegalArgumentException(file + " cannot be read: " + findings);
    }
    return groups;
  }
}
