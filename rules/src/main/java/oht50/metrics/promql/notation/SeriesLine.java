package oht50.metrics.promql.notation;

import oht50.metrics.model.Labels;
import oht50.metrics.promql.eval.NativeHistogram;

/**
 * A series and its values, one for each step; where {@code omitted}, none.
 *
 * @param labels with the metric's name
 */
public record SeriesLine(Labels labels, double[] values, boolean[] omitted) {
  /** Whether a native histogram is among the values. */
  public boolean hasNativeHistograms() {
    for (int i = 0; i < values.length; i++) {
      if (!omitted[i] && NativeHistogram.is(values[i])) {
        return true;
      }
    }
    return false;
  }
}
