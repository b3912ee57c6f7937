package oht50.metrics.promql.eval;

import java.util.Arrays;

/** Statistics of the points of a window, all of the same weight. */
final class OverTimeFunctions {
  private OverTimeFunctions() {}

  static double sum(SeriesWindow window) {
    KahanSum sum = new KahanSum(0);
    for (int i = window.from(); i < window.to(); i++) {
      sum.add(window.values[i]);
    }
    return Double.isInfinite(sum.sum()) ? sum.sum() : sum.total();
  }

  static double average(SeriesWindow window) {
    MeanSum mean = new MeanSum(window.firstValue());
    for (int i = window.from() + 1; i < window.to(); i++) {
      mean.add(window.values[i]);
    }
    return mean.mean();
  }

  /** NaN only if all are. */
  static double minimum(SeriesWindow window) {
    double minimum = window.firstValue();
    for (int i = window.from() + 1; i < window.to(); i++) {
      double value = window.values[i];
      if (value < minimum || Double.isNaN(minimum)) {
        minimum = value;
      }
    }
    return minimum;
  }

  /** NaN only if all are. */
  static double maximum(SeriesWindow window) {
    double maximum = window.firstValue();
    for (int i = window.from() + 1; i < window.to(); i++) {
      double value = window.values[i];
      if (value > maximum || Double.isNaN(maximum)) {
        maximum = value;
      }
    }
    return maximum;
  }

  static double quantile(SeriesWindow window, double quantile) {
    double[] values = Arrays.copyOfRange(window.values, window.from(), window.to());
    return Quantiles.quantile(quantile, values, values.length);
  }

  /** Of the population: Welford's algorithm with compensated sums. */
  static double variance(SeriesWindow window) {
    KahanSum mean = new KahanSum(0);
    KahanSum squares = new KahanSum(0);
    double count = 0;
    for (int i = window.from(); i < window.to(); i++) {
      double value = window.values[i];
      count++;
      double distance = value - mean.total();
      mean.add(distance / count);
      squares.add(distance * (value - mean.total()));
    }
    return squares.total() / count;
  }
}
