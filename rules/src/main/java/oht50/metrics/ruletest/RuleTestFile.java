package oht50.metrics.ruletest;

import java.util.List;
import oht50.metrics.alerting.Installation;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.notation.SeriesLine;
import oht50.metrics.yaml.Finding;
import oht50.metrics.yaml.YamlValue;

/**
 * A test file as it is written.
 *
 * @param rulePatterns names of rule files, relative to this file, with {@code *} and the like
 * @param groupOrder groups that are evaluated before those that come later in it
 * @param isFuzzy whether values may differ from what is expected by the last bit
 */
record RuleTestFile(
    List<String> rulePatterns,
    long evaluationIntervalMillis,
    List<String> groupOrder,
    boolean isFuzzy,
    List<RuleTest> tests) {
  static final long DEFAULT_INTERVAL_MILLIS = 60_000;

  /**
   * Input series and what is expected of them.
   *
   * @param name empty if it has none
   * @param value for its place
   * @param intervalMillis how far apart samples are
   * @param startMillis of the first sample and the first tick
   * @param remarks what of it is left out
   */
  record RuleTest(
      String name,
      YamlValue value,
      long intervalMillis,
      long startMillis,
      List<SeriesLine> input,
      Installation installation,
      List<AlertCase> alertCases,
      List<ExprCase> exprCases,
      List<Finding> remarks) {
    /** How far from the start the last expectation is. */
    long lastMillis() {
      long last = 0;
      for (AlertCase each : alertCases) {
        last = Math.max(last, each.evalMillis);
      }
      for (ExprCase each : exprCases) {
        last = Math.max(last, each.evalMillis);
      }
      return last;
    }
  }

  /**
   * Which alerts of a name fire at a time.
   *
   * @param evalMillis since the start
   */
  record AlertCase(YamlValue value, long evalMillis, String name, List<ExpectedAlert> expected) {}

  /** An alert that is to fire. */
  record ExpectedAlert(Labels labels, Labels annotations) {}

  /**
   * What an expression says at a time.
   *
   * @param evalMillis since the start
   * @param histogram the place of a native histogram that is expected, or null
   */
  record ExprCase(
      YamlValue value,
      long evalMillis,
      String expression,
      List<ExpectedSample> expected,
      YamlValue histogram) {}

  /** A sample that is to be there. */
  record ExpectedSample(Labels labels, double value) {}
}
