package oht50.metrics.promql.syntax;

import java.util.List;

/** Tokens with a look at the next ones. */
final class TokenStream {
  private final List<Token> tokens;
  private int at;

  TokenStream(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token peek() {
    return tokens.get(at);
  }

  Token peekSecond() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  Token next() {
    Token token = tokens.get(at);
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  boolean is(TokenKind kind) {
    return peek().kind() == kind;
  }

  boolean isWord(String word) {
    return peek().isWord(word);
  }

  /** Takes the next token if it is of that kind. */
  boolean accept(TokenKind kind) {
    if (!is(kind)) {
      return false;
    }
    next();
    return true;
  }

  /** Takes the next token if it is that keyword. */
  boolean acceptWord(String word) {
    if (!isWord(word)) {
      return false;
    }
    next();
    return true;
  }

  /**
   * @param where the surroundings, like "a selector"
   */
  Token expect(TokenKind kind, String where) throws InvalidExpression {
    if (!is(kind)) {
      throw unexpected(where, kind.toString());
    }
    return next();
  }

  InvalidExpression unexpected(String where, String expected) {
    return fault("unexpected " + peek().words() + " in " + where + "; expected " + expected);
  }

  /** A fault at the next token. */
  InvalidExpression fault(String reason) {
    return new InvalidExpression(peek().place(), reason);
  }
}
