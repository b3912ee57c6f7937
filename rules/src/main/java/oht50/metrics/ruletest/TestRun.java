package oht50.metrics.ruletest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import oht50.metrics.alerting.Alert;
import oht50.metrics.alerting.GroupRun;
import oht50.metrics.alerting.RuleFailure;
import oht50.metrics.model.AlertState;
import oht50.metrics.promql.eval.EvaluationOptions;
import oht50.metrics.promql.eval.Evaluator;
import oht50.metrics.promql.eval.NativeHistogram;
import oht50.metrics.rulefile.RuleGroup;
import oht50.metrics.ruletest.RuleTestFile.AlertCase;
import oht50.metrics.ruletest.RuleTestFile.ExprCase;
import oht50.metrics.ruletest.RuleTestFile.RuleTest;
import oht50.metrics.yaml.Finding;

/** One test: rules from tick to tick, what is expected at some of them, expressions at the end. */
final class TestRun {
  private static final long LOOKBACK_MILLIS = EvaluationOptions.DEFAULT.lookbackMillis();

  private final RuleTestFile file;
  private final RuleTest test;
  private final TestPoints points;
  private final Evaluator evaluator;
  private final List<GroupRun> groups = new ArrayList<>();
  private final Set<String> watched = new HashSet<>(); // names of alerts
  private final AlertHistory history = new AlertHistory();
  private final List<String> failures = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();

  TestRun(RuleTestFile file, RuleTest test, List<RuleGroup> groups) {
    this.file = file;
    this.test = test;
    this.points = new TestPoints(test.input(), test.startMillis(), test.intervalMillis());
    EvaluationOptions options =
        new EvaluationOptions(LOOKBACK_MILLIS, file.evaluationIntervalMillis(), false);
    this.evaluator = new Evaluator(points.store(), options);
    groups.forEach(group -> this.groups.add(new GroupRun(group, test.installation())));
    test.alertCases().forEach(each -> watched.add(each.name()));
  }

  TestOutcome run() {
    test.remarks().forEach(remark -> leftOut.add(remark.toString()));
    if (runRules()) {
      test.exprCases().forEach(this::compare);
    }
    return new TestOutcome(test.name(), test.value().line(), failures, leftOut);
  }

  /**
   * @return whether all rules had results at all ticks; else there is nothing to compare
   */
  private boolean runRules() {
    List<AlertCase> cases = new ArrayList<>(test.alertCases());
    cases.sort(Comparator.comparingLong(AlertCase::evalMillis));
    int next = 0;
    long interval = file.evaluationIntervalMillis();
    for (long since = 0; since <= test.lastMillis(); since += interval) {
      if (!runRules(since)) {
        return false;
      }
      for (; next < cases.size() && cases.get(next).evalMillis() < since + interval; next++) {
        compare(cases.get(next));
      }
    }
    return true;
  }

  private boolean runRules(long since) {
    long tick = test.startMillis() + since;
    try {
      points.loadUntil(tick);
    } catch (RuleFailure e) {
      failures.add(
          at(test.value().finding("input at " + Texts.time(since) + ": " + e.getMessage())));
      return false;
    }
    boolean isComplete = true;
    for (GroupRun group : groups) {
      for (GroupRun.Failed failed : group.run(tick, evaluator, points)) {
        isComplete = false;
        note(failed, since);
      }
      for (GroupRun.OfRule each : group.alerts()) {
        if (watched.contains(each.rule().name())) {
          history.note(each.rule(), since, each.alerts());
        }
      }
    }
    return isComplete;
  }

  private void note(GroupRun.Failed failed, long since) {
    Finding finding =
        test.value()
            .finding(
                "%s at %s: %s"
                    .formatted(failed.rule().words(), Texts.time(since), failed.message()));
    (failed.isOfNativeHistograms() ? leftOut : failures).add(at(finding));
  }

  private String at(Finding finding) {
    String name = test.name().isEmpty() ? "" : "test '" + test.name() + "': ";
    return new Finding(finding.file(), finding.line(), finding.column(), name + finding.message())
        .toString();
  }

  private void compare(AlertCase expectation) {
    List<String> got = new ArrayList<>();
    for (GroupRun group : groups) {
      for (GroupRun.OfRule each : group.alerts()) {
        if (each.rule().name().equals(expectation.name())) {
          each.alerts().stream()
              .filter(alert -> alert.status().state() == AlertState.FIRING)
              .map(TestRun::text)
              .forEach(got::add);
        }
      }
    }
    List<String> expected = new ArrayList<>();
    expectation
        .expected()
        .forEach(each -> expected.add(Texts.alert(each.labels(), each.annotations())));
    expected.sort(null);
    got.sort(null);
    if (!expected.equals(got)) {
      Finding finding =
          expectation
              .value()
              .finding(
                  "alertname: %s, time: %s,%n        exp: %s%n        got: %s%n%s"
                      .formatted(
                          expectation.name(),
                          Texts.time(expectation.evalMillis()),
                          Texts.list(expected),
                          Texts.list(got),
                          timeline(expectation)));
      failures.add(at(finding));
    }
  }

  private static String text(Alert alert) {
    return Texts.alert(alert.labels(), alert.annotations());
  }

  private String timeline(AlertCase expectation) {
    return new Timeline(points, test.startMillis(), expectation.evalMillis())
        .of(expectation.name(), history);
  }

  private void compare(ExprCase expectation) {
    if (expectation.histogram() != null) {
      leftOut.add(
          at(
              expectation
                  .histogram()
                  .finding(expectation.expression() + ": a native histogram is expected")));
      return;
    }
    try {
      ExprComparison comparison = new ExprComparison(expectation, file.isFuzzy());
      String fault = comparison.fault(evaluator, test.startMillis());
      if (fault != null) {
        failures.add(at(expectation.value().finding(fault)));
      }
    } catch (NativeHistogram.Read e) {
      leftOut.add(
          at(expectation.value().finding(expectation.expression() + ": " + e.getMessage())));
    }
  }
}
