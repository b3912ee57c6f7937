package oht50.metrics.promql.eval;

/**
 * Growth of counters, which fall only when they begin again at zero. Extrapolation to the ends of
 * the window as in Prometheus: {@code promql/functions.go}, {@code extrapolatedRate}. Of counted
 * series it is known what was added in a window: nothing is extrapolated.
 */
final class CounterFunctions {
  /** Up to how many average distances from an end of the window the series is taken to reach it. */
  private static final double NEAR = 1.1;

  private CounterFunctions() {}

  static double increase(SeriesWindow window) {
    double growth = growth(window);
    return growth * extrapolation(window, growth);
  }

  static double rate(SeriesWindow window) {
    double growth = growth(window);
    return growth * (extrapolation(window, growth) / (window.rangeMillis() / 1000.0));
  }

  /** What was added to a counted series, in the order of time. */
  static double added(SeriesWindow window) {
    double added = 0;
    for (int i = window.from(); i < window.to(); i++) {
      added += window.added[i];
    }
    return added;
  }

  static double addedPerSecond(SeriesWindow window) {
    return added(window) / (window.rangeMillis() / 1000.0);
  }

  /** The growth from the first to the last point, resets made up for. */
  private static double growth(SeriesWindow window) {
    double[] values = window.values;
    double growth = window.lastValue() - window.firstValue();
    for (int i = window.from() + 1; i < window.to(); i++) {
      if (values[i] < values[i - 1]) {
        growth += values[i - 1];
      }
    }
    return growth;
  }

  /**
   * By what growth between the first and the last point is multiplied to be that of the window.
   *
   * @param growthOfCounter between these points, of a series that cannot have been below zero; 0 of
   *     any other
   */
  static double extrapolation(SeriesWindow window, double growthOfCounter) {
    double toStart = (window.firstTime() - window.start()) / 1000.0;
    double toEnd = (window.end() - window.lastTime()) / 1000.0;
    double sampled = (window.lastTime() - window.firstTime()) / 1000.0;
    double average = sampled / (window.count() - 1);
    double near = average * NEAR;
    if (toStart >= near) {
      toStart = average / 2;
    }
    if (growthOfCounter > 0 && window.firstValue() >= 0) {
      double toZero = sampled * (window.firstValue() / growthOfCounter);
      toStart = toZero < toStart ? toZero : toStart;
    }
    if (toEnd >= near) {
      toEnd = average / 2;
    }
    return (sampled + toStart + toEnd) / sampled;
  }

  /** Of the last two points. */
  static double instantRate(SeriesWindow window) {
    int last = window.to() - 1;
    double value = window.values[last];
    double before = window.values[last - 1];
    double growth = value < before ? value : value - before;
    return growth / ((window.timestamps[last] - window.timestamps[last - 1]) / 1000.0);
  }

  static double resets(SeriesWindow window) {
    int resets = 0;
    for (int i = window.from() + 1; i < window.to(); i++) {
      resets += window.values[i] < window.values[i - 1] ? 1 : 0;
    }
    return resets;
  }
}
