package oht50.metrics.promql.syntax;

/** A walk over trees; it has no default, so that a new kind of node cannot be forgotten. */
public interface ExprVisitor<R> {
  R number(Expr.Number number);

  R text(Expr.Text text);

  R vectorSelector(Expr.VectorSelector selector);

  R matrixSelector(Expr.MatrixSelector selector);

  R subquery(Expr.Subquery subquery);

  R parenthesized(Expr.Parenthesized parenthesized);

  R unary(Expr.Unary unary);

  R binary(Expr.Binary binary);

  R aggregation(Expr.Aggregation aggregation);

  R call(Expr.Call call);
}
