package oht50.metrics.promql.eval;

import java.util.Arrays;

/**
 * A histogram as counts of observations up to given bounds. Semantics: {@code promql/quantile.go}
 * of Prometheus 3.
 */
final class ClassicHistogram {
  /** Relative differences between counts below this are taken for rounding. */
  private static final double ROUNDING = 1e-12;

  private double[] bounds = new double[16];
  private double[] counts = new double[16];
  private int size;

  /** Counts of the same bound add up. */
  void add(double bound, double count) {
    if (size == bounds.length) {
      bounds = Arrays.copyOf(bounds, 2 * size);
      counts = Arrays.copyOf(counts, 2 * size);
    }
    int at = size++;
    while (at > 0 && bounds[at - 1] > bound) {
      bounds[at] = bounds[at - 1];
      counts[at] = counts[at - 1];
      at--;
    }
    bounds[at] = bound;
    counts[at] = count;
  }

  private void mergeEqualBounds() {
    int last = 0;
    for (int i = 1; i < size; i++) {
      if (bounds[i] == bounds[last]) {
        counts[last] += counts[i];
      } else {
        last++;
        bounds[last] = bounds[i];
        counts[last] = counts[i];
      }
    }
    size = last + 1;
  }

  /** No count is below that of a smaller bound, and none differs from it by rounding only. */
  private void makeMonotonic() {
    double before = counts[0];
    for (int i = 1; i < size; i++) {
      if (counts[i] != before && (isRounding(before, counts[i]) || counts[i] < before)) {
        counts[i] = before;
      } else {
        before = counts[i];
      }
    }
  }

  private static boolean isRounding(double left, double right) {
    double sum = Math.abs(left) + Math.abs(right);
    if (left == 0 || right == 0 || sum < Double.MIN_NORMAL) {
      return Math.abs(left - right) < ROUNDING * Double.MIN_NORMAL;
    }
    return Math.abs(left - right) / Math.min(sum, Double.MAX_VALUE) < ROUNDING;
  }

  /**
   * Linear inside the bucket of the rank; the first bucket begins at zero unless it ends there or
   * below, and of the last one only its lower bound is known.
   */
  double quantile(double quantile) {
    if (Double.isNaN(quantile)) {
      return Double.NaN;
    }
    if (quantile < 0) {
      return Double.NEGATIVE_INFINITY;
    }
    if (quantile > 1) {
      return Double.POSITIVE_INFINITY;
    }
    if (bounds[size - 1] != Double.POSITIVE_INFINITY) {
      return Double.NaN;
    }
    mergeEqualBounds();
    makeMonotonic();
    double observations = counts[size - 1];
    if (size < 2 || observations == 0) {
      return Double.NaN;
    }
    double rank = quantile * observations;
    int bucket = bucketOf(rank);
    if (bucket == size - 1) {
      return bounds[size - 2];
    }
    if (bucket == 0) {
      return bounds[0] <= 0 ? bounds[0] : bounds[0] * (rank / counts[0]);
    }
    double begin = bounds[bucket - 1];
    double below = counts[bucket - 1];
    return begin + (bounds[bucket] - begin) * ((rank - below) / (counts[bucket] - below));
  }

  /** The first bucket that reaches a rank, or the last one; by halves, as NaN would show. */
  private int bucketOf(double rank) {
    int low = 0;
    int high = size - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (counts[middle] >= rank) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** Which part of the observations lies between two values. */
  double fraction(double lower, double upper) {
    if (bounds[size - 1] != Double.POSITIVE_INFINITY) {
      return Double.NaN;
    }
    mergeEqualBounds();
    double observations = counts[size - 1];
    if (observations == 0 || Double.isNaN(lower) || Double.isNaN(upper)) {
      return Double.NaN;
    }
    if (lower >= upper) {
      return 0;
    }
    return (rankOf(upper, observations) - rankOf(lower, observations)) / observations;
  }

  /** How many observations are below a value. */
  private double rankOf(double value, double observations) {
    double begin = bounds[0] <= 0 ? Double.NEGATIVE_INFINITY : 0;
    double below = 0;
    for (int i = 0; i < size; i++) {
      if (begin >= value) {
        return Math.min(below, observations);
      }
      if (bounds[i] > value) {
        // A bucket without a beginning cannot be divided: it counts as a whole.
        double rank =
            begin == Double.NEGATIVE_INFINITY
                ? counts[i]
                : below + (counts[i] - below) * (value - begin) / (bounds[i] - begin);
        return rank > observations ? observations : rank;
      }
      begin = bounds[i];
      below = counts[i];
    }
    return observations;
  }
}
