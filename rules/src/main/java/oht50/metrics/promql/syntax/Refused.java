package oht50.metrics.promql.syntax;

import java.util.List;
import java.util.Set;

/** The names that are known and left out. */
final class Refused {
  /**
   * Source: what Prometheus 3.14 marks as experimental in {@code promql/parser/functions.go} and
   * {@code lex.go}, and {@code integral}, which is younger.
   */
  private static final Set<String> EXPERIMENTAL =
      Set.of(
          "double_exponential_smoothing",
          "end",
          "histogram_quantiles",
          "info",
          "integral",
          "limit_ratio",
          "limitk",
          "mad_over_time",
          "max_of",
          "min_of",
          "range",
          "sort_by_label",
          "sort_by_label_desc",
          "start",
          "start_timestamp",
          "step",
          "ts_of_first_over_time",
          "ts_of_last_over_time",
          "ts_of_max_over_time",
          "ts_of_min_over_time");

  private static final Set<String> NATIVE_HISTOGRAMS =
      Set.of(
          "histogram_avg",
          "histogram_count",
          "histogram_stddev",
          "histogram_stdvar",
          "histogram_sum");

  /** Words between or after expressions. */
  private static final Set<String> MODIFIERS = Set.of("anchored", "smoothed");

  /** Words between an operator and its right side, when a parenthesis follows. */
  private static final List<String> FILLS = List.of("fill", "fill_left", "fill_right");

  private static final List<String> AGGREGATIONS = List.of("limitk", "limit_ratio");

  private Refused() {}

  static void checkFunction(Token name) throws RefusedExpression {
    String what = "the function " + name.text() + "()";
    if (EXPERIMENTAL.contains(name.text())) {
      throw new RefusedExpression(name.place(), Refusal.EXPERIMENTAL, what);
    }
    if (NATIVE_HISTOGRAMS.contains(name.text())) {
      throw new RefusedExpression(name.place(), Refusal.NATIVE_HISTOGRAM, what);
    }
  }

  /** Whether a word is an aggregation that is left out. */
  static boolean isAggregation(Token word) {
    return AGGREGATIONS.stream().anyMatch(word::isWord);
  }

  static void checkModifier(Token word) throws RefusedExpression {
    if (MODIFIERS.stream().anyMatch(word::isWord)) {
      throw experimental(word, "the modifier " + word.text());
    }
  }

  static boolean isFill(Token word) {
    return FILLS.stream().anyMatch(word::isWord);
  }

  static RefusedExpression experimental(Token token, String what) {
    return new RefusedExpression(token.place(), Refusal.EXPERIMENTAL, what);
  }
}
