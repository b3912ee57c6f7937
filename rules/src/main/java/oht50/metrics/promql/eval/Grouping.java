package oht50.metrics.promql.eval;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import oht50.metrics.model.Labels;

/** Which series are of one group: groups are numbered in the order of their first series. */
final class Grouping {
  private final List<Labels> groups = new ArrayList<>();
  private final int[] ofSeries;

  Grouping(List<TickSeries> series, boolean isWithout, List<String> labels) {
    Map<Labels, Integer> numbers = new HashMap<>();
    List<String> chosen = isWithout ? MetricLabels.andName(labels) : labels;
    ofSeries = new int[series.size()];
    for (int i = 0; i < ofSeries.length; i++) {
      Labels all = series.get(i).labels;
      Labels group = isWithout ? all.without(chosen) : all.keep(chosen);
      Integer number = numbers.putIfAbsent(group, groups.size());
      if (number == null) {
        groups.add(group);
      }
      ofSeries[i] = number == null ? groups.size() - 1 : number;
    }
  }

  static Labels labels(Labels labels, boolean isWithout, List<String> named) {
    return isWithout ? labels.without(MetricLabels.andName(named)) : labels.keep(named);
  }

  int of(int series) {
    return ofSeries[series];
  }

  int count() {
    return groups.size();
  }

  Labels labels(int group) {
    return groups.get(group);
  }
}
