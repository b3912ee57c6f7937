package oht50.metrics.promql.eval;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.syntax.Expr;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.promql.syntax.MatchOperator;
import oht50.metrics.promql.syntax.Names;
import oht50.metrics.regex.Template;

/** Functions that look at labels and not at values. */
final class LabelFunctions {
  private LabelFunctions() {}

  /**
   * A label out of another one where that matches as a whole.
   *
   * @param vector asked for when the rest is in order
   * @param replacement with {@code $1} for what a group matched
   */
  static List<TickSeries> replace(
      Supplier<List<TickSeries>> vector,
      String target,
      String replacement,
      String source,
      String expression) {
    Pattern pattern = pattern(expression);
    requireLabel(target, "destination", "label_replace");
    List<TickSeries> replaced = new ArrayList<>();
    for (TickSeries series : vector.get()) {
      String value = series.labels.get(source);
      Matcher matcher = pattern.matcher(value == null ? "" : value);
      replaced.add(
          matcher.find() ? with(series, target, Template.expand(replacement, matcher)) : series);
    }
    return SameLabels.merge(replaced);
  }

  private static Pattern pattern(String expression) {
    try {
      return LabelMatcher.wholeValue(expression);
    } catch (IllegalArgumentException e) {
      throw new EvaluationFailure("invalid regular expression in label_replace(): " + expression);
    }
  }

  /** A label out of others, one after the other. */
  static List<TickSeries> join(
      Supplier<List<TickSeries>> vector, String target, String separator, List<String> sources) {
    sources.forEach(source -> requireLabel(source, "source", "label_join"));
    requireLabel(target, "destination", "label_join");
    List<TickSeries> joined = new ArrayList<>();
    for (TickSeries series : vector.get()) {
      List<String> values = new ArrayList<>();
      for (String source : sources) {
        String value = series.labels.get(source);
        values.add(value == null ? "" : value);
      }
      joined.add(with(series, target, String.join(separator, values)));
    }
    return SameLabels.merge(joined);
  }

  private static void requireLabel(String name, String role, String function) {
    if (!Names.isLabel(name)) {
      throw new EvaluationFailure(
          "invalid %s label name in %s(): %s".formatted(role, function, name));
    }
  }

  /** A name that is set is not taken away any more. */
  private static TickSeries with(TickSeries series, String label, String value) {
    boolean losesName = series.losesName && !label.equals(LabelMatcher.METRIC_NAME);
    return series.relabelled(series.labels.with(label, value), losesName);
  }

  /**
   * The labels of what is absent: those that a selector asks to be equal to one value; a label that
   * has more conditions is left out.
   */
  static Labels ofAbsent(Expr argument) {
    List<LabelMatcher> conditions = List.of();
    if (argument instanceof Expr.VectorSelector selector) {
      conditions = selector.conditions();
    } else if (argument instanceof Expr.MatrixSelector matrix) {
      conditions = matrix.selector().conditions();
    }
    Map<String, String> labels = new TreeMap<>();
    Set<String> equal = new HashSet<>();
    for (LabelMatcher condition : conditions) {
      String name = condition.name();
      if (name.equals(LabelMatcher.METRIC_NAME)) {
        continue;
      }
      if (condition.operator() == MatchOperator.EQUAL && equal.add(name)) {
        labels.put(name, condition.value());
      } else {
        labels.remove(name);
      }
    }
    return Labels.of(labels);
  }
}
