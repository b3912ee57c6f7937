package oht50.metrics.promql.syntax;

import java.util.Arrays;

/** Nested lists of operators and operands, which parentheses do not change. */
final class Meaning implements ExprVisitor<Object> {
  @Override
  public Object number(Expr.Number number) {
    return number;
  }

  @Override
  public Object text(Expr.Text text) {
    return text;
  }

  @Override
  public Object vectorSelector(Expr.VectorSelector selector) {
    return selector;
  }

  @Override
  public Object matrixSelector(Expr.MatrixSelector selector) {
    return selector;
  }

  @Override
  public Object subquery(Expr.Subquery subquery) {
    return Arrays.asList(subquery.expr().accept(this), subquery.rangeMillis(), subquery.shift());
  }

  @Override
  public Object parenthesized(Expr.Parenthesized parenthesized) {
    return parenthesized.expr().accept(this);
  }

  @Override
  public Object unary(Expr.Unary unary) {
    return Arrays.asList(unary.isNegation(), unary.expr().accept(this));
  }

  @Override
  public Object binary(Expr.Binary binary) {
    return Arrays.asList(
        binary.operator(),
        binary.isBool(),
        binary.matching(),
        binary.left().accept(this),
        binary.right().accept(this));
  }

  @Override
  public Object aggregation(Expr.Aggregation aggregation) {
    return Arrays.asList(aggregation.operator(), aggregation.expr().accept(this));
  }

  @Override
  public Object call(Expr.Call call) {
    return Arrays.asList(
        call.function(), call.arguments().stream().map(a -> a.accept(this)).toList());
  }
}
