package oht50.metrics.promql.syntax;

/** How a label is compared in a selector. */
public enum MatchOperator {
  EQUAL("="),
  NOT_EQUAL("!="),
  /** Matches the whole value. */
  REGEX("=~"),
  NOT_REGEX("!~");

  private final String symbol;

  MatchOperator(String symbol) {
    this.symbol = symbol;
  }

  @Override
  public String toString() {
    return symbol;
  }

  /** The operator of a token, or null. */
  static MatchOperator of(Token token) {
    for (MatchOperator operator : values()) {
      if (operator.symbol.equals(token.text()) && token.kind() != TokenKind.STRING) {
        return operator;
      }
    }
    return null;
  }
}
