package oht50.metrics.ruleexplain;

import java.util.ArrayList;
import java.util.List;
import oht50.metrics.promql.syntax.BinaryOperator;
import oht50.metrics.promql.syntax.Expr;
import oht50.metrics.promql.syntax.Matching;
import oht50.metrics.promql.syntax.ValueType;
import oht50.metrics.ruleplan.LabelScope;

/**
 * What is asked of the sides of an operator, if something is asked of its result: a series of a
 * side that does not meet it is no part of a series of the result that does.
 */
final class Sides {
  private Sides() {}

  static Wanted left(Expr.Binary binary, Wanted wanted) {
    return side(binary, wanted, true);
  }

  static Wanted right(Expr.Binary binary, Wanted wanted) {
    return side(binary, wanted, false);
  }

  private static Wanted side(Expr.Binary binary, Wanted wanted, boolean isLeft) {
    if (binary.left().type() == ValueType.SCALAR || binary.right().type() == ValueType.SCALAR) {
      Expr side = isLeft ? binary.left() : binary.right();
      return side.type() == ValueType.SCALAR ? Wanted.ANY : wanted;
    }
    Matching matching = binary.matching();
    if (binary.operator().kind() == BinaryOperator.Kind.SET) {
      boolean isOfResult = isLeft || binary.operator() == BinaryOperator.OR;
      return isOfResult ? wanted : wanted.within(compared(matching, List.of()));
    }
    return switch (matching.cardinality()) {
      case ONE_TO_ONE -> wanted.within(compared(matching, List.of()));
      case MANY_TO_ONE -> isLeft ? many(matching, wanted) : one(matching, wanted);
      case ONE_TO_MANY -> isLeft ? one(matching, wanted) : many(matching, wanted);
    };
  }

  private static Wanted many(Matching matching, Wanted wanted) {
    return wanted.without(matching.included());
  }

  private static Wanted one(Matching matching, Wanted wanted) {
    return wanted.within(compared(matching, matching.included()));
  }

  /** The labels that are compared, and more. */
  private static LabelScope compared(Matching matching, List<String> more) {
    List<String> labels = new ArrayList<>(matching.labels());
    if (matching.isOn()) {
      labels.addAll(more);
      return LabelScope.only(labels);
    }
    labels.removeAll(more);
    return LabelScope.allBut(labels);
  }
}
