package oht50.metrics.ruletest;

import java.util.List;
import oht50.metrics.yaml.Finding;

/**
 * What became of a test file.
 *
 * @param faults why it, or a rule file that it names, cannot be used; then nothing of it ran
 * @param warnings names of rule files that stand for nothing
 */
public record FileOutcome(
    String file, List<Finding> faults, List<String> warnings, List<TestOutcome> tests) {
  public boolean isPassed() {
    return faults.isEmpty() && tests.stream().allMatch(TestOutcome::isPassed);
  }
}
