package oht50.metrics.ruleplan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import oht50.metrics.model.Labels;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.promql.eval.EvaluationFailure;
import oht50.metrics.promql.eval.EvaluationOptions;
import oht50.metrics.promql.eval.Evaluator;
import oht50.metrics.promql.eval.PointStore;
import oht50.metrics.promql.eval.QueryResult;
import oht50.metrics.promql.syntax.Expr;
import oht50.metrics.promql.syntax.InvalidExpression;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.promql.syntax.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitioningTest {
  private static final long STEP = 30_000;
  private static final long END = 15 * 60_000;
  private static final int EXPRESSIONS = 20_000;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          up                                                | all but the name
          rate(a[5m]) > 1                                   | all but the name
          avg without (core, type) (a) > 80                 | all but the name, core, type
          sum by (robot_id) (a)                             | robot_id
          sum(a)                                            | none
          sum by (site) (sum by (robot_id) (a))             | none
          a / ignoring (type) b                             | all but the name, type
          a / on (robot_id) group_left (site) b             | robot_id
          a / ignoring (site) group_left (robot_id) b       | all but the name, site
          a and on () b                                     | none
          a and on () hour() > 8                            | all but the name
          a * on () group_left () vector(2)                 | all but the name
          a * on () group_left (site) vector(2)             | all but the name, site
          a or vector(0)                                    | none
          absent(a)                                         | none
          a > scalar(b)                                     | none
          a > scalar(vector(3))                             | all but the name
          vector(1)                                         | none
          histogram_quantile(0.9, rate(h_bucket[5m]))       | all but the name, le
          label_replace(a, "site", "$1", "robot_id", ".*")  | all but the name, site
          count_values by (robot_id, site) ("site", a)      | robot_id
          topk by (site) (3, a)                             | site
          max_over_time(sum by (robot_id) (a)[5m:1m])       | robot_id
          quantile by (site) (scalar(b), a)                 | none
          """)
  void saysByWhichLabelsAnExpressionCanBeDivided(String expr, String expected)
      throws InvalidExpression {
    LabelScope scope = Partitioning.of(Parser.parse(expr));

    List<String> names = new ArrayList<>(scope.names());
    boolean hasName = names.removeAll(List.of("__name__", "__type__", "__unit__"));
    if (hasName) {
      names.add(0, "the name");
    }
    assertThat(
            scope.isNone()
                ? "none"
                : (scope.isAllBut() ? "all but " : "") + String.join(", ", names))
        .isEqualTo(expected);
  }

  @Test
  void partsEvaluatedOneByOneAreTheWhole() throws InvalidExpression {
    Random random = new Random(21);
    RandomRules rules = new RandomRules(21);
    Map<Labels, double[]> fleet = fleet(random);
    PointStore all = store(fleet, fleet.keySet());
    int divided = 0;
    int divisible = 0;
    int failed = 0;
    for (int i = 0; i < EXPRESSIONS; i++) {
      String text = rules.vector(1 + random.nextInt(3));
      Expr expr = Parser.parse(text);
      LabelScope scope = Partitioning.of(expr);
      long tick = STEP * (10 + random.nextInt(20)) + random.nextInt(3);
      List<String> whole;
      try {
        whole = samples(all, expr, tick);
      } catch (EvaluationFailure e) {
        failed++;
        continue;
      }
      LabelScope key = someOf(scope, random);
      Map<Labels, List<Labels>> parts = new LinkedHashMap<>();
      for (Labels series : fleet.keySet()) {
        parts.computeIfAbsent(key.of(series), any -> new ArrayList<>()).add(series);
      }
      List<String> together = new ArrayList<>();
      for (List<Labels> part : parts.values()) {
        together.addAll(samples(store(fleet, part), expr, tick));
      }
      together.sort(Comparator.naturalOrder());
      assertThat(together).as("%s by %s at %s", text, key, tick).isEqualTo(whole);
      divisible += scope.isNone() ? 0 : 1;
      divided += parts.size() > 1 && !whole.isEmpty() ? 1 : 0;
    }
    assertThat(divided).as("of these something was divided").isGreaterThan(EXPRESSIONS / 8);
    assertThat(divisible).isGreaterThan(EXPRESSIONS / 4);
    assertThat(failed).isLessThan(EXPRESSIONS / 2);
  }

  /** Any labels of a scope that series of the fleet have. */
  private static LabelScope someOf(LabelScope scope, Random random) {
    List<String> some = new ArrayList<>();
    for (String label : RandomRules.LABELS) {
      if (scope.contains(label) && random.nextInt(4) > 0) {
        some.add(label);
      }
    }
    return LabelScope.only(some);
  }

  /** Series -> a value each 30 s, a stale marker, or NaN for no point. */
  private static Map<Labels, double[]> fleet(Random random) {
    Map<Labels, double[]> fleet = new LinkedHashMap<>();
    for (int robot = 0; robot < 3; robot++) {
      for (int site = 0; site < 2; site++) {
        for (String metric : List.of("a", "b")) {
          fleet.put(series(metric, robot, site, null), points(random));
        }
        if (site == 0) {
          for (String bound : List.of("0.1", "1", "+Inf")) {
            fleet.put(series("h_bucket", robot, site, bound), points(random));
          }
        }
      }
    }
    return fleet;
  }

  private static Labels series(String metric, int robot, int site, String bound) {
    Labels labels =
        Labels.of(LabelMatcher.METRIC_NAME, metric, "robot", "r" + robot, "site", "s" + site);
    return bound == null ? labels : labels.with("le", bound);
  }

  private static double[] points(Random random) {
    double[] points = new double[(int) (END / STEP)];
    double value = random.nextInt(4);
    for (int i = 0; i < points.length; i++) {
      value = random.nextInt(20) == 0 ? 0 : value + random.nextInt(3);
      int dice = random.nextInt(20);
      points[i] = dice == 0 ? StaleMarker.VALUE : dice < 4 ? Double.NaN : value;
    }
    return points;
  }

  private static PointStore store(Map<Labels, double[]> fleet, Iterable<Labels> series) {
    PointStore store = new PointStore();
    for (Labels labels : series) {
      double[] points = fleet.get(labels);
      for (int i = 0; i < points.length; i++) {
        if (!Double.isNaN(points[i]) || StaleMarker.is(points[i])) {
          store.put(labels, (i + 1) * STEP, points[i]);
        }
      }
    }
    return store;
  }

  /** Bit by bit, in the order of their text. */
  private static List<String> samples(PointStore store, Expr expr, long tick) {
    QueryResult.Vector vector =
        (QueryResult.Vector) new Evaluator(store, EvaluationOptions.DEFAULT).instant(expr, tick);
    List<String> samples = new ArrayList<>();
    vector
        .samples()
        .forEach(
            sample ->
                samples.add(
                    sample.labels()
                        + " "
                        + (Double.isNaN(sample.value())
                            ? "NaN"
                            : Long.toHexString(Double.doubleToRawLongBits(sample.value())))));
    samples.sort(Comparator.naturalOrder());
    return samples;
  }
}
