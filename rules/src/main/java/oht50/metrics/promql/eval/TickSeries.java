package oht50.metrics.promql.eval;

import oht50.metrics.model.Labels;

/** What a series is at each tick; absent at some. Not changed any more once it is in a vector. */
final class TickSeries {
  final Labels labels;

  /** Whether the metric's name, kept so far, is to go at the end. */
  final boolean losesName;

  final double[] values;
  final boolean[] present;

  private TickSeries(Labels labels, boolean losesName, double[] values, boolean[] present) {
    this.labels = labels;
    this.losesName = losesName;
    this.values = values;
    this.present = present;
  }

  TickSeries(Labels labels, boolean losesName, int ticks) {
    this(labels, losesName, new double[ticks], new boolean[ticks]);
  }

  void set(int tick, double value) {
    values[tick] = value;
    present[tick] = true;
  }

  boolean isEmpty() {
    for (boolean isPresent : present) {
      if (isPresent) {
        return false;
      }
    }
    return true;
  }

  /** The same values under other labels. */
  TickSeries relabelled(Labels other, boolean losesNameThen) {
    return new TickSeries(other, losesNameThen, values, present);
  }
}
