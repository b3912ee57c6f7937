package oht50.metrics.ruleexplain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import oht50.metrics.model.Labels;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.promql.eval.EvaluationFailure;
import oht50.metrics.promql.eval.EvaluationOptions;
import oht50.metrics.promql.eval.Evaluator;
import oht50.metrics.promql.eval.QueryResult;
import oht50.metrics.promql.syntax.Expr;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.promql.syntax.Parser;
import oht50.metrics.ruleplan.RandomRules;
import org.junit.jupiter.api.Test;

/** What is said of an expression is what it evaluates to, series by series. */
class RandomPartsTest {
  private static final int EXPRESSIONS = 4_000;
  private static final long STEP = 30_000;
  private static final int POINTS = 30;

  @Test
  void whatIsSaidIsWhatIsEvaluated() throws Exception {
    Random random = new Random(20261129);
    RandomRules rules = new RandomRules(7);
    int said = 0;
    int failed = 0;
    for (int i = 0; i < EXPRESSIONS; i++) {
      StoredPoints points = points(random);
      Expr expr = Parser.parse(rules.vector(random.nextInt(4)));
      long tick = STEP * (10 + random.nextInt(20)) + random.nextInt(3);
      Wanted wanted = wanted(random);
      Evaluator evaluator = new Evaluator(points, EvaluationOptions.DEFAULT);
      Part part = part(points, evaluator, tick, wanted, expr);
      try {
        List<String> evaluated = evaluated(evaluator.instant(expr, tick), wanted);
        assertThat(said(part)).as("%s of %s at %s", wanted, expr, tick).isEqualTo(evaluated);
        said += evaluated.isEmpty() ? 0 : 1;
      } catch (EvaluationFailure e) {
        assertThat(part.remarks())
            .containsAnyOf("no result: " + e.getMessage(), PartContext.OF_PART);
        failed++;
      }
    }
    assertThat(said).isGreaterThan(EXPRESSIONS / 4);
    assertThat(failed).isBetween(1, EXPRESSIONS / 2);
  }

  private static Part part(
      StoredPoints points, Evaluator evaluator, long tick, Wanted wanted, Expr expr) {
    PartContext context =
        new PartContext(
            evaluator,
            points,
            EvaluationOptions.DEFAULT,
            Catalogue.UNKNOWN,
            new Moments(tick),
            Integer.MAX_VALUE);
    return new PartExplainer(context, tick, wanted).explain(expr);
  }

  private static Wanted wanted(Random random) {
    SortedMap<String, String> labels = new TreeMap<>();
    if (random.nextBoolean()) {
      labels.put("robot", "r" + random.nextInt(3));
    }
    if (random.nextInt(3) == 0) {
      labels.put("site", random.nextInt(4) == 0 ? "" : "s" + random.nextInt(2));
    }
    return new Wanted(labels);
  }

  private static List<String> said(Part part) {
    List<String> said = new ArrayList<>();
    for (Part.Entry entry : part.entries()) {
      if (entry.value() != null) {
        said.add(text(entry.labels(), entry.value()));
      }
    }
    said.sort(Comparator.naturalOrder());
    return said;
  }

  private static List<String> evaluated(QueryResult result, Wanted wanted) {
    List<String> evaluated = new ArrayList<>();
    for (QueryResult.Sample sample : ((QueryResult.Vector) result).samples()) {
      if (wanted.meets(sample.labels())) {
        evaluated.add(text(sample.labels(), sample.value()));
      }
    }
    evaluated.sort(Comparator.naturalOrder());
    return evaluated;
  }

  /** Names are left out where two sides are joined. */
  private static String text(Labels labels, double value) {
    return labels.without(List.of(LabelMatcher.METRIC_NAME))
        + (Double.isNaN(value) ? " NaN" : " " + Double.doubleToRawLongBits(value));
  }

  private static StoredPoints points(Random random) {
    StoredPoints points = new StoredPoints();
    for (int robot = 0; robot < 3; robot++) {
      for (int site = 0; site < 2; site++) {
        for (String metric : List.of("a", "b", "h_bucket")) {
          Map<String, String> labels = new TreeMap<>();
          labels.put(LabelMatcher.METRIC_NAME, metric);
          labels.put("robot", "r" + robot);
          labels.put("site", "s" + site);
          if (metric.equals("h_bucket")) {
            labels.put("le", site == 0 ? "1" : "+Inf");
          }
          addPoints(points, Labels.of(labels), metric.equals("b") && robot == 2, random);
        }
      }
    }
    return points;
  }

  private static void addPoints(
      StoredPoints points, Labels series, boolean isCount, Random random) {
    for (int i = 1; i <= POINTS; i++) {
      int dice = random.nextInt(20);
      if (dice > 3) {
        points.put(series, isCount, i * STEP, random.nextInt(4));
      } else if (dice == 0) {
        points.put(series, isCount, i * STEP, StaleMarker.VALUE);
      }
    }
  }
}
