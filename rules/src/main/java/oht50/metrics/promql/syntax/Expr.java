package oht50.metrics.promql.syntax;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** An expression; trees of these are immutable and equal if they say the same. */
public sealed interface Expr extends Serializable {
  Place place();

  ValueType type();

  <R> R accept(ExprVisitor<R> visitor);

  /** A number; a negative one is a number too and no operator before one. */
  record Number(Place place, double value) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.SCALAR;
    }

    @Override
    public <R> R accept(ExprVisitor<R> visitor) {
      return visitor.number(this);
    }
  }

  /** A string. */
  record Text(Place place, String value) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.STRING;
    }

    @Override
    public <R> R accept(ExprVisitor<R> visitor) {
      return visitor.text(this);
    }
  }

  /**
   * The newest samples of series.
   *
   * @param metric the name before the braces, or null
   * @param matchers all conditions, that on the metric's name first; the same list for all readers,
   *     by which they may know the selector again
   */
  record VectorSelector(Place place, String metric, List<LabelMatcher> matchers, Shift shift)
      implements Expr {
    public VectorSelector {
      matchers = List.copyOf(matchers);
    }

    /**
     * @param metric the name before the braces, or null
     * @param conditions what stands between the braces
     */
    public static VectorSelector of(
        Place place, String metric, List<LabelMatcher> conditions, Shift shift) {
      if (metric == null) {
        return new VectorSelector(place, null, conditions, shift);
      }
      List<LabelMatcher> all = new ArrayList<>();
      all.add(LabelMatcher.ofMetric(metric));
      all.addAll(conditions);
      return new VectorSelector(place, metric, all, shift);
    }

    /** What stands between the braces. */
    public List<LabelMatcher> conditions() {
      return metric == null ? matchers : matchers.subList(1, matchers.size());
    }

    /** The same series at other times. */
    public VectorSelector with(Shift other) {
      return new VectorSelector(place, metric, matchers, other);
    }

    @Override
    public ValueType type() {
      return ValueType.VECTOR;
    }

    @Override
    public <R> R accept(ExprVisitor<R> visitor) {
      return visitor.vectorSelector(this);
    }
  }

  /** All samples of series in a span of time, its left end excluded. */
  record MatrixSelector(Place place, VectorSelector selector, long rangeMillis) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.MATRIX;
    }

    @Override
    public <R> R accept(ExprVisitor<R> visitor) {
      return visitor.matrixSelector(this);
    }
  }

  /**
   * What an expression says again and again in a span of time, its left end excluded.
   *
   * @param stepMillis 0 for the default
   */
  record Subquery(Place place, Expr expr, long rangeMillis, long stepMillis, Shift shift)
      implements Expr {
    @Override
    public ValueType type() {
      return ValueType.MATRIX;
    }

    @Override
    public <R> R accept(ExprVisitor<R> visitor) {
      return visitor.subquery(this);
    }
  }

  /** An expression between parentheses. */
  record Parenthesized(Place place, Expr expr) implements Expr {
    @Override
    public ValueType type() {
      return expr.type();
    }

    @Override
    public <R> R accept(ExprVisitor<R> visitor) {
      return visitor.parenthesized(this);
    }
  }

  /** A sign before an expression that is no number. */
  record Unary(Place place, boolean isNegation, Expr expr) implements Expr {
    @Override
    public ValueType type() {
      return expr.type();
    }

    @Override
    public <R> R accept(ExprVisitor<R> visitor) {
      return visitor.unary(this);
    }
  }

  /**
   * Two expressions and an operator between them.
   *
   * @param place of the operator
   * @param isBool whether a comparison says 0 or 1 and does not filter
   */
  record Binary(
      Place place,
      BinaryOperator operator,
      Expr left,
      Expr right,
      boolean isBool,
      Matching matching)
      implements Expr {
    @Override
    public ValueType type() {
      boolean isScalar = left.type() == ValueType.SCALAR && right.type() == ValueType.SCALAR;
      return isScalar ? ValueType.SCALAR : ValueType.VECTOR;
    }

    @Override
    public <R> R accept(ExprVisitor<R> visitor) {
      return visitor.binary(this);
    }
  }

  /**
   * A vector by groups.
   *
   * @param parameter null if the operator has none
   * @param isWithout whether groups are of all labels but {@code labels}; else of these
   */
  record Aggregation(
      Place place,
      AggregationOperator operator,
      Expr parameter,
      Expr expr,
      boolean isWithout,
      List<String> labels)
      implements Expr {
    public Aggregation {
      labels = List.copyOf(labels);
    }

    @Override
    public ValueType type() {
      return ValueType.VECTOR;
    }

    @Override
    public <R> R accept(ExprVisitor<R> visitor) {
      return visitor.aggregation(this);
    }
  }

  /** A function and its arguments. */
  record Call(Place place, Function function, List<Expr> arguments) implements Expr {
    public Call {
      arguments = List.copyOf(arguments);
    }

    @Override
    public ValueType type() {
      return function.returns();
    }

    @Override
    public <R> R accept(ExprVisitor<R> visitor) {
      return visitor.call(this);
    }
  }

  /** This expression without parentheses around it. */
  default Expr unwrapped() {
    Expr inner = this;
    while (inner instanceof Parenthesized parentheses) {
      inner = parentheses.expr();
    }
    return inner;
  }
}
