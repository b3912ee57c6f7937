package oht50.metrics.promql.eval;

/** Movements of values that rise and fall. */
final class GaugeFunctions {
  private GaugeFunctions() {}

  static double delta(SeriesWindow window) {
    double difference = window.lastValue() - window.firstValue();
    return difference * CounterFunctions.extrapolation(window, 0);
  }

  /** Of the last two points. */
  static double instantDelta(SeriesWindow window) {
    return window.lastValue() - window.values[window.to() - 2];
  }

  /** How often a value differs from the one before; NaN does not differ from NaN. */
  static double changes(SeriesWindow window) {
    int changes = 0;
    for (int i = window.from() + 1; i < window.to(); i++) {
      double value = window.values[i];
      double before = window.values[i - 1];
      boolean isMissing = Double.isNaN(value) && Double.isNaN(before);
      changes += value != before && !isMissing ? 1 : 0;
    }
    return changes;
  }

  /** Per second. */
  static double derivative(SeriesWindow window) {
    return line(window, window.firstTime()).slope;
  }

  /**
   * @param seconds after the time of evaluation
   */
  static double predict(SeriesWindow window, double seconds) {
    Line line = line(window, window.tick());
    return line.slope * seconds + line.intercept;
  }

  private record Line(double slope, double intercept) {}

  /**
   * Least squares, in seconds from an origin.
   *
   * @param origin near the points, so that little is lost to rounding
   */
  private static Line line(SeriesWindow window, long origin) {
    double first = window.firstValue();
    KahanSum sumX = new KahanSum(0);
    KahanSum sumY = new KahanSum(0);
    KahanSum sumXy = new KahanSum(0);
    KahanSum sumXx = new KahanSum(0);
    boolean isConstant = true;
    for (int i = window.from(); i < window.to(); i++) {
      double y = window.values[i];
      isConstant &= i == window.from() || y == first;
      double x = (window.timestamps[i] - origin) / 1e3;
      sumX.add(x);
      sumY.add(y);
      sumXy.add(x * y);
      sumXx.add(x * x);
    }
    if (isConstant) {
      return Double.isInfinite(first) ? new Line(Double.NaN, Double.NaN) : new Line(0, first);
    }
    double n = window.count();
    double x = sumX.total();
    double y = sumY.total();
    double covariance = sumXy.total() - x * y / n;
    double variance = sumXx.total() - x * x / n;
    double slope = covariance / variance;
    return new Line(slope, y / n - slope * x / n);
  }
}
