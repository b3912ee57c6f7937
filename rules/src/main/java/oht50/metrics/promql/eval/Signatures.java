package oht50.metrics.promql.eval;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.syntax.Matching;

/** By which labels the series of two sides are compared, as numbers from 0. */
final class Signatures {
  private final Matching matching;
  private final List<String> ignored;
  private final Map<Labels, Integer> ordinals = new HashMap<>();
  private final int[] left;
  private final int[] right;

  Signatures(Matching matching, List<TickSeries> left, List<TickSeries> right) {
    this.matching = matching;
    this.ignored = MetricLabels.andName(matching.labels());
    this.left = ordinals(left);
    this.right = ordinals(right);
  }

  private int[] ordinals(List<TickSeries> side) {
    int[] ofSeries = new int[side.size()];
    for (int i = 0; i < ofSeries.length; i++) {
      Labels compared = compared(side.get(i).labels);
      ofSeries[i] = ordinals.computeIfAbsent(compared, key -> ordinals.size());
    }
    return ofSeries;
  }

  /** The labels of a series that are compared. */
  Labels compared(Labels labels) {
    return matching.isOn() ? labels.keep(matching.labels()) : labels.without(ignored);
  }

  /** Series of the left side -> number. */
  int[] left() {
    return left;
  }

  /** Series of the right side -> number. */
  int[] right() {
    return right;
  }

  int count() {
    return ordinals.size();
  }
}
