package oht50.metrics.rulecheck;

import java.util.List;
import java.util.Set;
import oht50.metrics.promql.syntax.AggregationOperator;
import oht50.metrics.promql.syntax.BinaryOperator;
import oht50.metrics.promql.syntax.Expr;
import oht50.metrics.promql.syntax.ExprVisitor;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.promql.syntax.MatchOperator;
import oht50.metrics.promql.syntax.Matching;
import oht50.metrics.promql.syntax.ValueType;

/** The labels of the series that the parts of an expression have. */
final class LabelFlow implements ExprVisitor<VectorLabels> {
  static final String BOUND = "le";

  private final KnownMetrics known;

  LabelFlow(KnownMetrics known) {
    this.known = known;
  }

  VectorLabels of(Expr expr) {
    return expr.accept(this);
  }

  @Override
  public VectorLabels number(Expr.Number number) {
    return VectorLabels.NONE;
  }

  @Override
  public VectorLabels text(Expr.Text text) {
    return VectorLabels.NONE;
  }

  @Override
  public VectorLabels vectorSelector(Expr.VectorSelector selector) {
    VectorLabels labels = VectorLabels.UNKNOWN;
    String name = nameOf(selector);
    Set<String> declared = name == null ? null : known.labels(name);
    if (declared != null) {
      for (String label : known.vocabulary()) {
        labels =
            labels.with(label, declared.contains(label) ? LabelValues.PRESENT : LabelValues.ABSENT);
      }
    }
    for (LabelMatcher condition : selector.conditions()) {
      if (!condition.name().equals(LabelMatcher.METRIC_NAME)) {
        labels = labels.with(condition.name(), labels.of(condition.name()).with(condition));
      }
    }
    return labels;
  }

  /** The one metric that a selector selects, or null. */
  static String nameOf(Expr.VectorSelector selector) {
    for (LabelMatcher condition : selector.matchers()) {
      if (condition.name().equals(LabelMatcher.METRIC_NAME)
          && condition.operator() == MatchOperator.EQUAL) {
        return condition.value();
      }
    }
    return null;
  }

  @Override
  public VectorLabels matrixSelector(Expr.MatrixSelector matrix) {
    return of(matrix.selector());
  }

  @Override
  public VectorLabels subquery(Expr.Subquery subquery) {
    return of(subquery.expr());
  }

  @Override
  public VectorLabels parenthesized(Expr.Parenthesized parenthesized) {
    return of(parenthesized.expr());
  }

  @Override
  public VectorLabels unary(Expr.Unary unary) {
    return of(unary.expr());
  }

  @Override
  public VectorLabels binary(Expr.Binary binary) {
    if (binary.left().type() == ValueType.SCALAR) {
      return of(binary.right());
    }
    if (binary.right().type() == ValueType.SCALAR) {
      return of(binary.left());
    }
    VectorLabels left = of(binary.left());
    VectorLabels right = of(binary.right());
    if (binary.operator().kind() == BinaryOperator.Kind.SET) {
      return binary.operator() == BinaryOperator.OR ? left.or(right) : left;
    }
    Matching matching = binary.matching();
    return switch (matching.cardinality()) {
      case ONE_TO_ONE ->
          matching.isOn() ? left.keep(matching.labels()) : left.without(matching.labels());
      case MANY_TO_ONE -> included(left, right, matching.included());
      case ONE_TO_MANY -> included(right, left, matching.included());
    };
  }

  private static VectorLabels included(VectorLabels many, VectorLabels one, List<String> labels) {
    VectorLabels all = many;
    for (String label : labels) {
      all = all.with(label, one.of(label));
    }
    return all;
  }

  @Override
  public VectorLabels aggregation(Expr.Aggregation aggregation) {
    VectorLabels inner = of(aggregation.expr());
    AggregationOperator operator = aggregation.operator();
    if (operator == AggregationOperator.TOPK || operator == AggregationOperator.BOTTOMK) {
      return inner;
    }
    VectorLabels grouped =
        aggregation.isWithout()
            ? inner.without(aggregation.labels())
            : inner.keep(aggregation.labels());
    return operator == AggregationOperator.COUNT_VALUES
            && aggregation.parameter().unwrapped() instanceof Expr.Text label
        ? grouped.with(label.value(), LabelValues.PRESENT)
        : grouped;
  }

  @Override
  public VectorLabels call(Expr.Call call) {
    List<Expr> arguments = call.arguments();
    return switch (call.function()) {
      case ABSENT, ABSENT_OVER_TIME -> ofAbsent(arguments.get(0).unwrapped());
      case LABEL_REPLACE, LABEL_JOIN ->
          arguments.get(1).unwrapped() instanceof Expr.Text label
              ? of(arguments.get(0)).with(label.value(), LabelValues.ANY)
              : VectorLabels.UNKNOWN;
      case HISTOGRAM_QUANTILE, HISTOGRAM_FRACTION ->
          of(arguments.get(arguments.size() - 1)).without(List.of(BOUND));
      default -> ofFirstVector(arguments);
    };
  }

  private VectorLabels ofFirstVector(List<Expr> arguments) {
    for (Expr argument : arguments) {
      if (argument.type() == ValueType.VECTOR || argument.type() == ValueType.MATRIX) {
        return of(argument);
      }
    }
    return VectorLabels.NONE;
  }

  /** What is absent has the labels that its selector gives one value. */
  private VectorLabels ofAbsent(Expr argument) {
    Expr.VectorSelector selector = null;
    if (argument instanceof Expr.VectorSelector vector) {
      selector = vector;
    } else if (argument instanceof Expr.MatrixSelector matrix) {
      selector = matrix.selector();
    }
    VectorLabels labels = VectorLabels.NONE;
    if (selector != null) {
      for (LabelMatcher condition : selector.conditions()) {
        if (condition.operator() == MatchOperator.EQUAL) {
          labels = labels.with(condition.name(), LabelValues.ANY);
        }
      }
    }
    return labels;
  }
}
