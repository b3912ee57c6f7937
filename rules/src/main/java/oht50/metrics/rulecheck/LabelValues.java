package oht50.metrics.rulecheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.promql.syntax.MatchOperator;

/**
 * Which values a label may have in the series of a vector; an absent label has the empty one. More
 * values than really occur do no harm.
 *
 * @param only the values that are possible, or null for any
 * @param conditions that every value meets
 * @param isPresent whether the empty value is not among them
 */
record LabelValues(Set<String> only, List<LabelMatcher> conditions, boolean isPresent) {
  static final LabelValues ANY = new LabelValues(null, List.of(), false);
  static final LabelValues ABSENT = new LabelValues(Set.of(""), List.of(), false);
  static final LabelValues PRESENT = new LabelValues(null, List.of(), true);

  private static final String SPECIAL = "\\.+*?()[]{}^$";

  boolean accepts(String value) {
    return (only == null || only.contains(value))
        && !(isPresent && value.isEmpty())
        && conditions.stream().allMatch(condition -> condition.matches(value));
  }

  /** Whether there is no value at all. */
  boolean isImpossible() {
    return only != null && only.stream().noneMatch(this::accepts);
  }

  boolean isAbsent() {
    return only != null && accepts("") && only.stream().filter(this::accepts).count() == 1;
  }

  boolean canEqual(LabelValues other) {
    if (only != null) {
      return only.stream().anyMatch(value -> accepts(value) && other.accepts(value));
    }
    return other.only == null || other.canEqual(this);
  }

  /** These values as far as they meet a condition too. */
  LabelValues with(LabelMatcher condition) {
    Set<String> values = values(condition);
    List<LabelMatcher> more = new ArrayList<>(conditions);
    more.add(condition);
    return new LabelValues(only == null && values != null ? values : only, more, isPresent);
  }

  /** The values that a condition names one by one, or null if it does not. */
  private static Set<String> values(LabelMatcher condition) {
    if (condition.operator() == MatchOperator.EQUAL) {
      return Set.of(condition.value());
    }
    boolean isList =
        condition.operator() == MatchOperator.REGEX
            && condition.value().chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0);
    return isList ? new TreeSet<>(List.of(condition.value().split("\\|", -1))) : null;
  }

  /** All values of this one and the other, and maybe more. */
  LabelValues or(LabelValues other) {
    if (equals(other)) {
      return this;
    }
    if (only != null && other.only != null) {
      Set<String> all = new TreeSet<>();
      only.stream().filter(this::accepts).forEach(all::add);
      other.only.stream().filter(other::accepts).forEach(all::add);
      return new LabelValues(all, List.of(), false);
    }
    return isPresent && other.isPresent ? PRESENT : ANY;
  }

  /** For messages, like {@code no value} or {@code 'a' or 'b'}. */
  String words() {
    if (isAbsent()) {
      return "none";
    }
    if (only != null) {
      return only.stream()
          .filter(this::accepts)
          .map(value -> value.isEmpty() ? "none" : "'" + value + "'")
          .collect(Collectors.joining(" or "));
    }
    if (conditions.isEmpty()) {
      return isPresent ? "always one" : "any";
    }
    return conditions.stream().map(LabelMatcher::toString).collect(Collectors.joining(" and "));
  }
}
