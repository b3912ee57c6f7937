package oht50.metrics.ruletest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import oht50.metrics.alerting.Alert;
import oht50.metrics.alerting.GroupRun;
import oht50.metrics.alerting.Installation;
import oht50.metrics.alerting.RuleFailure;
import oht50.metrics.model.AlertState;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.eval.EvaluationOptions;
import oht50.metrics.promql.eval.Evaluator;
import oht50.metrics.promql.eval.MetricLabels;
import oht50.metrics.promql.eval.PointStore;
import oht50.metrics.promql.eval.QueryResult;
import oht50.metrics.promql.notation.InvalidNotation;
import oht50.metrics.promql.notation.SeriesLine;
import oht50.metrics.promql.notation.SeriesNotation;
import oht50.metrics.promql.syntax.InvalidExpression;
import oht50.metrics.promql.syntax.Parser;
import oht50.metrics.rulefile.RuleFile;
import oht50.metrics.rulefile.RuleFileReader;
import org.yaml.snakeyaml.Yaml;

/**
 * A rule file and series of random shape, and what the rules say of them. Samples are 20 s apart
 * and ticks a minute, ranges end between samples; counters are far from 0, towards which older
 * servers extrapolate in another way.
 */
final class RandomRuleTest {
  private static final long STEP = 20_000;
  private static final long TICK = 60_000;
  private static final int SAMPLES = 90; // half an hour

  private final Random random;
  private final List<Map<String, Object>> series = new ArrayList<>();
  private final Map<String, Object> rules;
  private int alertCount;

  RandomRuleTest(Random random) {
    this.random = random;
    for (String a : List.of("x", "y", "z")) {
      for (String b : List.of("1", "2")) {
        if (random.nextInt(4) > 0) {
          series.add(series("level{a=\"" + a + "\",b=\"" + b + "\"}", false));
          series.add(series("seen_total{a=\"" + a + "\",b=\"" + b + "\"}", true));
        }
      }
    }
    this.rules = randomRules();
  }

  Map<String, Object> rules() {
    return rules;
  }

  /** How many alerts fire at all the times that are asked for. */
  int alertCount() {
    return alertCount;
  }

  private Map<String, Object> series(String name, boolean isCounter) {
    StringBuilder values = new StringBuilder();
    int value = isCounter ? 1_000 : random.nextInt(10);
    for (int i = 0; i < SAMPLES; i++) {
      int kind = random.nextInt(40);
      value =
          isCounter ? value + random.nextInt(3) : Math.floorMod(value + random.nextInt(5) - 2, 11);
      values.append(i == 0 ? "" : " ");
      values.append(kind == 1 ? "stale" : kind < 5 ? "_" : "" + value);
    }
    return Map.of("series", name, "values", values.toString());
  }

  private String expression() {
    String threshold = random.nextInt(9) + "";
    String[] expressions = {
      "level > " + threshold,
      "level{a=~\"x|y\"} < " + threshold,
      "sum by (a) (level) > 2 * " + threshold,
      "max without (b) (level) == " + threshold,
      "increase(seen_total[90s]) > " + random.nextInt(4),
      "rate(seen_total[2m30s]) * 60 > 2",
      "count(level > " + threshold + ") > 1",
      "absent(level{a=\"z\"})",
      "absent_over_time(level{a=\"x\",b=\"1\"}[90s])",
      "level > ignoring (b) group_left () max by (a) (level) / 2",
      "level unless on (a) (level{b=\"1\"} > " + threshold + ")",
      "recorded:a > " + threshold,
      "(level > 4) and on (a, b) seen_total > 3",
      "changes(level[5m10s]) > 3",
      "max_over_time(level[3m30s]) - min_over_time(level[3m30s]) > 3",
      "sum by (a) (ALERTS{alertstate=\"firing\"}) >= 1",
      "topk(2, sum by (b) (level))",
    };
    return expressions[random.nextInt(expressions.length)];
  }

