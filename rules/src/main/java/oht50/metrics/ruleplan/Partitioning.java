package oht50.metrics.ruleplan;

import java.util.List;
import oht50.metrics.promql.eval.MetricLabels;
import oht50.metrics.promql.syntax.AggregationOperator;
import oht50.metrics.promql.syntax.BinaryOperator;
import oht50.metrics.promql.syntax.Expr;
import oht50.metrics.promql.syntax.ExprVisitor;
import oht50.metrics.promql.syntax.Function;
import oht50.metrics.promql.syntax.Matching;
import oht50.metrics.promql.syntax.Matching.Cardinality;
import oht50.metrics.promql.syntax.Selectors;
import oht50.metrics.promql.syntax.ValueType;
import oht50.metrics.rulefile.AlertingRule;
import oht50.metrics.rulefile.RecordingRule;
import oht50.metrics.rulefile.Rule;
import oht50.metrics.rulefile.RuleGroup;

/**
 * By which labels the series that an expression looks at can be divided. Series are of one part if
 * they have the same values of these labels, or of some of them; then the parts evaluated one by
 * one, put together, are the whole. Each series of the result has the values of its part.
 *
 * <p>What cannot be evaluated fails for its part only, where the whole would fail for all.
 */
public final class Partitioning implements ExprVisitor<LabelScope> {
  private static final List<String> BOUND = List.of("le");

  private Partitioning() {}

  public static LabelScope of(Expr expr) {
    // A result that is there without any series would be there once in every part.
    return isConstant(expr) ? LabelScope.NONE : expr.accept(new Partitioning());
  }

  /** Of a rule also by what it writes: a label that it sets is no longer that of its part. */
  public static LabelScope of(Rule rule, RuleGroup group) {
    if (group.limit() > 0 || rule.expr().type() == ValueType.SCALAR) {
      return LabelScope.NONE; // a limit is of all parts together
    }
    LabelScope scope = of(rule.expr());
    if (rule instanceof AlertingRule alert) {
      return scope.without(alert.labels().keySet());
    }
    return scope.without(((RecordingRule) rule).labels().keySet());
  }

  private static boolean isConstant(Expr expr) {
    return Selectors.of(expr).isEmpty();
  }

  @Override
  public LabelScope number(Expr.Number number) {
    return LabelScope.ALL;
  }

  @Override
  public LabelScope text(Expr.Text text) {
    return LabelScope.ALL;
  }

  @Override
  public LabelScope vectorSelector(Expr.VectorSelector selector) {
    return LabelScope.allBut(MetricLabels.OF_METRIC);
  }

  @Override
  public LabelScope matrixSelector(Expr.MatrixSelector matrix) {
    return matrix.selector().accept(this);
  }

  @Override
  public LabelScope subquery(Expr.Subquery subquery) {
    return subquery.expr().accept(this);
  }

  @Override
  public LabelScope parenthesized(Expr.Parenthesized parenthesized) {
    return parenthesized.expr().accept(this);
  }

  @Override
  public LabelScope unary(Expr.Unary unary) {
    return unary.expr().accept(this);
  }

  @Override
  public LabelScope binary(Expr.Binary binary) {
    Expr left = binary.left();
    Expr right = binary.right();
    if (left.type() == ValueType.SCALAR || right.type() == ValueType.SCALAR) {
      return left.accept(this).and(right.accept(this));
    }
    // A side that is the same in every part, and only decides over the other.
    boolean isFiltered =
        binary.operator() == BinaryOperator.AND || binary.operator() == BinaryOperator.UNLESS;
    if (isFiltered && isConstant(right) && !isConstant(left)) {
      return left.accept(this);
    }
    LabelScope ofConstant = besideConstant(binary.matching(), left, right);
    if (ofConstant != null) {
      return ofConstant;
    }
    return left.accept(this).and(right.accept(this)).and(compared(binary.matching()));
  }

  /** Of many series that are all joined with what is the same in every part, or null. */
  private LabelScope besideConstant(Matching matching, Expr left, Expr right) {
    boolean isManyLeft = matching.cardinality() == Cardinality.MANY_TO_ONE;
    if (matching.cardinality() == Cardinality.ONE_TO_ONE) {
      return null;
    }
    Expr many = isManyLeft ? left : right;
    Expr one = isManyLeft ? right : left;
    return isConstant(one) && !isConstant(many)
        ? many.accept(this).without(matching.included())
        : null;
  }

  /** Labels that both sides have with the same value; so it does not matter who includes which. */
  private static LabelScope compared(Matching matching) {
    return matching.isOn()
        ? LabelScope.only(matching.labels())
        : LabelScope.allBut(matching.labels());
  }

  @Override
  public LabelScope aggregation(Expr.Aggregation aggregation) {
    LabelScope groups =
        aggregation.isWithout()
            ? LabelScope.allBut(aggregation.labels())
            : LabelScope.only(aggregation.labels());
    LabelScope scope = aggregation.expr().accept(this).and(groups);
    if (aggregation.operator() == AggregationOperator.COUNT_VALUES) {
      return scope.without(List.of(text(aggregation.parameter()))); // it writes this label
    }
    return aggregation.parameter() == null
        ? scope
        : scope.and(aggregation.parameter().accept(this));
  }

  @Override
  public LabelScope call(Expr.Call call) {
    Function function = call.function();
    return switch (function) {
      // Something follows from there being nothing.
      case ABSENT, ABSENT_OVER_TIME, VECTOR_OF -> LabelScope.NONE;
      case SCALAR_OF -> isConstant(call) ? LabelScope.ALL : LabelScope.NONE;
      case LABEL_REPLACE, LABEL_JOIN ->
          call.arguments().get(0).accept(this).without(List.of(text(call.arguments().get(1))));
      case HISTOGRAM_QUANTILE, HISTOGRAM_FRACTION -> ofArguments(call).without(BOUND);
      case MINUTE, HOUR, DAY_OF_WEEK, DAY_OF_MONTH, DAY_OF_YEAR, DAYS_IN_MONTH, MONTH, YEAR ->
          call.arguments().isEmpty() ? LabelScope.NONE : ofArguments(call);
      default -> ofArguments(call);
    };
  }

  private LabelScope ofArguments(Expr.Call call) {
    LabelScope scope = LabelScope.ALL;
    for (Expr argument : call.arguments()) {
      scope = scope.and(argument.accept(this));
    }
    return scope;
  }

  private static String text(Expr expr) {
    return ((Expr.Text) expr.unwrapped()).value();
  }
}
