package oht50.metrics.ruleplan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import oht50.metrics.promql.eval.EvaluationOptions;
import oht50.metrics.promql.syntax.InvalidExpression;
import oht50.metrics.promql.syntax.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReachTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          vector(1)                                        | 0
          a                                                | 5
          a offset 2m                                      | 7
          rate(a[10m])                                     | 10
          rate(a[10m] offset 1h)                           | 70
          a / b offset 1m                                  | 6
          max_over_time(rate(a[2m])[30m:1m])               | 32
          max_over_time(rate(a[2m] offset 3m)[30m:] offset 1m) | 36
          max_over_time(max_over_time(a[10m:])[30m:])      | 45
          max_over_time((a @ end())[30m:])                 | 5
          """)
  void reachesBackAsFarAsItsSelectors(String expr, long minutes) throws InvalidExpression {
    Reach reach = reach(expr);

    assertThat(reach.millis()).isEqualTo(minutes * 60_000);
    assertThat(reach.unbounded()).isEmpty();
  }

  @Test
  void everySelectorNeedsItsOwnStretch() throws InvalidExpression {
    assertThat(reach("rate(a{x=\"1\"}[10m]) / b").needs())
        .extracting(need -> need.matchers().size() + " " + need.millis() / 60_000)
        .isEqualTo(List.of("2 10", "1 5"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a                                    | false
          rate(a[5m])                          | true
          increase(((a[5m])))                  | true
          irate(a[5m])                         | false
          max_over_time(a[5m])                 | false
          max_over_time(increase(a[5m])[1h:])  | true
          rate(max_over_time(a[5m])[1h:])      | false
          increase(a[5m:1m])                   | false
          """)
  void knowsWhatIsAskedOnlyForItsGrowth(String expr, boolean isOfGrowth) throws InvalidExpression {
    assertThat(reach(expr).needs()).extracting(Reach.Need::isOfGrowth).containsExactly(isOfGrowth);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          b + a offset -1m        | 1:5: a negative offset looks ahead of the tick
          a @ 100                 | 1:1: @ with a time looks at points that are ever further back
          rate(a[5m] @ 100)       | 1:6: @ with a time looks at points that are ever further back
          """)
  void whatLooksAtNoStretchBeforeTheTickIsNamed(String expr, String expected)
      throws InvalidExpression {
    assertThat(reach(expr).unbounded())
        .extracting(part -> part.place() + ": " + part.what())
        .containsExactly(expected);
  }

  private static Reach reach(String expr) throws InvalidExpression {
    return Reach.of(Parser.parse(expr), EvaluationOptions.DEFAULT);
  }
}
