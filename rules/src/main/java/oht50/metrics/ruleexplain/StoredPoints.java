package oht50.metrics.ruleexplain;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import oht50.metrics.model.Labels;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.promql.eval.PointStore;
import oht50.metrics.promql.eval.StoredSeries;
import oht50.metrics.promql.syntax.LabelMatcher;

/** The points that were read, as expressions see them. */
public final class StoredPoints {
  private final PointStore values = new PointStore();
  private final PointStore increments = new PointStore();
  private final Set<String> metrics = new HashSet<>();
  private int count;

  /**
   * Adds a point; one of the same series and time is replaced.
   *
   * @param labels with the metric's name
   * @param isIncrement whether it is what was counted since the point before (series of {@code
   *     metric_type} delta), and not a value
   */
  public void put(Labels labels, boolean isIncrement, long timeMillis, double value) {
    (isIncrement ? increments : values).put(labels, timeMillis, value);
    metrics.add(labels.get(LabelMatcher.METRIC_NAME));
    count++;
  }

  /** How many were added. */
  public int count() {
    return count;
  }

  boolean hasMetric(String name) {
    return metrics.contains(name);
  }

  /** All of them; what was counted in increments is their sum in the order of time. */
  PointStore store() {
    PointStore all = new PointStore();
    for (StoredSeries series : values.select(List.of(), Long.MIN_VALUE, Long.MAX_VALUE)) {
      for (int i = series.from(); i < series.to(); i++) {
        all.put(series.labels(), series.timestamps()[i], series.values()[i]);
      }
    }
    for (StoredSeries series : increments.select(List.of(), Long.MIN_VALUE, Long.MAX_VALUE)) {
      double sum = 0;
      for (int i = series.from(); i < series.to(); i++) {
        double increment = series.values()[i];
        sum += StaleMarker.is(increment) ? 0 : increment;
        all.put(
            series.labels(),
            series.timestamps()[i],
            StaleMarker.is(increment) ? StaleMarker.VALUE : sum);
      }
    }
    return all;
  }
}
