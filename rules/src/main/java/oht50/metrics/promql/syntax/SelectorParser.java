package oht50.metrics.promql.syntax;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import oht50.metrics.time.Durations;

/** Selectors, and what may stand behind an expression: a range, {@code offset}, {@code @}. */
final class SelectorParser {
  private static final String IN_SELECTOR = "a selector";
  private static final String IN_RANGE = "a range";

  /** What makes a duration a computed one. */
  private static final Set<TokenKind> CALCULATIONS =
      EnumSet.of(
          TokenKind.ADD,
          TokenKind.SUB,
          TokenKind.MUL,
          TokenKind.DIV,
          TokenKind.MOD,
          TokenKind.POW,
          TokenKind.LEFT_PAREN);

  private static final List<String> CALCULATED =
      List.of("step", "range", "min", "max", "min_of", "max_of");

  private final TokenStream tokens;

  SelectorParser(TokenStream tokens) {
    this.tokens = tokens;
  }

  /** A selector without a range, from its name or its brace. */
  Expr.VectorSelector selector() throws InvalidExpression {
    Place place = tokens.peek().place();
    String metric = tokens.is(TokenKind.LEFT_BRACE) ? null : tokens.next().text();
    List<LabelMatcher> conditions = tokens.is(TokenKind.LEFT_BRACE) ? conditions() : List.of();
    return Expr.VectorSelector.of(place, metric, conditions, Shift.NONE);
  }

  private List<LabelMatcher> conditions() throws InvalidExpression {
    tokens.next();
    List<LabelMatcher> conditions = new ArrayList<>();
    while (!tokens.accept(TokenKind.RIGHT_BRACE)) {
      conditions.add(condition());
      if (!tokens.is(TokenKind.RIGHT_BRACE)) {
        tokens.expect(TokenKind.COMMA, IN_SELECTOR);
      }
    }
    return conditions;
  }

  private LabelMatcher condition() throws InvalidExpression {
    Token name = tokens.peek();
    if (name.kind() != TokenKind.WORD && name.kind() != TokenKind.STRING) {
      throw tokens.unexpected(IN_SELECTOR, "a label or '}'");
    }
    boolean isQuoted = name.kind() == TokenKind.STRING;
    String label = isQuoted ? string() : tokens.next().text();
    boolean isAlone = tokens.is(TokenKind.COMMA) || tokens.is(TokenKind.RIGHT_BRACE);
    if (isQuoted && isAlone) {
      return LabelMatcher.ofMetric(label);
    }
    if (!Names.isLabel(label)) {
      throw new InvalidExpression(name.place(), name.words() + " is no name of a label");
    }
    MatchOperator operator = MatchOperator.of(tokens.peek());
    if (operator == null) {
      throw tokens.unexpected(IN_SELECTOR, "one of = != =~ !~");
    }
    tokens.next();
    Token value = tokens.peek();
    if (value.kind() != TokenKind.STRING) {
      throw tokens.unexpected(IN_SELECTOR, "a string");
    }
    try {
      return LabelMatcher.of(label, operator, string());
    } catch (IllegalArgumentException e) {
      throw new InvalidExpression(value.place(), e.getMessage());
    }
  }

  /** An expression with all that stands behind it. */
  Expr modified(Expr expr) throws InvalidExpression {
    Expr modified = expr;
    while (true) {
      Refused.checkModifier(tokens.peek());
      if (tokens.is(TokenKind.LEFT_BRACKET)) {
        modified = ranged(modified);
      } else if (tokens.isWord("offset")) {
        modified = offset(modified);
      } else if (tokens.is(TokenKind.AT)) {
        modified = anchored(modified);
      } else {
        return modified;
      }
    }
  }

  private Expr ranged(Expr expr) throws InvalidExpression {
    Token bracket = tokens.next();
    long range = positiveMillis();
    if (tokens.accept(TokenKind.RIGHT_BRACKET)) {
      return matrixSelector(expr, range, bracket.place());
    }
    if (!tokens.is(TokenKind.COLON)) {
      refuseCalculation();
      throw tokens.unexpected(IN_RANGE, "']' or ':'");
    }
    tokens.next();
    if (tokens.is(TokenKind.COLON)) {
      throw Refused.experimental(tokens.peek(), "an aligned subquery");
    }
    long step = tokens.is(TokenKind.RIGHT_BRACKET) ? 0 : positiveMillis();
    refuseCalculation();
    tokens.expect(TokenKind.RIGHT_BRACKET, IN_RANGE);
    return new Expr.Subquery(expr.place(), expr, range, step, Shift.NONE);
  }

  private static Expr matrixSelector(Expr expr, long range, Place bracket)
      throws InvalidExpression {
    if (!(expr instanceof Expr.VectorSelector selector)) {
      throw new InvalidExpression(
          bracket, "a range is of a selector; write [5m:] for a subquery of an expression");
    }
    if (!selector.shift().equals(Shift.NONE)) {
      throw new InvalidExpression(bracket, "the range comes before offset and @");
    }
    return new Expr.MatrixSelector(selector.place(), selector, range);
  }

