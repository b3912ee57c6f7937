package oht50.metrics.promql.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Text to trees, by recursive descent with precedences. Grammar: Prometheus' documentation,
 * "Querying basics" and "Operators".
 */
public final class Parser {
  /** Deeper ones would end a thread with a small stack; no rule of a person comes near. */
  private static final int DEEPEST = 100;

  private static final int MOST_OPERATORS = 500;

  /** Keywords that no metric may be called in an expression, other than between braces. */
  private static final Set<String> RESERVED =
      Set.of("atan2", "bool", "group_left", "group_right", "ignoring", "on");

  private final TokenStream tokens;
  private final SelectorParser selectors;
  private int depth;
  private int operators;

  private Parser(TokenStream tokens) {
    this.tokens = tokens;
    this.selectors = new SelectorParser(tokens);
  }

  /**
   * A tree whose types are right.
   *
   * @throws InvalidExpression with the first fault
   */
  public static Expr parse(String text) throws InvalidExpression {
    Parser parser = new Parser(new TokenStream(Lexer.tokens(text)));
    if (parser.tokens.is(TokenKind.END)) {
      throw parser.tokens.fault("there is no expression");
    }
    Expr expr = parser.expression(BinaryOperator.LOWEST_PRECEDENCE);
    if (!parser.tokens.is(TokenKind.END)) {
      throw parser.tokens.unexpected("an expression", "an operator or the end");
    }
    TypeChecker.check(expr);
    return expr;
  }

  private Expr expression(int lowestPrecedence) throws InvalidExpression {
    if (++depth > DEEPEST) {
      throw tokens.fault("the expression is more than " + DEEPEST + " levels deep");
    }
    Expr left = operand();
    while (true) {
      refuseTrimming();
      BinaryOperator operator = BinaryOperator.of(tokens.peek());
      if (operator == null || operator.precedence() < lowestPrecedence) {
        depth--;
        return left;
      }
      if (++operators > MOST_OPERATORS) {
        throw tokens.fault("the expression has more than " + MOST_OPERATORS + " operators");
      }
      left = binary(left, operator);
    }
  }

  private void refuseTrimming() throws RefusedExpression {
    if (tokens.is(TokenKind.TRIM_LOWER) || tokens.is(TokenKind.TRIM_UPPER)) {
      Token operator = tokens.peek();
      throw new RefusedExpression(
          operator.place(), Refusal.NATIVE_HISTOGRAM, "the operator " + operator.text());
    }
  }

  private Expr binary(Expr left, BinaryOperator operator) throws InvalidExpression {
    Place place = tokens.next().place();
    boolean isBool = tokens.acceptWord("bool");
    Matching matching = matching();
    if (Refused.isFill(tokens.peek()) && tokens.peekSecond().kind() == TokenKind.LEFT_PAREN) {
      throw Refused.experimental(tokens.peek(), "the modifier " + tokens.peek().text());
    }
    int next = operator.precedence() + (operator.isRightAssociative() ? 0 : 1);
    return new Expr.Binary(place, operator, left, expression(next), isBool, matching);
  }

  private Matching matching() throws InvalidExpression {
    boolean isOn = tokens.isWord("on");
    if (!isOn && !tokens.isWord("ignoring")) {
      if (tokens.isWord("group_left") || tokens.isWord("group_right")) {
        throw tokens.fault(tokens.peek().text() + " needs on(...) or ignoring(...) before it");
      }
      return Matching.ALL_LABELS;
    }
    tokens.next();
    List<String> labels = labels();
    boolean isLeft = tokens.isWord("group_left");
    if (!isLeft && !tokens.isWord("group_right")) {
      return new Matching(Matching.Cardinality.ONE_TO_ONE, isOn, labels, List.of());
    }
    tokens.next();
    return new Matching(
        isLeft ? Matching.Cardinality.MANY_TO_ONE : Matching.Cardinality.ONE_TO_MANY,
        isOn,
        labels,
        tokens.is(TokenKind.LEFT_PAREN) ? labels() : List.of());
  }

  private List<String> labels() throws InvalidExpression {
    String where = "a list of labels";
    tokens.expect(TokenKind.LEFT_PAREN, where);
    List<String> labels = new ArrayList<>();
    while (!tokens.accept(TokenKind.RIGHT_PAREN)) {
      labels.add(label(where));
      if (!tokens.is(TokenKind.RIGHT_PAREN)) {
        tokens.expect(TokenKind.COMMA, where);
      }
    }
    return labels;
  }

  private String label(String where) throws InvalidExpression {
    if (tokens.is(TokenKind.STRING)) {
      Token quoted = tokens.peek();
      String name = selectors.string();
      if (!Names.isLabel(name)) {
        throw new InvalidExpression(quoted.place(), quoted.words() + " is no name of a label");
      }
      return name;
    }
    return tokens.expect(TokenKind.WORD, where).text();
  }

