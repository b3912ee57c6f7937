package oht50.metrics.promql.eval;

import java.util.ArrayList;
import java.util.List;
import oht50.metrics.promql.syntax.BinaryOperator;
import oht50.metrics.promql.syntax.Expr;
import oht50.metrics.promql.syntax.ValueType;

/** Arithmetic and comparisons between a vector and a scalar. */
final class ScalarSideOperations {
  private final Evaluation evaluation;
  private final Expr.Binary binary;
  private final BinaryOperator operator;
  private final boolean isScalarLeft;
  private final boolean isComparison;

  ScalarSideOperations(Evaluation evaluation, Expr.Binary binary) {
    this.evaluation = evaluation;
    this.binary = binary;
    this.operator = binary.operator();
    this.isScalarLeft = binary.left().type() == ValueType.SCALAR;
    this.isComparison = operator.kind() == BinaryOperator.Kind.COMPARISON;
  }

  List<TickSeries> apply() {
    double[] scalars = evaluation.scalars(isScalarLeft ? binary.left() : binary.right());
    List<TickSeries> result = new ArrayList<>();
    for (TickSeries series : evaluation.vector(isScalarLeft ? binary.right() : binary.left())) {
      TickSeries calculated = new TickSeries(series.labels, series.losesName, scalars.length);
      for (int tick = 0; tick < scalars.length; tick++) {
        if (series.present[tick]) {
          calculate(calculated, tick, series.values[tick], scalars[tick]);
        }
      }
      if (!calculated.isEmpty()) {
        boolean isSameMetric = isComparison && !binary.isBool();
        result.add(isSameMetric ? calculated : evaluation.withoutName(calculated));
      }
    }
    return result;
  }

  /** A comparison that holds keeps the value of the vector, on whatever side that is. */
  private void calculate(TickSeries result, int tick, double value, double scalar) {
    double left = isScalarLeft ? scalar : value;
    double right = isScalarLeft ? value : scalar;
    if (!isComparison) {
      result.set(tick, ScalarOperations.calculate(operator, left, right));
      return;
    }
    boolean holds = ScalarOperations.holds(operator, left, right);
    if (binary.isBool()) {
      result.set(tick, holds ? 1 : 0);
    } else if (holds) {
      result.set(tick, value);
    }
  }
}
