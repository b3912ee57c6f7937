package oht50.metrics.promql.eval;

import java.util.EnumMap;
import java.util.Map;
import oht50.metrics.promql.syntax.Function;

/**
 * What a function makes of the points of one series in a window.
 *
 * @param fewest of how many points it makes something at all
 * @param isOfAdded whether it is of what was added to a counted series: then it makes something of
 *     any window while the total stands, 0 where nothing was added
 * @param keepsName whether the result is of the same metric
 */
record RangeFunction(int fewest, boolean isOfAdded, boolean keepsName, Body body) {
  /** The arithmetic. */
  interface Body {
    /**
     * @param argument the scalar beside the range, if the function has one
     */
    double apply(SeriesWindow window, double argument);
  }

  private static final Map<Function, RangeFunction> ALL = new EnumMap<>(Function.class);

  // those that see of a counted series what was added, and not its totals
  private static final Map<Function, RangeFunction> OF_ADDED =
      Map.of(
          Function.RATE,
          new RangeFunction(
              0, true, false, (window, no) -> CounterFunctions.addedPerSecond(window)),
          Function.INCREASE,
          new RangeFunction(0, true, false, (window, no) -> CounterFunctions.added(window)));

  static {
    define(Function.RATE, 2, (window, none) -> CounterFunctions.rate(window));
    define(Function.INCREASE, 2, (window, none) -> CounterFunctions.increase(window));
    define(Function.IRATE, 2, (window, none) -> CounterFunctions.instantRate(window));
    define(Function.RESETS, 1, (window, none) -> CounterFunctions.resets(window));

    define(Function.DELTA, 2, (window, none) -> GaugeFunctions.delta(window));
    define(Function.IDELTA, 2, (window, none) -> GaugeFunctions.instantDelta(window));
    define(Function.CHANGES, 1, (window, none) -> GaugeFunctions.changes(window));
    define(Function.DERIV, 2, (window, none) -> GaugeFunctions.derivative(window));
    define(Function.PREDICT_LINEAR, 2, GaugeFunctions::predict);

    define(Function.AVG_OVER_TIME, 1, (window, none) -> OverTimeFunctions.average(window));
    define(Function.MIN_OVER_TIME, 1, (window, none) -> OverTimeFunctions.minimum(window));
    define(Function.MAX_OVER_TIME, 1, (window, none) -> OverTimeFunctions.maximum(window));
    define(Function.SUM_OVER_TIME, 1, (window, none) -> OverTimeFunctions.sum(window));
    define(Function.COUNT_OVER_TIME, 1, (window, none) -> window.count());
    define(Function.PRESENT_OVER_TIME, 1, (window, none) -> 1);
    define(Function.QUANTILE_OVER_TIME, 1, OverTimeFunctions::quantile);
    define(Function.STDVAR_OVER_TIME, 1, (window, none) -> OverTimeFunctions.variance(window));
    define(
        Function.STDDEV_OVER_TIME,
        1,
        (window, none) -> Math.sqrt(OverTimeFunctions.variance(window)));
    ALL.put(
        Function.FIRST_OVER_TIME,
        new RangeFunction(1, false, true, (window, none) -> window.firstValue()));
    ALL.put(
        Function.LAST_OVER_TIME,
        new RangeFunction(1, false, true, (window, none) -> window.lastValue()));
  }

  private static void define(Function function, int fewest, Body body) {
    ALL.put(function, new RangeFunction(fewest, false, false, body));
  }

  static RangeFunction of(Function function) {
    return ALL.get(function);
  }

  /** What it makes of a series that may be counted. */
  static RangeFunction of(Function function, StoredSeries series) {
    RangeFunction ofAdded = series.isCounted() ? OF_ADDED.get(function) : null;
    return ofAdded == null ? of(function) : ofAdded;
  }

  /**
   * Whether it makes something of the points in a window.
   *
   * @param expiryMillis how long a total stands
   */
  boolean isOf(SeriesWindow window, long expiryMillis) {
    return isOfAdded
        ? window.hasWithin(Math.max(expiryMillis, window.rangeMillis()))
        : window.count() >= fewest;
  }
}
