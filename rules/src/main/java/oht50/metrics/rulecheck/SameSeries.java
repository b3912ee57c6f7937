package oht50.metrics.rulecheck;

import java.util.EnumSet;
import java.util.Set;
import oht50.metrics.promql.syntax.Expr;
import oht50.metrics.promql.syntax.Function;
import oht50.metrics.promql.syntax.ValueType;

/**
 * Whether two expressions have the same value for each series that both have: they differ in
 * nothing but which series they select, and make each of its own alone.
 */
final class SameSeries {
  /** Functions that look at more than one series, or change what a series is called. */
  private static final Set<Function> OF_MANY =
      EnumSet.of(
          Function.ABSENT,
          Function.ABSENT_OVER_TIME,
          Function.HISTOGRAM_QUANTILE,
          Function.HISTOGRAM_FRACTION,
          Function.LABEL_REPLACE,
          Function.LABEL_JOIN,
          Function.SCALAR_OF,
          Function.VECTOR_OF);

  private SameSeries() {}

  static boolean are(Expr leftExpr, Expr rightExpr) {
    Expr left = leftExpr.unwrapped();
    Expr right = rightExpr.unwrapped();
    if (left instanceof Expr.VectorSelector a && right instanceof Expr.VectorSelector b) {
      String name = LabelFlow.nameOf(a);
      return name != null && name.equals(LabelFlow.nameOf(b)) && a.shift().equals(b.shift());
    }
    if (left instanceof Expr.MatrixSelector a && right instanceof Expr.MatrixSelector b) {
      return a.rangeMillis() == b.rangeMillis() && are(a.selector(), b.selector());
    }
    if (left instanceof Expr.Subquery a && right instanceof Expr.Subquery b) {
      return a.rangeMillis() == b.rangeMillis()
          && a.stepMillis() == b.stepMillis()
          && a.shift().equals(b.shift())
          && are(a.expr(), b.expr());
    }
    if (left instanceof Expr.Unary a && right instanceof Expr.Unary b) {
      return a.isNegation() == b.isNegation() && are(a.expr(), b.expr());
    }
    if (left instanceof Expr.Call a && right instanceof Expr.Call b) {
      return a.function() == b.function() && !OF_MANY.contains(a.function()) && areArguments(a, b);
    }
    if (left instanceof Expr.Binary a && right instanceof Expr.Binary b) {
      return areWithScalars(a, b);
    }
    return left.type() == ValueType.SCALAR && left.equals(right);
  }

  private static boolean areArguments(Expr.Call left, Expr.Call right) {
    boolean are = left.arguments().size() == right.arguments().size();
    for (int i = 0; i < left.arguments().size() && are; i++) {
      are = are(left.arguments().get(i), right.arguments().get(i));
    }
    return are;
  }

  private static boolean areWithScalars(Expr.Binary left, Expr.Binary right) {
    boolean isWithScalar =
        left.left().type() == ValueType.SCALAR || left.right().type() == ValueType.SCALAR;
    return isWithScalar
        && left.operator() == right.operator()
        && left.isBool() == right.isBool()
        && are(left.left(), right.left())
        && are(left.right(), right.right());
  }
}
