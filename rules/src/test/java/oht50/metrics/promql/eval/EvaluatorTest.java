package oht50.metrics.promql.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.syntax.Expr;
import oht50.metrics.promql.syntax.ExprPrinter;
import oht50.metrics.promql.syntax.InvalidExpression;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.promql.syntax.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not in Prometheus' own tests: the defaults of a server, and what a storage is asked. */
class EvaluatorTest {
  private static final long MINUTE = 60_000;

  private final List<StoredSeries> series = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();
  private final Storage storage =
      (matchers, after, until) -> {
        asked.add(after / 1000 + ".." + until / 1000);
        return series.stream().filter(s -> matches(matchers, s.labels())).toList();
      };
  private final Evaluator evaluator = new Evaluator(storage, EvaluationOptions.DEFAULT);

  private static boolean matches(List<LabelMatcher> matchers, Labels labels) {
    return matchers.stream().allMatch(matcher -> matcher.matches(labels.get(matcher.name())));
  }

  private void add(Labels labels, double... valuesPerMinute) {
    long[] times = new long[valuesPerMinute.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = i * MINUTE;
    }
    series.add(StoredSeries.of(labels, times, valuesPerMinute));
  }

  private QueryResult at(long time, String expression) throws InvalidExpression {
    return evaluator.instant(Parser.parse(expression), time);
  }

  private static QueryResult.Vector vector(double value, String... labels) {
    return new QueryResult.Vector(List.of(new QueryResult.Sample(Labels.of(labels), value)));
  }

  @Test
  void namesGoAtOnceByDefault() throws InvalidExpression {
    add(Labels.of("__name__", "a", "env", "x"), 1, 2);
    add(Labels.of("__name__", "b", "env", "x"), 3, 4);

    assertThat(at(MINUTE, "label_replace(abs(a), 'was', '$1', '__name__', '(.*)')"))
        .isEqualTo(vector(2, "env", "x"));
    assertThatThrownBy(() -> at(MINUTE, "abs({env='x'})"))
        .isInstanceOf(EvaluationFailure.class)
        .hasMessage("vector cannot contain metrics with the same labelset");
    assertThatThrownBy(() -> at(MINUTE, "sum(delta({env='x'}[2m]))"))
        .hasMessage("vector cannot contain metrics with the same labelset");
  }

