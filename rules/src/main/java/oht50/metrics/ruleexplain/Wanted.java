package oht50.metrics.ruleexplain;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.promql.syntax.MatchOperator;
import oht50.metrics.ruleplan.LabelScope;

/**
 * Values of labels that are asked for; other labels may have any. An empty value asks for series
 * without the label.
 */
public record Wanted(SortedMap<String, String> labels) {
  /** Any series. */
  public static final Wanted ANY = of(Map.of());

  public Wanted {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  public static Wanted of(Map<String, String> labels) {
    return new Wanted(new TreeMap<>(labels));
  }

  public boolean isAny() {
    return labels.isEmpty();
  }

  /** Whether a series has these values. */
  public boolean meets(Labels series) {
    return labels.entrySet().stream()
        .allMatch(each -> each.getValue().equals(value(series, each.getKey())));
  }

  private static String value(Labels series, String label) {
    return Objects.requireNonNullElse(series.get(label), "");
  }

  /** What is asked of the labels of a scope. */
  Wanted within(LabelScope scope) {
    SortedMap<String, String> left = new TreeMap<>(labels);
    left.keySet().removeIf(label -> !scope.contains(label));
    return new Wanted(left);
  }

  Wanted without(Collection<String> others) {
    return within(LabelScope.allBut(others));
  }

  /** What both ask for; series that meet one of them meet it. */
  Wanted common(Wanted other) {
    SortedMap<String, String> both = new TreeMap<>(labels);
    both.entrySet().removeIf(each -> !each.getValue().equals(other.labels.get(each.getKey())));
    return new Wanted(both);
  }

  /** Like {@code {instance="h1"}}; an empty value is written. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    labels.forEach(
        (name, value) ->
            text.append(text.length() == 1 ? "" : ", ")
                .append(LabelMatcher.of(name, MatchOperator.EQUAL, value)));
    return text.append('}').toString();
  }
}
