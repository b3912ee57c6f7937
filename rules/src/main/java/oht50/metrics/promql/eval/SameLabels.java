package oht50.metrics.promql.eval;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oht50.metrics.model.Labels;

/** What happens when two series of a vector have the same labels. */
final class SameLabels {
  private SameLabels() {}

  /** They become one, in the place of the first; it is a failure if both are there at one tick. */
  static List<TickSeries> merge(List<TickSeries> vector) {
    if (areUnique(vector)) {
      return vector;
    }
    Map<Labels, TickSeries> merged = new LinkedHashMap<>();
    for (TickSeries series : vector) {
      TickSeries all =
          merged.computeIfAbsent(
              series.labels,
              labels -> new TickSeries(labels, series.losesName, series.values.length));
      for (int tick = 0; tick < series.values.length; tick++) {
        if (series.present[tick]) {
          if (all.present[tick]) {
            throw EvaluationFailure.sameLabels();
          }
          all.set(tick, series.values[tick]);
        }
      }
    }
    return List.copyOf(merged.values());
  }

  /** It is a failure, whenever they are there. */
  static List<TickSeries> refuse(List<TickSeries> vector) {
    if (!areUnique(vector)) {
      throw EvaluationFailure.sameLabels();
    }
    return vector;
  }

  private static boolean areUnique(List<TickSeries> vector) {
    if (vector.size() < 2) {
      return true;
    }
    Set<Labels> seen = new HashSet<>(2 * vector.size());
    for (TickSeries series : vector) {
      if (!seen.add(series.labels)) {
        return false;
      }
    }
    return true;
  }
}
