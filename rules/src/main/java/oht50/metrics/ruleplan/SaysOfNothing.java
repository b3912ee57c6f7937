package oht50.metrics.ruleplan;

import oht50.metrics.promql.syntax.Expr;
import oht50.metrics.promql.syntax.ExprWalk;
import oht50.metrics.promql.syntax.Function;
import oht50.metrics.promql.syntax.Selectors;
import oht50.metrics.promql.syntax.ValueType;

/**
 * Whether an expression may say something where there are no samples, as {@code absent(x)} does. It
 * is sure only of those that do not.
 */
public final class SaysOfNothing extends ExprWalk {
  private boolean isFound;

  private SaysOfNothing() {}

  public static boolean may(Expr expr) {
    SaysOfNothing walk = new SaysOfNothing();
    expr.accept(walk);
    return walk.isFound || expr.type() == ValueType.SCALAR || Selectors.of(expr).isEmpty();
  }

  @Override
  public Void call(Expr.Call call) {
    Function function = call.function();
    isFound |=
        function == Function.ABSENT
            || function == Function.ABSENT_OVER_TIME
            || function == Function.VECTOR_OF
            || (function.returns() == ValueType.VECTOR && call.arguments().isEmpty());
    return super.call(call);
  }
}
