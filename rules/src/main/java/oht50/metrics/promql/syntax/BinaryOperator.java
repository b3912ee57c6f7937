package oht50.metrics.promql.syntax;

/**
 * The operators between two expressions. Precedence and associativity are those of Prometheus'
 * documentation, "Operators", section "Binary operator precedence".
 */
public enum BinaryOperator {
  OR("or", 1, Kind.SET),
  AND("and", 2, Kind.SET),
  UNLESS("unless", 2, Kind.SET),
  EQUAL("==", 3, Kind.COMPARISON),
  NOT_EQUAL("!=", 3, Kind.COMPARISON),
  LESS("<", 3, Kind.COMPARISON),
  LESS_OR_EQUAL("<=", 3, Kind.COMPARISON),
  GREATER(">", 3, Kind.COMPARISON),
  GREATER_OR_EQUAL(">=", 3, Kind.COMPARISON),
  ADD("+", 4, Kind.ARITHMETIC),
  SUBTRACT("-", 4, Kind.ARITHMETIC),
  MULTIPLY("*", 5, Kind.ARITHMETIC),
  DIVIDE("/", 5, Kind.ARITHMETIC),
  MODULO("%", 5, Kind.ARITHMETIC),
  ATAN2("atan2", 5, Kind.ARITHMETIC),
  POWER("^", 6, Kind.ARITHMETIC);

  /** What an operator does with its sides. */
  public enum Kind {
    ARITHMETIC,
    /** Keeps the samples for which it holds, or says 0 or 1 with {@code bool}. */
    COMPARISON,
    /** Joins sets of series whatever their values. */
    SET
  }

  static final int LOWEST_PRECEDENCE = 1;

  private final String symbol;
  private final int precedence;
  private final Kind kind;

  BinaryOperator(String symbol, int precedence, Kind kind) {
    this.symbol = symbol;
    this.precedence = precedence;
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** A higher one binds tighter. */
  int precedence() {
    return precedence;
  }

  boolean isRightAssociative() {
    return this == POWER;
  }

  @Override
  public String toString() {
    return symbol;
  }

  /** The operator of a token, or null. */
  static BinaryOperator of(Token token) {
    if (token.kind() == TokenKind.STRING) {
      return null;
    }
    for (BinaryOperator operator : values()) {
      if (operator.symbol.equalsIgnoreCase(token.text())) {
        return operator;
      }
    }
    return null;
  }
}
