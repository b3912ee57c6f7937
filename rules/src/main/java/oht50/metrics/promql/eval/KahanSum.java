package oht50.metrics.promql.eval;

/**
 * A sum that carries what rounding took from it: Kahan's algorithm with Neumaier's improvement, and
 * as in Prometheus nothing is carried at infinity.
 */
final class KahanSum {
  private double sum;
  private double carried;

  KahanSum(double sum) {
    this.sum = sum;
  }

  void add(double value) {
    double next = sum + value;
    if (Double.isInfinite(next)) {
      carried = 0;
    } else if (Math.abs(sum) >= Math.abs(value)) {
      carried += (sum - next) + value;
    } else {
      carried += (value - next) + sum;
    }
    sum = next;
  }

  /** The sum with what is carried. */
  double total() {
    return sum + carried;
  }

  double sum() {
    return sum;
  }

  double carried() {
    return carried;
  }

  void scale(double factor) {
    sum *= factor;
    carried *= factor;
  }

  void reset(double sum, double carried) {
    this.sum = sum;
    this.carried = carried;
  }
}
