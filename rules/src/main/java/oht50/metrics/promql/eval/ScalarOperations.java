package oht50.metrics.promql.eval;

import oht50.metrics.promql.syntax.BinaryOperator;

/** What operators do with two numbers. */
final class ScalarOperations {
  private ScalarOperations() {}

  /** The result of an arithmetic operator. */
  static double calculate(BinaryOperator operator, double left, double right) {
    return switch (operator) {
      case ADD -> left + right;
      case SUBTRACT -> left - right;
      case MULTIPLY -> left * right;
      case DIVIDE -> left / right;
      case MODULO -> left % right;
      case POWER -> FloatMath.power(left, right);
      case ATAN2 -> StrictMath.atan2(left, right);
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, OR, AND, UNLESS ->
          throw new IllegalArgumentException(operator + " is no arithmetic");
    };
  }

  /** Whether a comparison holds; of NaN only {@code !=} does. */
  static boolean holds(BinaryOperator operator, double left, double right) {
    return switch (operator) {
      case EQUAL -> left == right;
      case NOT_EQUAL -> left != right;
      case LESS -> left < right;
      case LESS_OR_EQUAL -> left <= right;
      case GREATER -> left > right;
      case GREATER_OR_EQUAL -> left >= right;
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO, POWER, ATAN2, OR, AND, UNLESS ->
          throw new IllegalArgumentException(operator + " is no comparison");
    };
  }

  /** Of two scalars; comparisons say 0 or 1. */
  static double[] apply(BinaryOperator operator, double[] left, double[] right) {
    double[] result = new double[left.length];
    for (int i = 0; i < result.length; i++) {
      result[i] =
          operator.kind() == BinaryOperator.Kind.COMPARISON
              ? (holds(operator, left[i], right[i]) ? 1 : 0)
              : calculate(operator, left[i], right[i]);
    }
    return result;
  }
}
