package oht50.metrics.promql.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import oht50.metrics.promql.syntax.Shift.Anchor;

/**
 * Trees of all kinds with types that are right, with parentheses where the grammar asks for them.
 */
final class RandomExpressions {
  private static final Place SOMEWHERE = new Place(1, 1);
  private static final int SIGN = 5; // binds like a multiplication
  private static final int TIGHTEST = 7;
  private static final String[] NAMES = {
    "a", "job", "le", "by", "sum", "on", "x_1", "naïve", "two words", "a.b", "say \"hi\"\n", "bool"
  };

  private final Random random;

  RandomExpressions(long seed) {
    this.random = new Random(seed);
  }

  Expr any(int depth) {
    return switch (random.nextInt(8)) {
      case 0 -> scalar(depth);
      case 1 -> new Expr.Text(SOMEWHERE, name());
      case 2 -> matrix(depth);
      default -> vector(depth);
    };
  }

  private Expr vector(int depth) {
    if (depth == 0) {
      return selector(shift());
    }
    return switch (random.nextInt(7)) {
      case 0 -> new Expr.Parenthesized(SOMEWHERE, vector(depth - 1));
      case 1 -> new Expr.Unary(SOMEWHERE, random.nextBoolean(), atLeast(vector(depth - 1), SIGN));
      case 2, 3 -> binary(depth);
      case 4 -> aggregation(depth);
      case 5 -> call(depth);
      default -> selector(shift());
    };
  }

  private Expr scalar(int depth) {
    if (depth == 0 || random.nextInt(3) == 0) {
      return number();
    }
    return switch (random.nextInt(4)) {
      case 0 -> new Expr.Parenthesized(SOMEWHERE, scalar(depth - 1));
      case 1 -> new Expr.Call(SOMEWHERE, Function.SCALAR_OF, List.of(vector(depth - 1)));
      case 2 ->
          binary(
              BinaryOperator.values()[3 + random.nextInt(13)],
              scalar(depth - 1),
              scalar(depth - 1),
              true,
              Matching.ALL_LABELS);
      default -> new Expr.Call(SOMEWHERE, Function.TIME, List.of());
    };
  }

  private Expr number() {
    double[] notable = {0, -0.0, 1, -1, 0.1, 1e-7, 1e21, 1e300, Double.MIN_VALUE, 12345678.9};
    return new Expr.Number(
        SOMEWHERE,
        switch (random.nextInt(6)) {
          case 0 -> notable[random.nextInt(notable.length)];
          case 1 -> Double.POSITIVE_INFINITY;
          case 2 -> Double.NEGATIVE_INFINITY;
          case 3 -> Double.NaN;
          case 4 -> random.nextInt(1000);
          default -> Double.longBitsToDouble(random.nextLong() & ~(1L << 62));
        });
  }

  private Expr matrix(int depth) {
    if (random.nextBoolean()) {
      return new Expr.MatrixSelector(SOMEWHERE, selector(shift()), 1 + random.nextInt(100_000_000));
    }
    Expr inner = atLeast(vector(Math.max(0, depth - 1)), TIGHTEST);
    long step = random.nextBoolean() ? 0 : 1 + random.nextInt(100_000);
    return new Expr.Subquery(SOMEWHERE, inner, 1 + random.nextInt(100_000_000), step, shift());
  }

  private Expr.VectorSelector selector(Shift shift) {
    String metric = random.nextInt(4) == 0 ? null : random.nextBoolean() ? "up" : "job:rate:sum";
    List<LabelMatcher> conditions = new ArrayList<>();
    if (metric == null) {
      conditions.add(LabelMatcher.of(name(), MatchOperator.EQUAL, "some\\thing"));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      MatchOperator operator = MatchOperator.values()[random.nextInt(4)];
      conditions.add(LabelMatcher.of(name(), operator, "a.*|" + i));
    }
    return Expr.VectorSelector.of(SOMEWHERE, metric, conditions, shift);
  }

  private Shift shift() {
    long offset = random.nextInt(3) > 0 ? 0 : random.nextInt(1_000_000_000) - 500_000_000;
    Anchor anchor =
        switch (random.nextInt(6)) {
          case 0 -> Anchor.START;
          case 1 -> Anchor.END;
          case 2 -> Anchor.at(random.nextInt(2_000_000_000) - 1_000_000_000L);
          default -> Anchor.TICK;
        };
    return new Shift(offset, anchor);
  }

