package oht50.metrics.promql.syntax;

import java.util.List;

/** Whether every part of a tree has the type that its place asks for. */
final class TypeChecker implements ExprVisitor<Void> {
  private InvalidExpression fault;

  private TypeChecker() {}

  static void check(Expr expr) throws InvalidExpression {
    TypeChecker checker = new TypeChecker();
    expr.accept(checker);
    if (checker.fault != null) {
      throw checker.fault;
    }
  }

  private void require(boolean isRight, Place place, String reason) {
    if (!isRight && fault == null) {
      fault = new InvalidExpression(place, reason);
    }
  }

  private void expect(Expr expr, ValueType wanted, String where) {
    expr.accept(this);
    require(
        expr.type() == wanted,
        expr.place(),
        "%s takes %s here, not %s".formatted(where, article(wanted), article(expr.type())));
  }

  private static String article(ValueType type) {
    return (type == ValueType.VECTOR ? "an " : "a ") + type;
  }

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
    boolean isNamedInside =
        selector.conditions().stream().anyMatch(c -> c.name().equals(LabelMatcher.METRIC_NAME));
    require(
        selector.metric() == null || !isNamedInside,
        selector.place(),
        "the metric's name is said twice, before the braces and in them");
    require(
        selector.matchers().stream().anyMatch(matcher -> !matcher.matches("")),
        selector.place(),
        "this selects every series; name a metric or a label that must not be empty");
    return null;
  }

  @Override
  public Void matrixSelector(Expr.MatrixSelector selector) {
    return selector.selector().accept(this);
  }

  @Override
  public Void subquery(Expr.Subquery subquery) {
    expect(subquery.expr(), ValueType.VECTOR, "a subquery");
    return null;
  }

  @Override
  public Void parenthesized(Expr.Parenthesized parenthesized) {
    return parenthesized.expr().accept(this);
  }

  @Override
  public Void unary(Expr.Unary unary) {
    unary.expr().accept(this);
    ValueType type = unary.expr().type();
    require(
        type == ValueType.SCALAR || type == ValueType.VECTOR,
        unary.place(),
        "a sign goes before a scalar or an instant vector, not before " + article(type));
    return null;
  }

  @Override
  public Void binary(Expr.Binary binary) {
    binary.left().accept(this);
    binary.right().accept(this);
    BinaryOperator operator = binary.operator();
    boolean isComparison = operator.kind() == BinaryOperator.Kind.COMPARISON;
    boolean areScalars = binary.type() == ValueType.SCALAR;
    requireOperand(binary.left(), operator);
    requireOperand(binary.right(), operator);
    require(
        isComparison || !binary.isBool(),
        binary.place(),
        "bool belongs to comparisons only, not to " + operator);
    require(
        !isComparison || binary.isBool() || !areScalars,
        binary.place(),
        "a comparison of scalars needs bool: write " + operator + " bool");
    checkMatching(binary);
    return null;
  }

  private void requireOperand(Expr side, BinaryOperator operator) {
    ValueType type = side.type();
    require(
        type == ValueType.SCALAR || type == ValueType.VECTOR,
        side.place(),
        operator + " takes scalars and instant vectors, not " + article(type));
  }

  private void checkMatching(Expr.Binary binary) {
    BinaryOperator operator = binary.operator();
    Matching matching = binary.matching();
    boolean areVectors =
        binary.left().type() == ValueType.VECTOR && binary.right().type() == ValueType.VECTOR;
    boolean isGrouped = matching.cardinality() != Matching.Cardinality.ONE_TO_ONE;
    boolean isSet = operator.kind() == BinaryOperator.Kind.SET;
    require(areVectors || !isSet, binary.place(), operator + " is between instant vectors only");
    require(
        areVectors || (matching.labels().isEmpty() && !isGrouped),
        binary.place(),
        "on and ignoring are between instant vectors only");
    require(
        !isSet || !isGrouped, binary.place(), operator + " takes no group_left and group_right");
    for (String label : matching.included()) {
      require(
          !matching.isOn() || !matching.labels().contains(label),
          binary.place(),
          "the label " + Names.label(label) + " is in on() and in the group; leave one out");
    }
  }

  @Override
  public Void aggregation(Expr.Aggregation aggregation) {
    String operator = aggregation.operator().toString();
    if (aggregation.parameter() != null) {
      expect(aggregation.parameter(), aggregation.operator().parameter(), operator);
    }
    expect(aggregation.expr(), ValueType.VECTOR, operator);
    return null;
  }

  @Override
  public Void call(Expr.Call call) {
    Function function = call.function();
    List<Expr> arguments = call.arguments();
    require(
        arguments.size() >= function.fewestArguments()
            && arguments.size() <= function.mostArguments(),
        call.place(),
        "%s() takes %s, not %d".formatted(function, counts(function), arguments.size()));
    boolean hasParameters = function.mostArguments() > 0;
    for (int i = 0; i < arguments.size() && hasParameters; i++) {
      expect(arguments.get(i), function.parameter(i), function + "()");
    }
    return null;
  }

  private static String counts(Function function) {
    int fewest = function.fewestArguments();
    int most = function.mostArguments();
    if (most == Integer.MAX_VALUE) {
      return "at least " + fewest + " arguments";
    }
    String counts = fewest == most ? "" + fewest : fewest + " to " + most;
    return counts + (most == 1 ? " argument" : " arguments");
  }
}