  private Map<String, Object> randomRules() {
    List<Map<String, Object>> list = new ArrayList<>();
    list.add(
        Map.of("record", "recorded:a", "expr", "sum by (a) (level)", "labels", Map.of("s", "t")));
    for (int i = 0; i < 6; i++) {
      Map<String, Object> rule = new LinkedHashMap<>();
      rule.put("alert", "A" + i);
      rule.put("expr", expression());
      rule.put("for", random.nextInt(4) * 50 + "s");
      rule.put("keep_firing_for", random.nextInt(3) * 70 + "s");
      rule.put("labels", Map.of("of", "{{ $labels.a }}", "level", "p" + i));
      rule.put("annotations", Map.of("v", "{{ $value | printf \"%.6g\" }} {{ $labels.b }}"));
      list.add(rule);
    }
    return Map.of("groups", List.of(Map.of("name", "g", "rules", list)));
  }

  /** The test file, with what the rules say here as expectations. */
  Map<String, Object> withExpectations(String ruleFile) throws InvalidNotation, InvalidExpression {
    TestPoints points = new TestPoints(lines(), 0, STEP);
    PointStore store = points.store();
    Evaluator evaluator = new Evaluator(store, EvaluationOptions.DEFAULT);
    RuleFile read =
        RuleFileReader.read(ruleFile, new Yaml().dump(rules), false, new ArrayList<>()).file();
    GroupRun group = new GroupRun(read.groups().get(0), Installation.UNNAMED);
    List<Map<String, Object>> alertCases = new ArrayList<>();
    List<Map<String, Object>> exprCases = new ArrayList<>();
    for (long time = 0; time <= (SAMPLES - 1) * STEP; time += TICK) {
      load(points, time);
      if (!group.run(time, evaluator, points).isEmpty()) {
        throw new IllegalStateException("a rule without a result");
      }
      for (GroupRun.OfRule each : group.alerts()) {
        if (each.rule().name().startsWith("A")) {
          alertCases.add(alertCase(each, time));
        }
      }
    }
    long last = (SAMPLES - 1) * STEP / TICK * TICK;
    for (String expr :
        List.of("ALERTS", "ALERTS_FOR_STATE", "recorded:a", "count_over_time(ALERTS[10m10s])")) {
      for (int i = 0; i < 5; i++) {
        long time = TICK * random.nextInt((int) (last / TICK) + 1) + 7_000;
        exprCases.add(exprCase(evaluator, expr, Math.min(time, last)));
      }
    }
    Map<String, Object> test = new LinkedHashMap<>();
    test.put("interval", STEP / 1000 + "s");
    test.put("input_series", series);
    test.put("alert_rule_test", alertCases);
    test.put("promql_expr_test", exprCases);
    return Map.of(
        "rule_files", List.of(ruleFile), "evaluation_interval", "1m", "tests", List.of(test));
  }

  private static void load(TestPoints points, long time) {
    try {
      points.loadUntil(time);
    } catch (RuleFailure e) {
      throw new IllegalStateException(e);
    }
  }

  private List<SeriesLine> lines() throws InvalidNotation {
    List<SeriesLine> lines = new ArrayList<>();
    for (Map<String, Object> each : series) {
      lines.add(SeriesNotation.parse(each.get("series") + " " + each.get("values")));
    }
    return lines;
  }

  private Map<String, Object> alertCase(GroupRun.OfRule rule, long time) {
    List<Map<String, Object>> expected = new ArrayList<>();
    for (Alert alert : rule.alerts()) {
      if (alert.status().state() == AlertState.FIRING) {
        Map<String, String> labels = new TreeMap<>(alert.labels().toMap());
        labels.remove("alertname");
        expected.add(Map.of("exp_labels", labels, "exp_annotations", alert.annotations().toMap()));
        alertCount++;
      }
    }
    return Map.of(
        "eval_time", time / 1000 + "s", "alertname", rule.rule().name(), "exp_alerts", expected);
  }

  private static Map<String, Object> exprCase(Evaluator evaluator, String expr, long time)
      throws InvalidExpression {
    QueryResult.Vector vector = (QueryResult.Vector) evaluator.instant(Parser.parse(expr), time);
    List<Map<String, Object>> expected = new ArrayList<>();
    for (QueryResult.Sample sample : vector.samples()) {
      expected.add(Map.of("labels", text(sample.labels()), "value", sample.value()));
    }
    return Map.of("expr", expr, "eval_time", time / 1000 + "s", "exp_samples", expected);
  }

  private static String text(Labels labels) {
    return MetricLabels.text(labels);
  }
}
