package oht50.metrics.ruletest;

import java.util.List;

/**
 * What became of a test.
 *
 * @param line of the test in its file, from 1
 * @param failures what is not as expected, each of one line or more
 * @param leftOut what was not compared, and why, each a line with its place
 */
public record TestOutcome(String name, int line, List<String> failures, List<String> leftOut) {
  public TestOutcome {
    failures = List.copyOf(failures);
    leftOut = List.copyOf(leftOut);
  }

  public boolean isPassed() {
    return failures.isEmpty();
  }
}
