package oht50.metrics.rulefile;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import oht50.metrics.promql.syntax.Expr;

/**
 * A rule whose result becomes a metric.
 *
 * @param name of the metric
 * @param labels that the series get, those of the group among them; an empty value takes a label
 *     away
 */
public record RecordingRule(
    long id, String name, Expr expr, SortedMap<String, String> labels, RulePlace place)
    implements Rule {
  public RecordingRule {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }
}
