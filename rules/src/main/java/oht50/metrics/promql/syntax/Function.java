package oht50.metrics.promql.syntax;

import static oht50.metrics.promql.syntax.ValueType.MATRIX;
import static oht50.metrics.promql.syntax.ValueType.SCALAR;
import static oht50.metrics.promql.syntax.ValueType.STRING;
import static oht50.metrics.promql.syntax.ValueType.VECTOR;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The functions and what they take. Source: Prometheus' documentation, "Query functions". Each one
 * is named as its constant, in lower case and without {@code _OF}.
 */
public enum Function {
  // Of each sample alone.
  ABS(VECTOR, VECTOR),
  CEIL(VECTOR, VECTOR),
  FLOOR(VECTOR, VECTOR),
  ROUND(VECTOR, 1, VECTOR, SCALAR),
  CLAMP(VECTOR, VECTOR, SCALAR, SCALAR),
  CLAMP_MAX(VECTOR, VECTOR, SCALAR),
  CLAMP_MIN(VECTOR, VECTOR, SCALAR),
  SGN(VECTOR, VECTOR),
  SQRT(VECTOR, VECTOR),
  EXP(VECTOR, VECTOR),
  LN(VECTOR, VECTOR),
  LOG2(VECTOR, VECTOR),
  LOG10(VECTOR, VECTOR),
  SIN(VECTOR, VECTOR),
  COS(VECTOR, VECTOR),
  TAN(VECTOR, VECTOR),
  ASIN(VECTOR, VECTOR),
  ACOS(VECTOR, VECTOR),
  ATAN(VECTOR, VECTOR),
  SINH(VECTOR, VECTOR),
  COSH(VECTOR, VECTOR),
  TANH(VECTOR, VECTOR),
  ASINH(VECTOR, VECTOR),
  ACOSH(VECTOR, VECTOR),
  ATANH(VECTOR, VECTOR),
  DEG(VECTOR, VECTOR),
  RAD(VECTOR, VECTOR),

  // Of times; without an argument of the time of evaluation.
  MINUTE(VECTOR, 0, VECTOR),
  HOUR(VECTOR, 0, VECTOR),
  DAY_OF_WEEK(VECTOR, 0, VECTOR),
  DAY_OF_MONTH(VECTOR, 0, VECTOR),
  DAY_OF_YEAR(VECTOR, 0, VECTOR),
  DAYS_IN_MONTH(VECTOR, 0, VECTOR),
  MONTH(VECTOR, 0, VECTOR),
  YEAR(VECTOR, 0, VECTOR),
  TIMESTAMP(VECTOR, VECTOR),

  // Of counters.
  RATE(VECTOR, MATRIX),
  INCREASE(VECTOR, MATRIX),
  IRATE(VECTOR, MATRIX),
  RESETS(VECTOR, MATRIX),

  // Of gauges.
  DELTA(VECTOR, MATRIX),
  IDELTA(VECTOR, MATRIX),
  CHANGES(VECTOR, MATRIX),
  DERIV(VECTOR, MATRIX),
  PREDICT_LINEAR(VECTOR, MATRIX, SCALAR),

  // Of all samples in a span of time.
  AVG_OVER_TIME(VECTOR, MATRIX),
  MIN_OVER_TIME(VECTOR, MATRIX),
  MAX_OVER_TIME(VECTOR, MATRIX),
  SUM_OVER_TIME(VECTOR, MATRIX),
  COUNT_OVER_TIME(VECTOR, MATRIX),
  QUANTILE_OVER_TIME(VECTOR, SCALAR, MATRIX),
  STDDEV_OVER_TIME(VECTOR, MATRIX),
  STDVAR_OVER_TIME(VECTOR, MATRIX),
  FIRST_OVER_TIME(VECTOR, MATRIX),
  LAST_OVER_TIME(VECTOR, MATRIX),
  PRESENT_OVER_TIME(VECTOR, MATRIX),
  ABSENT_OVER_TIME(VECTOR, MATRIX),

  // Of a vector as a whole.
  ABSENT(VECTOR, VECTOR),
  SORT(VECTOR, VECTOR),
  SORT_DESC(VECTOR, VECTOR),
  HISTOGRAM_QUANTILE(VECTOR, SCALAR, VECTOR),
  HISTOGRAM_FRACTION(VECTOR, SCALAR, SCALAR, VECTOR),
  LABEL_REPLACE(VECTOR, VECTOR, STRING, STRING, STRING, STRING),
  LABEL_JOIN(VECTOR, 3, Integer.MAX_VALUE, VECTOR, STRING, STRING, STRING),

  // From one type to another, and constants.
  SCALAR_OF(SCALAR, VECTOR),
  VECTOR_OF(VECTOR, SCALAR),
  TIME(SCALAR),
  PI(SCALAR);

  private static final String CONVERSION = "_of";
  private static final Map<String, Function> BY_NAME = new HashMap<>();

  static {
    for (Function function : values()) {
      BY_NAME.put(function.toString(), function);
    }
  }

  private final ValueType returns;
  private final int fewest;
  private final int most;
  private final List<ValueType> parameters;

  Function(ValueType returns, ValueType... parameters) {
    this(returns, parameters.length, parameters.length, parameters);
  }

  /** The last parameters may be left out. */
  Function(ValueType returns, int fewest, ValueType... parameters) {
    this(returns, fewest, parameters.length, parameters);
  }

  Function(ValueType returns, int fewest, int most, ValueType... parameters) {
    this.returns = returns;
    this.fewest = fewest;
    this.most = most;
    this.parameters = List.of(parameters);
  }

  public ValueType returns() {
    return returns;
  }

  int fewestArguments() {
    return fewest;
  }

  int mostArguments() {
    return most;
  }

  /** The type of an argument; the last parameter may stand for any number of them. */
  ValueType parameter(int index) {
    return parameters.get(Math.min(index, parameters.size() - 1));
  }

  @Override
  public String toString() {
    String name = name().toLowerCase(Locale.ROOT);
    return name.endsWith(CONVERSION) ? name.substring(0, name.indexOf(CONVERSION)) : name;
  }

  /** The function of a name, or null. */
  static Function of(String name) {
    return BY_NAME.get(name);
  }
}