  private Expr binary(int depth) {
    BinaryOperator operator =
        BinaryOperator.values()[random.nextInt(BinaryOperator.values().length)];
    boolean isSet = operator.kind() == BinaryOperator.Kind.SET;
    boolean isLeftScalar = !isSet && random.nextInt(4) == 0;
    boolean isRightScalar = !isSet && !isLeftScalar && random.nextInt(4) == 0;
    Expr left = isLeftScalar ? scalar(depth - 1) : vector(depth - 1);
    Expr right = isRightScalar ? scalar(depth - 1) : vector(depth - 1);
    boolean areVectors = !isLeftScalar && !isRightScalar;
    return binary(
        operator,
        left,
        right,
        random.nextBoolean(),
        areVectors ? matching(isSet) : Matching.ALL_LABELS);
  }

  private Expr binary(
      BinaryOperator operator, Expr left, Expr right, boolean isBool, Matching matching) {
    int precedence = operator.precedence();
    boolean isRight = operator.isRightAssociative();
    return new Expr.Binary(
        SOMEWHERE,
        operator,
        atLeast(left, precedence + (isRight ? 1 : 0)),
        afterOperator(right, precedence + (isRight ? 0 : 1)),
        isBool && operator.kind() == BinaryOperator.Kind.COMPARISON,
        matching);
  }

  private Matching matching(boolean isSet) {
    Matching.Cardinality cardinality =
        isSet ? Matching.Cardinality.ONE_TO_ONE : Matching.Cardinality.values()[random.nextInt(3)];
    boolean isGrouped = cardinality != Matching.Cardinality.ONE_TO_ONE;
    List<String> included = isGrouped && random.nextBoolean() ? List.of("included") : List.of();
    return new Matching(cardinality, random.nextBoolean(), names(), included);
  }

  private Expr aggregation(int depth) {
    AggregationOperator operator =
        AggregationOperator.values()[random.nextInt(AggregationOperator.values().length)];
    Expr parameter =
        operator.parameter() == null
            ? null
            : operator.parameter() == ValueType.STRING
                ? new Expr.Text(SOMEWHERE, name())
                : scalar(depth - 1);
    return new Expr.Aggregation(
        SOMEWHERE, operator, parameter, vector(depth - 1), random.nextBoolean(), names());
  }

  private Expr call(int depth) {
    Function function = Function.values()[random.nextInt(Function.values().length)];
    if (function.returns() == ValueType.SCALAR) {
      return vector(depth - 1);
    }
    int most = Math.min(function.mostArguments(), function.fewestArguments() + 2);
    int count = function.fewestArguments() + random.nextInt(most - function.fewestArguments() + 1);
    List<Expr> arguments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      arguments.add(
          switch (function.parameter(i)) {
            case SCALAR -> scalar(depth - 1);
            case VECTOR -> vector(depth - 1);
            case MATRIX -> matrix(depth - 1);
            case STRING -> new Expr.Text(SOMEWHERE, name());
          });
    }
    return new Expr.Call(SOMEWHERE, function, arguments);
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      names.add(name());
    }
    return names;
  }

  private String name() {
    return NAMES[random.nextInt(NAMES.length)];
  }

  /** In parentheses if it does not bind at least as tightly; a sign binds like one. */
  private static Expr atLeast(Expr expr, int precedence) {
    // A sign takes whatever binds tighter than itself, and is not before a number.
    boolean isNumber = precedence == SIGN && expr instanceof Expr.Number;
    int own = precedence(expr);
    boolean isTight =
        precedence == SIGN ? own > SIGN || expr instanceof Expr.Unary : own >= precedence;
    return isTight && !isNumber ? expr : new Expr.Parenthesized(SOMEWHERE, expr);
  }

  /** Behind an operator a sign needs no parentheses. */
  private static Expr afterOperator(Expr expr, int precedence) {
    boolean isSigned = expr instanceof Expr.Unary || expr instanceof Expr.Number;
    return isSigned || precedence(expr) >= precedence
        ? expr
        : new Expr.Parenthesized(SOMEWHERE, expr);
  }

  private static int precedence(Expr expr) {
    if (expr instanceof Expr.Binary binary) {
      return binary.operator().precedence();
    }
    boolean isNegative =
        expr instanceof Expr.Number number
            && (number.value() < 0 || 1 / number.value() == Double.NEGATIVE_INFINITY);
    return expr instanceof Expr.Unary || isNegative ? SIGN : TIGHTEST;
  }
}
