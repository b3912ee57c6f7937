package oht50.metrics.promql.eval;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import oht50.metrics.promql.syntax.Function;

/** The functions that look at each sample alone. */
final class ElementFunctions {
  private static final Map<Function, ElementFunction> ALL = new EnumMap<>(Function.class);

  static {
    define(Function.ABS, Math::abs);
    define(Function.CEIL, Math::ceil);
    define(Function.FLOOR, Math::floor);
    define(Function.SGN, FloatMath::sign);
    define(Function.SQRT, Math::sqrt);
    define(Function.EXP, StrictMath::exp);
    define(Function.LN, StrictMath::log);
    define(Function.LOG2, FloatMath::log2);
    define(Function.LOG10, FloatMath::log10);
    define(Function.SIN, StrictMath::sin);
    define(Function.COS, StrictMath::cos);
    define(Function.TAN, StrictMath::tan);
    define(Function.ASIN, StrictMath::asin);
    define(Function.ACOS, StrictMath::acos);
    define(Function.ATAN, StrictMath::atan);
    define(Function.SINH, StrictMath::sinh);
    define(Function.COSH, StrictMath::cosh);
    define(Function.TANH, StrictMath::tanh);
    define(Function.ASINH, FloatMath::asinh);
    define(Function.ACOSH, FloatMath::acosh);
    define(Function.ATANH, FloatMath::atanh);
    define(Function.DEG, value -> value * 180 / Math.PI);
    define(Function.RAD, value -> value * Math.PI / 180);
    ALL.put(Function.ROUND, (value, nearest, none) -> round(value, nearest));
    ALL.put(
        Function.CLAMP, (value, least, most) -> FloatMath.max(least, FloatMath.min(most, value)));
    ALL.put(
        Function.CLAMP_MIN,
        (value, least, none) ->
            FloatMath.max(least, FloatMath.min(Double.POSITIVE_INFINITY, value)));
    ALL.put(
        Function.CLAMP_MAX,
        (value, most, none) -> FloatMath.max(Double.NEGATIVE_INFINITY, FloatMath.min(most, value)));
    define(Function.MINUTE, CalendarFunctions::minute);
    define(Function.HOUR, CalendarFunctions::hour);
    define(Function.DAY_OF_WEEK, CalendarFunctions::dayOfWeek);
    define(Function.DAY_OF_MONTH, CalendarFunctions::dayOfMonth);
    define(Function.DAY_OF_YEAR, CalendarFunctions::dayOfYear);
    define(Function.DAYS_IN_MONTH, CalendarFunctions::daysInMonth);
    define(Function.MONTH, CalendarFunctions::month);
    define(Function.YEAR, CalendarFunctions::year);
  }

  private ElementFunctions() {}

  private static void define(Function function, DoubleUnaryOperator operator) {
    ALL.put(function, (value, none, nothing) -> operator.applyAsDouble(value));
  }

  /** Half up; divided by the inverse, which loses less than multiplying. */
  private static double round(double value, double nearest) {
    double inverse = 1.0 / nearest;
    return Math.floor(value * inverse + 0.5) / inverse;
  }

  /** The function, or null if it is none of this kind. */
  static ElementFunction of(Function function) {
    return ALL.get(function);
  }
}
