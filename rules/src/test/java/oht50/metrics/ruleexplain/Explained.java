package oht50.metrics.ruleexplain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.promql.eval.EvaluationOptions;
import oht50.metrics.promql.eval.MetricLabels;
import oht50.metrics.promql.notation.InvalidNotation;
import oht50.metrics.promql.notation.SeriesLine;
import oht50.metrics.promql.notation.SeriesNotation;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.rulefile.RuleGroup;
import oht50.metrics.rulefile.Rules;
import oht50.metrics.time.Durations;

/**
 * Explanations over series in the notation of tests, which begin at 10:00 and have a point each
 * minute.
 */
final class Explained {
  /** 2026-11-29T10:00:00Z. */
  static final long BEGINNING = 1_795_946_400_000L;

  static final long MINUTE = 60_000;

  private final List<RuleGroup> groups;
  private final StoredPoints points = new StoredPoints();
  private final TreeMap<String, Long> metrics = new TreeMap<>();
  private Wanted wanted = Wanted.ANY;
  private long at;
  private int most = 10;

  private Explained(List<RuleGroup> groups) {
    this.groups = groups;
  }

  /** Rules of one group, a tick each minute. */
  static Explained rules(String rules) {
    return new Explained(Rules.read(Rules.group(rules)).file().groups());
  }

  Explained series(String labels, String values) {
    return series(labels, values, false);
  }

  /** What was counted in each minute. */
  Explained counts(String labels, String values) {
    return series(labels, values, true);
  }

  private Explained series(String labels, String values, boolean isIncrement) {
    try {
      SeriesLine line = SeriesNotation.parse(labels + " " + values);
      for (int i = 0; i < line.values().length; i++) {
        if (!line.omitted()[i]) {
          points.put(line.labels(), isIncrement, BEGINNING + i * MINUTE, line.values()[i]);
        }
      }
      metrics.merge(line.labels().get(LabelMatcher.METRIC_NAME), 1L, Long::sum);
      return this;
    } catch (InvalidNotation e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** A metric of which there are no points at the time. */
  Explained known(String metric, long series) {
    metrics.merge(metric, series, Long::sum);
    return this;
  }

  Explained labels(String name, String value) {
    wanted = Wanted.of(Map.of(name, value));
    return this;
  }

  /** How long after the beginning. */
  Explained at(String since) {
    at = BEGINNING + Durations.parse(since).toMillis();
    return this;
  }

  Explained most(int series) {
    most = series;
    return this;
  }

  ExplainPlan plan(String rule) {
    NamedRule named = NamedRule.of(groups, rule).get(0);
    return new ExplainPlan(
        groups,
        named.group(),
        named.rule(),
        wanted,
        at,
        MINUTE,
        2 * MINUTE,
        EvaluationOptions.DEFAULT);
  }

  Explanation of(String rule) {
    return new Explainer(plan(rule), points, new Catalogue(metrics), most).explain();
  }

  String text(String rule) {
    return ExplanationText.print(of(rule));
  }

  static String labels(AlertStory story) {
    return MetricLabels.text(story.labels());
  }

  List<String> sentences(String rule) {
    List<String> sentences = new ArrayList<>();
    of(rule).alerts().forEach(story -> sentences.add(story.sentence()));
    return sentences;
  }
}
