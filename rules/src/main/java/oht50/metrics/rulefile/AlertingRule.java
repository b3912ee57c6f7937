package oht50.metrics.rulefile;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import oht50.metrics.promql.syntax.Expr;
import oht50.metrics.template.TextTemplate;

/**
 * A rule that raises an alert for each series of its result.
 *
 * @param name of the alert
 * @param forMillis how long a series must be there before the alert fires
 * @param keepFiringForMillis how long it fires on once the series is gone
 * @param labels that the alerts get, those of the group among them; an empty value takes a label
 *     away
 * @param annotations text for people
 */
public record AlertingRule(
    long id,
    String name,
    Expr expr,
    long forMillis,
    long keepFiringForMillis,
    SortedMap<String, TextTemplate> labels,
    SortedMap<String, TextTemplate> annotations,
    RulePlace place)
    implements Rule {
  public AlertingRule {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
  }
}
