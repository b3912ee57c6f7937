package oht50.metrics.ruleplan;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import oht50.metrics.promql.eval.EvaluationOptions;
import oht50.metrics.promql.syntax.Expr;
import oht50.metrics.promql.syntax.ExprWalk;
import oht50.metrics.promql.syntax.Function;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.promql.syntax.Place;
import oht50.metrics.promql.syntax.Shift;

/**
 * How far back of a tick an expression looks, selector by selector. A point that is further back
 * changes nothing at the tick, and one that is later neither.
 */
public final class Reach extends ExprWalk {
  private final EvaluationOptions options;
  private final List<Need> needs = new ArrayList<>();
  private final List<Unbounded> unbounded = new ArrayList<>();
  private boolean isInGrowth; // inside the call of a function that asks only for growth
  private long outer; // how far back the ticks of the subqueries around lie, ms

  private Reach(EvaluationOptions options) {
    this.options = options;
  }

  /**
   * Points that a selector needs: those of {@code (tick - millis, tick]}.
   *
   * @param matchers of its series
   * @param isOfGrowth whether only by how much series grew is asked for, by {@code rate} or {@code
   *     increase}, and not what they are
   */
  public record Need(List<LabelMatcher> matchers, long millis, boolean isOfGrowth)
      implements Serializable {
    public Need {
      matchers = List.copyOf(matchers);
    }
  }

  /** A part of an expression that looks at no stretch before its tick. */
  public record Unbounded(Place place, String what) {}

  /** From left to right. */
  public static Reach of(Expr expr, EvaluationOptions options) {
    Reach reach = new Reach(options);
    expr.accept(reach);
    return reach;
  }

  public List<Need> needs() {
    return List.copyOf(needs);
  }

  /** Such an expression cannot be evaluated on a stream; empty for any other. */
  public List<Unbounded> unbounded() {
    return List.copyOf(unbounded);
  }

  /** The furthest of all selectors, ms; 0 without one. */
  public long millis() {
    return needs.stream().mapToLong(Need::millis).max().orElse(0);
  }

  @Override
  public Void vectorSelector(Expr.VectorSelector selector) {
    add(selector, options.lookbackMillis(), false);
    return null;
  }

  @Override
  public Void matrixSelector(Expr.MatrixSelector matrix) {
    add(matrix.selector(), matrix.rangeMillis(), isInGrowth);
    return null;
  }

  private void add(Expr.VectorSelector selector, long window, boolean isOfGrowth) {
    long millis = before(selector.shift(), selector.place()) + window;
    needs.add(new Need(selector.matchers(), millis, isOfGrowth));
  }

  @Override
  public Void call(Expr.Call call) {
    boolean outside = isInGrowth;
    isInGrowth = call.function() == Function.RATE || call.function() == Function.INCREASE;
    super.call(call);
    isInGrowth = outside;
    return null;
  }

  @Override
  public Void subquery(Expr.Subquery subquery) {
    long outside = outer;
    outer = before(subquery.shift(), subquery.place()) + subquery.rangeMillis();
    subquery.expr().accept(this);
    outer = outside;
    return null;
  }

  /** How far before the tick of the rule the time lies that a shift counts from. */
  private long before(Shift shift, Place place) {
    if (shift.offsetMillis() < 0) {
      unbounded.add(new Unbounded(place, "a negative offset looks ahead of the tick"));
    }
    long offset = Math.max(0, shift.offsetMillis());
    return switch (shift.anchor().kind()) {
      case TICK -> outer + offset;
      // The tick of the rule, whatever the ticks of a subquery around it are.
      case START, END -> offset;
      case TIME -> {
        unbounded.add(
            new Unbounded(place, "@ with a time looks at points that are ever further back"));
        yield offset;
      }
    };
  }
}
