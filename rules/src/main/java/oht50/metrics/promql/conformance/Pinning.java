package oht50.metrics.promql.conformance;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import oht50.metrics.promql.syntax.Expr;
import oht50.metrics.promql.syntax.ExprVisitor;
import oht50.metrics.promql.syntax.Function;
import oht50.metrics.promql.syntax.Shift;

/**
 * An expression with {@code @} on all its selectors and outermost subqueries, so that it says the
 * same whenever it is evaluated, unless a function looks at the time itself.
 */
final class Pinning implements ExprVisitor<Expr> {
  /** Functions of the time of evaluation, or of times of samples that it moves. */
  private static final Set<Function> OF_TIME =
      EnumSet.of(
          Function.DAYS_IN_MONTH,
          Function.DAY_OF_MONTH,
          Function.DAY_OF_WEEK,
          Function.DAY_OF_YEAR,
          Function.HOUR,
          Function.MINUTE,
          Function.MONTH,
          Function.YEAR,
          Function.PREDICT_LINEAR,
          Function.TIME,
          Function.TIMESTAMP);

  private final long millis;
  private boolean isOfTime;

  private Pinning(long millis) {
    this.millis = millis;
  }

  /**
   * @return null if the expression cannot be pinned
   */
  static Expr at(long millis, Expr expr) {
    Pinning pinning = new Pinning(millis);
    Expr pinned = expr.accept(pinning);
    return pinning.isOfTime ? null : pinned;
  }

  private Shift pinned(Shift shift) {
    Shift.Kind kind = shift.anchor().kind();
    isOfTime |= kind == Shift.Kind.START || kind == Shift.Kind.END;
    return kind == Shift.Kind.TICK
        ? new Shift(shift.offsetMillis(), Shift.Anchor.at(millis))
        : shift;
  }

  @Override
  public Expr number(Expr.Number number) {
    return number;
  }

  @Override
  public Expr text(Expr.Text text) {
    return text;
  }

  @Override
  public Expr.VectorSelector vectorSelector(Expr.VectorSelector selector) {
    return selector.with(pinned(selector.shift()));
  }

  @Override
  public Expr matrixSelector(Expr.MatrixSelector matrix) {
    return new Expr.MatrixSelector(
        matrix.place(), vectorSelector(matrix.selector()), matrix.rangeMillis());
  }

  /** What is inside is evaluated at the subquery's own ticks. */
  @Override
  public Expr subquery(Expr.Subquery subquery) {
    return new Expr.Subquery(
        subquery.place(),
        subquery.expr(),
        subquery.rangeMillis(),
        subquery.stepMillis(),
        pinned(subquery.shift()));
  }

  @Override
  public Expr parenthesized(Expr.Parenthesized parenthesized) {
    return new Expr.Parenthesized(parenthesized.place(), parenthesized.expr().accept(this));
  }

  @Override
  public Expr unary(Expr.Unary unary) {
    return new Expr.Unary(unary.place(), unary.isNegation(), unary.expr().accept(this));
  }

  @Override
  public Expr binary(Expr.Binary binary) {
    return new Expr.Binary(
        binary.place(),
        binary.operator(),
        binary.left().accept(this),
        binary.right().accept(this),
        binary.isBool(),
        binary.matching());
  }

  @Override
  public Expr aggregation(Expr.Aggregation aggregation) {
    Expr parameter = aggregation.parameter();
    return new Expr.Aggregation(
        aggregation.place(),
        aggregation.operator(),
        parameter == null ? null : parameter.accept(this),
        aggregation.expr().accept(this),
        aggregation.isWithout(),
        aggregation.labels());
  }

  @Override
  public Expr call(Expr.Call call) {
    isOfTime |= OF_TIME.contains(call.function());
    List<Expr> arguments = call.arguments().stream().map(each -> each.accept(this)).toList();
    return new Expr.Call(call.place(), call.function(), arguments);
  }
}
