package oht50.metrics.ruleexplain;

import java.util.List;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.eval.MetricLabels;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.promql.syntax.Names;

/** Series as expressions write them. */
final class SeriesText {
  private SeriesText() {}

  /** Like {@code up{job="a"}}, or {@code {job="a"}} without a name. */
  static String of(Labels series) {
    String name = series.get(LabelMatcher.METRIC_NAME);
    if (name == null || !Names.isMetricWord(name)) {
      return MetricLabels.text(series);
    }
    Labels labels = series.without(List.of(LabelMatcher.METRIC_NAME));
    return name + (labels.size() == 0 ? "" : MetricLabels.text(labels));
  }
}
