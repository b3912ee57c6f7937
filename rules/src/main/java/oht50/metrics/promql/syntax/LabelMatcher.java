package oht50.metrics.promql.syntax;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import oht50.metrics.model.Labels;

/**
 * A condition on one label; an absent label has the empty value. Expressions are RE2 and match
 * whole values, line breaks included.
 */
public final class LabelMatcher implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The label that is the metric's name. */
  public static final String METRIC_NAME = "__name__";

  private static final String SPECIAL = "\\.+*?()[]{}^$"; // in RE2, beside the bar

  private final String name;
  private final MatchOperator operator;
  private final String value;
  private final Pattern pattern; // null if it is no expression
  private final HashSet<String> words; // all that match, if these can be told; else null

  private LabelMatcher(String name, MatchOperator operator, String value, Pattern pattern) {
    this.name = name;
    this.operator = operator;
    this.value = value;
    this.pattern = pattern;
    this.words = pattern == null ? null : words(value);
  }

  /** Of an expression like {@code a|b} what it matches; null of any other. */
  private static HashSet<String> words(String expression) {
    boolean isPlain = expression.chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0);
    return isPlain ? new HashSet<>(List.of(expression.split("\\|", -1))) : null;
  }

  /**
   * @throws IllegalArgumentException if the value is no expression of RE2 where one is asked for
   */
  public static LabelMatcher of(String name, MatchOperator operator, String value) {
    boolean isRegex = operator == MatchOperator.REGEX || operator == MatchOperator.NOT_REGEX;
    return new LabelMatcher(name, operator, value, isRegex ? wholeValue(value) : null);
  }

  /**
   * An expression that matches whole values only.
   *
   * @throws IllegalArgumentException if it is not RE2
   */
  public static Pattern wholeValue(String expression) {
    try {
      // Alone first: the brackets around it must not close what it left open.
      Pattern.compile(expression);
      return Pattern.compile("^(?s:" + expression + ")$");
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          Quoting.shorten(expression) + " is not RE2: " + e.getDescription(), e);
    }
  }

  public static LabelMatcher ofMetric(String name) {
    return of(METRIC_NAME, MatchOperator.EQUAL, name);
  }

  public String name() {
    return name;
  }

  public MatchOperator operator() {
    return operator;
  }

  public String value() {
    return value;
  }

  /**
   * @param label null or empty for a label that is absent
   */
  public boolean matches(String label) {
    String present = label == null ? "" : label;
    return switch (operator) {
      case EQUAL -> value.equals(present);
      case NOT_EQUAL -> !value.equals(present);
      case REGEX -> isFound(present);
      case NOT_REGEX -> !isFound(present);
    };
  }

  private boolean isFound(String label) {
    return words == null ? pattern.matches(label) : words.contains(label);
  }

  /** Whether a series, its metric's name among its labels, is one that all of them match. */
  public static boolean matchAll(List<LabelMatcher> matchers, Labels series) {
    for (LabelMatcher matcher : matchers) {
      if (!matcher.matches(series.get(matcher.name))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LabelMatcher matcher
        && name.equals(matcher.name)
        && operator == matcher.operator
        && value.equals(matcher.value);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, operator, value);
  }

  @Override
  public String toString() {
    return Names.label(name) + operator + Quoting.quote(value);
  }
}