  @Test
  void namesMayGoLast() throws InvalidExpression {
    add(Labels.of("__name__", "a", "env", "x"), 1, 2);
    add(Labels.of("__name__", "b", "env", "x"), 3, 4);
    Evaluator last = new Evaluator(storage, new EvaluationOptions(5 * MINUTE, MINUTE, true));

    assertThat(
            last.instant(
                Parser.parse("label_replace(abs(a), 'was', '$1', '__name__', '(.*)')"), MINUTE))
        .isEqualTo(vector(2, "env", "x", "was", "a"));
    assertThat(last.instant(Parser.parse("sum(abs({env='x'}))"), MINUTE)).isEqualTo(vector(6));
    assertThatThrownBy(() -> last.instant(Parser.parse("abs({env='x'})"), MINUTE))
        .hasMessage("vector cannot contain metrics with the same labelset");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a                                  | 3300..3600",
        "a offset 10m                       | 2700..3000",
        "rate(a[10m])                       | 3000..3600",
        "rate(a[10m] @ 600 offset 1m)       | -60..540",
        "max_over_time(a[10m:90s])          | 2760..3600",
        "max_over_time(sum_over_time(a[5m])[10m:1m]) | 2760..3600",
      })
  void aStorageIsAskedForTheSpanThatCounts(String expression, String span)
      throws InvalidExpression {
    at(60 * MINUTE, expression);
    assertThat(asked).containsExactly(span);
  }

  @Test
  void whichOfEqualsIsTheLargestIsAQuestionOfLabels() throws InvalidExpression {
    add(Labels.of("__name__", "m", "a", "1", "b", "2"), 3); // its group comes first
    add(Labels.of("__name__", "m", "a", "2", "b", "1"), 3);
    add(Labels.of("__name__", "s", "b", "1"), 3);
    add(Labels.of("__name__", "s", "b", "2"), 3);

    assertThat(at(0, "topk(1, sum by (b) (m))")).isEqualTo(at(0, "topk(1, sum by (b) (s))"));
  }

  @Test
  void anotherLookback() throws InvalidExpression {
    add(Labels.of("__name__", "a"), 1);
    Evaluator patient = new Evaluator(storage, new EvaluationOptions(60 * MINUTE, MINUTE, false));

    assertThat(at(5 * MINUTE, "a")).isEqualTo(new QueryResult.Vector(List.of()));
    assertThat(patient.instant(Parser.parse("a"), 5 * MINUTE))
        .isEqualTo(vector(1, "__name__", "a"));
  }

  @Test
  void onlyItsOwnPartOfTheArraysIsASeries() throws InvalidExpression {
    series.add(
        new StoredSeries(
            Labels.of("__name__", "a"),
            new long[] {0, 1000, 2000, 3000},
            new double[] {100, 1, 2, 100},
            1,
            3));
    assertThat(at(3000, "sum_over_time(a[10s])")).isEqualTo(vector(3));
    assertThat(at(3000, "a")).isEqualTo(vector(2, "__name__", "a"));
    assertThat(at(500, "a")).isEqualTo(new QueryResult.Vector(List.of()));
  }

  @Test
  void manyTicksAreWhatEachIsAlone() throws InvalidExpression {
    add(Labels.of("__name__", "a", "i", "1"), 1, 5, 2, 8, 3, 9, 4);
    add(Labels.of("__name__", "a", "i", "2"), 2, 2, 7, 1, 0, 6, 5);
    for (String expression :
        List.of(
            "rate(a[150s])",
            "a > 3 or sum by (i) (a) * 2",
            "topk(1, a)",
            "histogram_quantile(0.5, label_replace(a, 'le', '$1', 'i', '(.)'))",
            "quantile_over_time(0.3, a[3m])",
            "predict_linear(a[4m], 60)",
            "a * on (i) group_right () a",
            "max_over_time(deriv(a[2m])[3m:30s])",
            "absent(a > 6)",
            "sum(a) by (i) == bool 2")) {
      QueryResult.Matrix range = evaluator.range(Parser.parse(expression), 0, 7 * MINUTE, 20_000);
      for (long time = 0; time <= 7 * MINUTE; time += 20_000) {
        List<QueryResult.Sample> ofTick = new ArrayList<>();
        for (QueryResult.Points points : range.series()) {
          for (int i = 0; i < points.timestamps().length; i++) {
            if (points.timestamps()[i] == time) {
              ofTick.add(new QueryResult.Sample(points.labels(), points.values()[i]));
            }
          }
        }
        QueryResult.Vector alone = (QueryResult.Vector) at(time, expression);
        assertThat(ofTick).as(expression).containsExactlyInAnyOrderElementsOf(alone.samples());
      }
    }
  }

  @Test
  void rangesOfTicksAreForSeries() throws InvalidExpression {
    assertThatThrownBy(() -> evaluator.range(Parser.parse("a[5m]"), 0, 1, 1))
        .hasMessageContaining("range vector");
    assertThat(evaluator.range(Parser.parse("1"), 10, 5, 1).series()).isEmpty();
  }

  @Test
  void tooManyTicksAreRefused() {
    assertThatThrownBy(() -> at(0, "max_over_time(a[10y:1ms])"))
        .isInstanceOf(EvaluationFailure.class)
        .hasMessageContaining("ticks");
  }

  @Test
  void theDeepestExpressionsFitIntoASmallStack() throws InterruptedException {
    add(Labels.of("__name__", "a"), 1);
    String deep = "(".repeat(90) + "a" + ")".repeat(90);
    String wide = "a" + " + a".repeat(499);
    AtomicReference<QueryResult> result = new AtomicReference<>();
    Thread small =
        new Thread(
            null,
            () -> {
              try {
                Expr expr = Parser.parse(deep + " * on () (" + wide + ")");
                result.set(evaluator.instant(Parser.parse(ExprPrinter.print(expr)), 0));
              } catch (InvalidExpression e) {
                throw new AssertionError(e);
              }
            },
            "small",
            512 * 1024);
    small.start();
    small.join();
    assertThat(result.get()).isEqualTo(vector(500));
  }

  @Test
  void aNativeHistogramIsNeverReadAsANumber() {
    add(Labels.of("__name__", "a"), 1, NativeHistogram.VALUE);
    assertThatThrownBy(() -> at(MINUTE, "a")).isInstanceOf(NativeHistogram.Read.class);
    assertThatThrownBy(() -> at(MINUTE, "count_over_time(a[5m])"))
        .isInstanceOf(NativeHistogram.Read.class);
  }
}
