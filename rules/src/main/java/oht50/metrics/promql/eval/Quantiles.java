package oht50.metrics.promql.eval;

import java.util.Arrays;

/** Quantiles of values. */
final class Quantiles {
  private Quantiles() {}

  /**
   * Between the two values around the rank, weighted; NaN is the smallest value.
   *
   * @param values {@code [0, count)}; sorted by this
   */
  static double quantile(double quantile, double[] values, int count) {
    if (count == 0 || Double.isNaN(quantile)) {
      return Double.NaN;
    }
    if (quantile < 0) {
      return Double.NEGATIVE_INFINITY;
    }
    if (quantile > 1) {
      return Double.POSITIVE_INFINITY;
    }
    int missing = sort(values, count);
    double rank = quantile * (count - 1);
    int lower = (int) Math.max(0, Math.floor(rank));
    int upper = Math.min(count - 1, lower + 1);
    double weight = rank - Math.floor(rank);
    return at(values, lower, missing) * (1 - weight) + at(values, upper, missing) * weight;
  }

  /**
   * Ascending, with NaN at the end.
   *
   * @return how many are NaN
   */
  private static int sort(double[] values, int count) {
    Arrays.sort(values, 0, count);
    int missing = 0;
    while (missing < count && Double.isNaN(values[count - 1 - missing])) {
      missing++;
    }
    return missing;
  }

  private static double at(double[] values, int rank, int missing) {
    return rank < missing ? Double.NaN : values[rank - missing];
  }
}