  /** Durations that are computed. */
  private void refuseCalculation() throws RefusedExpression {
    Token token = tokens.peek();
    if (CALCULATIONS.contains(token.kind()) || CALCULATED.stream().anyMatch(token::isWord)) {
      throw Refused.experimental(token, "a computed duration");
    }
  }

  private long positiveMillis() throws InvalidExpression {
    refuseCalculation();
    Token token = tokens.peek();
    long millis = millis(1);
    if (millis <= 0) {
      throw new InvalidExpression(token.place(), "a duration here is longer than nothing");
    }
    return millis;
  }

  private long millis(int sign) throws InvalidExpression {
    Token token = tokens.peek();
    double seconds = seconds();
    double longest = Long.MAX_VALUE / 1e9;
    if (!(Math.abs(seconds) <= longest)) {
      throw new InvalidExpression(token.place(), token.words() + " is too long for a duration");
    }
    // Rounded to nanoseconds first: 0.007 s are 7 ms, though 0.007 * 1000 is less.
    return sign * (Math.round(seconds * 1e9) / 1_000_000);
  }

  /** A number, or a duration as a number of seconds. */
  double seconds() throws InvalidExpression {
    Token token = tokens.peek();
    if (token.kind() == TokenKind.DURATION) {
      tokens.next();
      return Durations.parse(token.text()).toMillis() / 1000.0;
    }
    if (token.kind() != TokenKind.NUMBER) {
      throw tokens.unexpected("an expression", "a number or a duration");
    }
    tokens.next();
    try {
      return Numbers.parse(token.text());
    } catch (NumberFormatException e) {
      throw new InvalidExpression(token.place(), e.getMessage());
    }
  }

  private Expr offset(Expr expr) throws InvalidExpression {
    Token keyword = tokens.next();
    int sign = tokens.is(TokenKind.SUB) ? -1 : 1;
    if (tokens.is(TokenKind.SUB) || tokens.is(TokenKind.ADD)) {
      tokens.next();
    }
    refuseCalculation();
    Shift shift = shift(expr, keyword);
    if (shift.offsetMillis() != 0) {
      throw new InvalidExpression(keyword.place(), "a second offset; one is enough");
    }
    return shifted(expr, shift.withOffset(millis(sign)));
  }

  private Expr anchored(Expr expr) throws InvalidExpression {
    Token keyword = tokens.next();
    Shift shift = shift(expr, keyword);
    if (!shift.anchor().equals(Shift.Anchor.TICK)) {
      throw new InvalidExpression(keyword.place(), "a second @; one is enough");
    }
    return shifted(expr, shift.withAnchor(anchor()));
  }

  private Shift.Anchor anchor() throws InvalidExpression {
    boolean isStart = tokens.isWord("start");
    if (isStart || tokens.isWord("end")) {
      tokens.next();
      tokens.expect(TokenKind.LEFT_PAREN, "@");
      tokens.expect(TokenKind.RIGHT_PAREN, "@");
      return isStart ? Shift.Anchor.START : Shift.Anchor.END;
    }
    int sign = tokens.is(TokenKind.SUB) ? -1 : 1;
    if (tokens.is(TokenKind.SUB) || tokens.is(TokenKind.ADD)) {
      tokens.next();
    }
    Token token = tokens.peek();
    double seconds = sign * seconds();
    if (!(Math.abs(seconds) < Long.MAX_VALUE / 1000.0)) {
      throw new InvalidExpression(token.place(), token.words() + " is no time for @");
    }
    return Shift.Anchor.at(Math.round(seconds * 1000));
  }

  private static Shift shift(Expr expr, Token keyword) throws InvalidExpression {
    if (expr instanceof Expr.VectorSelector selector) {
      return selector.shift();
    }
    if (expr instanceof Expr.MatrixSelector matrix) {
      return matrix.selector().shift();
    }
    if (expr instanceof Expr.Subquery subquery) {
      return subquery.shift();
    }
    throw new InvalidExpression(
        keyword.place(), keyword.text() + " belongs behind a selector or a subquery");
  }

  private static Expr shifted(Expr expr, Shift shift) {
    if (expr instanceof Expr.MatrixSelector matrix) {
      Expr.VectorSelector selector = (Expr.VectorSelector) shifted(matrix.selector(), shift);
      return new Expr.MatrixSelector(matrix.place(), selector, matrix.rangeMillis());
    }
    if (expr instanceof Expr.Subquery subquery) {
      return new Expr.Subquery(
          subquery.place(), subquery.expr(), subquery.rangeMillis(), subquery.stepMillis(), shift);
    }
    return ((Expr.VectorSelector) expr).with(shift);
  }

  /** What the next token, a string, says. */
  String string() throws InvalidExpression {
    Token token = tokens.next();
    try {
      return Quoting.unquote(token.text());
    } catch (IllegalArgumentException e) {
      throw new InvalidExpression(token.place(), e.getMessage());
    }
  }
}
