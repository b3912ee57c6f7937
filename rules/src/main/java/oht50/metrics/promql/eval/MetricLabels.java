package oht50.metrics.promql.eval;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.promql.syntax.Matching;
import oht50.metrics.promql.syntax.Names;
import oht50.metrics.promql.syntax.Quoting;

/** Labels that say what a metric is, and labels as text. */
public final class MetricLabels {
  /** Pair by pair, as Prometheus sorts series. */
  public static final Comparator<Labels> ORDER = MetricLabels::compare;

  /** What an operation takes away that makes another metric of one. */
  public static final Set<String> OF_METRIC =
      Set.of(LabelMatcher.METRIC_NAME, "__type__", "__unit__");

  private MetricLabels() {}

  static Labels dropMetric(Labels labels) {
    return labels.without(OF_METRIC);
  }

  /** Given labels and the metric's name. */
  static List<String> andName(Collection<String> labels) {
    List<String> all = new ArrayList<>(labels);
    all.add(LabelMatcher.METRIC_NAME);
    return all;
  }

  /** The labels of a series by which it finds its partners on the other side of an operator. */
  public static Labels compared(Matching matching, Labels labels) {
    return matching.isOn()
        ? labels.keep(matching.labels())
        : labels.without(andName(matching.labels()));
  }

  private static int compare(Labels left, Labels right) {
    int common = Math.min(left.size(), right.size());
    for (int i = 0; i < common; i++) {
      int byName = left.name(i).compareTo(right.name(i));
      int order = byName != 0 ? byName : left.value(i).compareTo(right.value(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  /** Like {@code {__name__="up", job="a"}}. */
  public static String text(Labels labels) {
    StringBuilder text = new StringBuilder("{");
    labels.forEach(
        (name, value) ->
            text.append(text.length() == 1 ? "" : ", ")
                .append(Names.label(name))
                .append('=')
                .append(Quoting.quote(value)));
    return text.append('}').toString();
  }
}