  private Expr operand() throws InvalidExpression {
    Token token = tokens.peek();
    if (tokens.is(TokenKind.ADD) || tokens.is(TokenKind.SUB)) {
      return signed(tokens.next());
    }
    return selectors.modified(primary(token));
  }

  /** A sign binds as tightly as a multiplication. */
  private Expr signed(Token sign) throws InvalidExpression {
    boolean isNegation = sign.kind() == TokenKind.SUB;
    Expr operand = expression(BinaryOperator.POWER.precedence());
    if (operand instanceof Expr.Number number) {
      return new Expr.Number(sign.place(), isNegation ? -number.value() : number.value());
    }
    return new Expr.Unary(sign.place(), isNegation, operand);
  }

  private Expr primary(Token token) throws InvalidExpression {
    return switch (token.kind()) {
      case NUMBER, DURATION -> new Expr.Number(token.place(), selectors.seconds());
      case STRING -> new Expr.Text(token.place(), selectors.string());
      case LEFT_BRACE, METRIC -> selectors.selector();
      case LEFT_PAREN -> parenthesized();
      case WORD -> named(token);
      case RIGHT_PAREN,
          RIGHT_BRACE,
          LEFT_BRACKET,
          RIGHT_BRACKET,
          COMMA,
          COLON,
          AT,
          ADD,
          SUB,
          MUL,
          DIV,
          MOD,
          POW,
          EQUALS,
          NOT_EQUALS,
          LESS,
          LESS_OR_EQUAL,
          GREATER,
          GREATER_OR_EQUAL,
          TRIM_UPPER,
          TRIM_LOWER,
          ASSIGN,
          REGEX,
          NOT_REGEX,
          END ->
          throw tokens.unexpected("an expression", "a metric, a number, a function or '('");
    };
  }

  private Expr parenthesized() throws InvalidExpression {
    Place place = tokens.next().place();
    Expr inner = expression(BinaryOperator.LOWEST_PRECEDENCE);
    tokens.expect(TokenKind.RIGHT_PAREN, "parentheses");
    return new Expr.Parenthesized(place, inner);
  }

  private Expr named(Token name) throws InvalidExpression {
    Token second = tokens.peekSecond();
    boolean isCalled = second.kind() == TokenKind.LEFT_PAREN;
    boolean isGrouped = isCalled || second.isWord("by") || second.isWord("without");
    AggregationOperator aggregation = AggregationOperator.of(name);
    if (isGrouped && Refused.isAggregation(name)) {
      throw Refused.experimental(name, "the aggregation " + name.text());
    }
    if (isGrouped && aggregation != null) {
      return aggregation(aggregation);
    }
    if (isCalled) {
      return call();
    }
    if (RESERVED.stream().anyMatch(name::isWord)) {
      throw tokens.unexpected("an expression", "a metric, a number, a function or '('");
    }
    return selectors.selector();
  }

  private Expr aggregation(AggregationOperator operator) throws InvalidExpression {
    Place place = tokens.next().place();
    boolean isGroupingFirst = isGrouping();
    boolean isWithout = tokens.isWord("without");
    List<String> labels = isGroupingFirst ? grouping() : List.of();
    List<Expr> arguments = arguments();
    if (!isGroupingFirst && isGrouping()) {
      isWithout = tokens.isWord("without");
      labels = grouping();
    }
    int wanted = operator.parameter() == null ? 1 : 2;
    if (arguments.size() != wanted) {
      throw new InvalidExpression(
          place,
          "%s takes %d argument%s, not %d"
              .formatted(operator, wanted, wanted == 1 ? "" : "s", arguments.size()));
    }
    Expr parameter = wanted == 1 ? null : arguments.get(0);
    return new Expr.Aggregation(
        place, operator, parameter, arguments.get(wanted - 1), isWithout, labels);
  }

  private boolean isGrouping() {
    return tokens.isWord("by") || tokens.isWord("without");
  }

  private List<String> grouping() throws InvalidExpression {
    tokens.next();
    return labels();
  }

  private Expr call() throws InvalidExpression {
    Token name = tokens.next();
    Refused.checkFunction(name);
    Function function = Function.of(name.text());
    if (function == null) {
      throw new InvalidExpression(name.place(), "there is no function " + name.text() + "()");
    }
    return new Expr.Call(name.place(), function, arguments());
  }

  private List<Expr> arguments() throws InvalidExpression {
    tokens.expect(TokenKind.LEFT_PAREN, "a call");
    List<Expr> arguments = new ArrayList<>();
    if (tokens.accept(TokenKind.RIGHT_PAREN)) {
      return arguments;
    }
    do {
      if (tokens.is(TokenKind.RIGHT_PAREN)) {
        throw tokens.fault("a comma before the closing parenthesis; leave it out");
      }
      arguments.add(expression(BinaryOperator.LOWEST_PRECEDENCE));
    } while (tokens.accept(TokenKind.COMMA));
    tokens.expect(TokenKind.RIGHT_PAREN, "arguments");
    return arguments;
  }
}
