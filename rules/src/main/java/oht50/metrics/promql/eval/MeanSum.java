package oht50.metrics.promql.eval;

/**
 * A mean: the compensated sum divided by the count, or, from the value on at which the sum would be
 * infinite, the mean carried on value by value.
 */
final class MeanSum {
  private final KahanSum sum;
  private double count = 1;
  private boolean isIncremental;

  MeanSum(double first) {
    sum = new KahanSum(first);
  }

  void add(double value) {
    count++;
    if (!isIncremental) {
      double before = sum.sum();
      double carriedBefore = sum.carried();
      sum.add(value);
      if (!Double.isInfinite(sum.sum())) {
        return;
      }
      isIncremental = true;
      sum.reset(before / (count - 1), carriedBefore / (count - 1));
    }
    sum.scale((count - 1) / count);
    sum.add(value / count);
  }

  double mean() {
    return isIncremental ? sum.total() : sum.sum() / count + sum.carried() / count;
  }
}
