package oht50.metrics.promql.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.syntax.InvalidExpression;
import oht50.metrics.promql.syntax.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A series of which it is known what was added when: 2 at second 0, 1 at 10, 3 at 60, and again 5
 * at 400, after it had expired at 360.
 */
class CountedSeriesTest {
  private static final StoredSeries COUNTED =
      new StoredSeries(
          Labels.of("__name__", "d"),
          new long[] {0, 10_000, 60_000, 400_000},
          new double[] {2, 3, 6, 5},
          0,
          4,
          new double[] {2, 1, 3, 5});
  private static final Evaluator EVALUATOR =
      new Evaluator(
          (matchers, after, until) -> List.of(COUNTED),
          new EvaluationOptions(20_000, 60_000, false, 300_000));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          d                                    |  -1 |
          d                                    |   0 | 2
          d                                    |  59 | 3
          d                                    | 359 | 6
          d                                    | 360 |
          d                                    | 400 | 5
          d offset 1m                          | 100 | 3
          timestamp(d)                         | 200 | 60
          increase(d[30s])                     |   0 | 2
          increase(d[30s])                     |  30 | 1
          increase(d[30s])                     |  40 | 0
          increase(d[30s])                     | 359 | 0
          increase(d[30s])                     | 360 |
          increase(d[10m])                     | 370 | 6
          increase(d[10m])                     | 400 | 11
          increase(d[30s] offset 1m)           |  90 | 1
          rate(d[1m])                          |  60 | 0.06666666666666667
          rate(d[1m])                          | 200 | 0
          max_over_time(increase(d[10s])[1m:5s]) | 65 | 3
          max_over_time(d[1m:10s])             | 300 | 6
          irate(d[2m])                         |  70 | 0.06
          idelta(d[2m])                        |  70 | 3
          resets(d[10m])                       | 400 | 1
          changes(d[10m])                      | 400 | 3
          count_over_time(d[10m])              | 400 | 4
          last_over_time(d[30s])               |  70 | 6
          last_over_time(d[30s])               | 200 |
          absent(d)                            | 200 |
          absent(d)                            | 370 | 1
          absent_over_time(d[1m])              | 200 | 1
          """)
  void isItsTotalAndGrowsByWhatWasAdded(String expr, long second, Double expected)
      throws InvalidExpression {
    assertThat(at(expr, second * 1_000)).isEqualTo(expected);
  }

  @Test
  void manyTicksAtOnceSayWhatEachSays() throws InvalidExpression {
    for (String expr : List.of("d", "increase(d[45s])", "rate(d[10m])", "max_over_time(d[45s])")) {
      QueryResult.Points points =
          EVALUATOR.range(Parser.parse(expr), -30_000, 900_000, 5_000).series().get(0);
      int next = 0;
      for (long time = -30_000; time <= 900_000; time += 5_000) {
        boolean isThere = next < points.timestamps().length && points.timestamps()[next] == time;
        assertThat(at(expr, time))
            .as("%s at %d", expr, time)
            .isEqualTo(isThere ? (Double) points.values()[next++] : null);
      }
    }
  }

  private static Double at(String expr, long time) throws InvalidExpression {
    QueryResult.Vector vector = (QueryResult.Vector) EVALUATOR.instant(Parser.parse(expr), time);
    return vector.samples().isEmpty() ? null : vector.samples().get(0).value();
  }
}
