package oht50.metrics.simulation.rule;

import java.util.ArrayList;
import java.util.List;
import oht50.metrics.model.RecordedSample;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.ruleeval.RecordedSeries;

/** What a reader of committed recorded samples knows: of each series and time the last word. */
final class RecordedReader {
  private final RecordedSeries series = new RecordedSeries();
  private final List<RecordedSample> pending = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();
  private int corrected;
  private int taken;

  void publish(RecordedSample sample) {
    pending.add(sample);
  }

  void fail() {
    pending.clear();
  }

  void commit() {
    pending.forEach(this::see);
    pending.clear();
  }

  private void see(RecordedSample next) {
    var labels = next.series().labels().with(LabelMatcher.METRIC_NAME, next.series().name());
    Double before = series.get(labels, next.timestamp());
    boolean isTaken = StaleMarker.is(next.value()); // what is retracted is a marker to readers, too
    if (before != null && !isTaken && isSame(before, next.value())) {
      violations.add("said twice: " + next);
    }
    corrected += before != null && !isTaken ? 1 : 0;
    taken += before != null && isTaken ? 1 : 0;
    series.put(labels, next.timestamp(), next.value());
  }

  private static boolean isSame(double one, double other) {
    return Double.doubleToRawLongBits(one) == Double.doubleToRawLongBits(other);
  }

  RecordedSeries series() {
    return series;
  }

  List<String> violations() {
    return violations;
  }

  int corrected() {
    return corrected;
  }

  /** Points that were there and are not any more. */
  int taken() {
    return taken;
  }
}
