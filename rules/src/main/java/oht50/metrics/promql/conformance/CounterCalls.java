package oht50.metrics.promql.conformance;

import java.util.EnumSet;
import java.util.Set;
import oht50.metrics.promql.syntax.Expr;
import oht50.metrics.promql.syntax.ExprVisitor;
import oht50.metrics.promql.syntax.Function;

/** Whether a tree has functions for which it counts when a counter began. */
final class CounterCalls implements ExprVisitor<Boolean> {
  private static final Set<Function> FUNCTIONS =
      EnumSet.of(Function.RATE, Function.INCREASE, Function.IRATE, Function.RESETS);

  private CounterCalls() {}

  static boolean areIn(Expr expr) {
    return expr.accept(new CounterCalls());
  }

  @Override
  public Boolean number(Expr.Number number) {
    return false;
  }

  @Override
  public Boolean text(Expr.Text text) {
    return false;
  }

  @Override
  public Boolean vectorSelector(Expr.VectorSelector selector) {
    return false;
  }

  @Override
  public Boolean matrixSelector(Expr.MatrixSelector selector) {
    return false;
  }

  @Override
  public Boolean subquery(Expr.Subquery subquery) {
    return subquery.expr().accept(this);
  }

  @Override
  public Boolean parenthesized(Expr.Parenthesized parenthesized) {
    return parenthesized.expr().accept(this);
  }

  @Override
  public Boolean unary(Expr.Unary unary) {
    return unary.expr().accept(this);
  }

  @Override
  public Boolean binary(Expr.Binary binary) {
    return binary.left().accept(this) || binary.right().accept(this);
  }

  @Override
  public Boolean aggregation(Expr.Aggregation aggregation) {
    boolean isInParameter = aggregation.parameter() != null && aggregation.parameter().accept(this);
    return isInParameter || aggregation.expr().accept(this);
  }

  @Override
  public Boolean call(Expr.Call call) {
    return FUNCTIONS.contains(call.function())
        || call.arguments().stream().anyMatch(argument -> argument.accept(this));
  }
}
