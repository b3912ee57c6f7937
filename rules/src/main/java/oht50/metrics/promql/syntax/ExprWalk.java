package oht50.metrics.promql.syntax;

/** A walk through all parts of a tree, from left to right, that looks at some of them. */
public abstract class ExprWalk implements ExprVisitor<Void> {
  @Override
  public Void number(Expr.Number number) {
    return null;
  }

  @Override
  public Void text(Expr.Text text) {
    return null;
  }

  @Override
  public Void vectorSelector(Expr.VectorSelector selector) {
    return null;
  }

  @Override
  public Void matrixSelector(Expr.MatrixSelector selector) {
    return selector.selector().accept(this);
  }

  @Override
  public Void subquery(Expr.Subquery subquery) {
    return subquery.expr().accept(this);
  }

  @Override
  public Void parenthesized(Expr.Parenthesized parenthesized) {
    return parenthesized.expr().accept(this);
  }

  @Override
  public Void unary(Expr.Unary unary) {
    return unary.expr().accept(this);
  }

  @Override
  public Void binary(Expr.Binary binary) {
    binary.left().accept(this);
    return binary.right().accept(this);
  }

  @Override
  public Void aggregation(Expr.Aggregation aggregation) {
    if (aggregation.parameter() != null) {
      aggregation.parameter().accept(this);
    }
    return aggregation.expr().accept(this);
  }

  @Override
  public Void call(Expr.Call call) {
    call.arguments().forEach(argument -> argument.accept(this));
    return null;
  }
}
