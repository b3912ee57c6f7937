package oht50.metrics.rulecheck;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The kinds of remarks, by the words that the command line knows. */
public enum Lint {
  /** Two rules of one name and the same labels. */
  DUPLICATE_RULES,
  /** A metric that nobody has and no rule records. */
  UNDEFINED_METRIC,
  /** A selector whose conditions no series can meet. */
  SELECTS_NOTHING,
  /** An operator whose sides have no labels in common. */
  NEVER_MATCHES,
  /** A quotient or difference of a series with itself. */
  ALWAYS_SAME,
  /** A counter compared with a number, although it only grows. */
  BARE_COUNTER,
  /** A function of counters over a gauge, or of gauges over a counter. */
  WRONG_KIND,
  /** A quantile of a histogram whose buckets are gone, or one that is no share of 1. */
  BAD_QUANTILE,
  /** An alert on a comparison with bool, which has a result also when it does not hold. */
  BOOL_ALERT,
  /** A {@code for} that is shorter than the interval of the group. */
  SHORT_FOR,
  /** A label in a text that the expression never has. */
  MISSING_LABEL,
  /** A text that cannot be filled. */
  UNFILLED_TEXT,
  /** A label with the value of the expression, so that each value is another alert. */
  CHANGING_LABEL;

  /** Like {@code never-matches}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * @throws IllegalArgumentException if there is none of that word
   */
  public static Lint ofWord(String word) {
    for (Lint lint : values()) {
      if (lint.word().equals(word)) {
        return lint;
      }
    }
    throw new IllegalArgumentException(
        "there is no lint '" + word + "'; known are all, none, " + words());
  }

  private static String words() {
    return Arrays.stream(values()).map(Lint::word).collect(Collectors.joining(", "));
  }
}
