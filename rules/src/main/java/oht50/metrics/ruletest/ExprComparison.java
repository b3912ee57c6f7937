package oht50.metrics.ruletest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.eval.EvaluationFailure;
import oht50.metrics.promql.eval.Evaluator;
import oht50.metrics.promql.eval.MetricLabels;
import oht50.metrics.promql.eval.NativeHistogram;
import oht50.metrics.promql.eval.QueryResult;
import oht50.metrics.promql.syntax.InvalidExpression;
import oht50.metrics.promql.syntax.Numbers;
import oht50.metrics.promql.syntax.Parser;
import oht50.metrics.ruletest.RuleTestFile.ExpectedSample;
import oht50.metrics.ruletest.RuleTestFile.ExprCase;

/** Whether an expression says what is expected. */
final class ExprComparison {
  private final ExprCase expectation;
  private final boolean isFuzzy;

  ExprComparison(ExprCase expectation, boolean isFuzzy) {
    this.expectation = expectation;
    this.isFuzzy = isFuzzy;
  }

  /**
   * What is not as expected, or null.
   *
   * @throws NativeHistogram.Read if the expression came across one
   */
  String fault(Evaluator evaluator, long startMillis) {
    String where =
        "expr: %s, time: %s"
            .formatted(expectation.expression(), Texts.time(expectation.evalMillis()));
    List<ExpectedSample> got;
    try {
      QueryResult result =
          evaluator.instant(
              Parser.parse(expectation.expression()), startMillis + expectation.evalMillis());
      got = samples(result);
    } catch (NativeHistogram.Read e) {
      throw e;
    } catch (InvalidExpression | EvaluationFailure e) {
      return where + ", err: " + e.getMessage();
    }
    List<ExpectedSample> expected = sorted(expectation.expected());
    return areEqual(expected, got)
        ? null
        : "%s,%n        exp: %s%n        got: %s".formatted(where, texts(expected), texts(got));
  }

  private static List<ExpectedSample> samples(QueryResult result) {
    List<ExpectedSample> samples = new ArrayList<>();
    if (result instanceof QueryResult.Vector vector) {
      vector
          .samples()
          .forEach(each -> samples.add(new ExpectedSample(each.labels(), each.value())));
    } else if (result instanceof QueryResult.Scalar scalar) {
      samples.add(new ExpectedSample(Labels.EMPTY, scalar.value()));
    } else {
      throw EvaluationFailure.noSamples();
    }
    return sorted(samples);
  }

  private static List<ExpectedSample> sorted(List<ExpectedSample> samples) {
    return samples.stream()
        .sorted(Comparator.comparing(ExpectedSample::labels, MetricLabels.ORDER))
        .toList();
  }

  private boolean areEqual(List<ExpectedSample> expected, List<ExpectedSample> got) {
    boolean areEqual = expected.size() == got.size();
    for (int i = 0; i < expected.size() && areEqual; i++) {
      areEqual =
          expected.get(i).labels().equals(got.get(i).labels())
              && areEqual(expected.get(i).value(), got.get(i).value());
    }
    return areEqual;
  }

  private boolean areEqual(double expected, double got) {
    boolean isNear = Math.nextUp(expected) == got || Math.nextDown(expected) == got;
    return expected == got || (Double.isNaN(expected) && Double.isNaN(got)) || (isFuzzy && isNear);
  }

  private static String texts(List<ExpectedSample> samples) {
    StringBuilder text = new StringBuilder();
    for (ExpectedSample sample : samples) {
      text.append(text.isEmpty() ? "" : ", ").append(MetricLabels.text(sample.labels()));
      text.append(' ').append(Numbers.print(sample.value()));
    }
    return text.isEmpty() ? "nothing" : text.toString();
  }
}
