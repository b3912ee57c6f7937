package oht50.metrics.template;

import java.util.ArrayList;
import java.util.List;
import oht50.metrics.promql.syntax.Numbers;
import oht50.metrics.template.TemplateToken.Kind;

/** What stands inside an action: declarations, and commands with {@code |} between them. */
final class PipelineParser {
  private static final int DEEPEST = 50;

  private final TemplateTokens tokens;
  private final TemplateScope scope;
  private int depth;

  PipelineParser(TemplateTokens tokens, TemplateScope scope) {
    this.tokens = tokens;
    this.scope = scope;
  }

  /**
   * @param mayHaveTwo whether two variables may be declared, as in a range
   */
  Pipeline pipeline(boolean mayHaveTwo) throws InvalidTemplate {
    if (++depth > DEEPEST) {
      throw tokens.fault("more than " + DEEPEST + " levels of parentheses");
    }
    List<String> variables = new ArrayList<>();
    boolean isAssignment = false;
    if (tokens.is(Kind.VARIABLE) && isDeclaration(tokens.peekSecond().kind(), mayHaveTwo)) {
      variables.add(tokens.next().text());
      if (tokens.accept(Kind.COMMA)) {
        variables.add(tokens.expect(Kind.VARIABLE).text());
      }
      isAssignment = tokens.is(Kind.ASSIGN);
      if (!isAssignment) {
        tokens.expect(Kind.DECLARE);
      } else {
        requireKnown(variables);
        tokens.next();
      }
    }
    List<Pipeline.Command> commands = new ArrayList<>();
    do {
      commands.add(command(!commands.isEmpty()));
    } while (tokens.accept(Kind.PIPE));
    if (!isAssignment) {
      variables.forEach(scope::declare);
    }
    depth--;
    return new Pipeline(variables, isAssignment, commands);
  }

  private static boolean isDeclaration(Kind second, boolean mayHaveTwo) {
    return second == Kind.DECLARE || second == Kind.ASSIGN || (second == Kind.COMMA && mayHaveTwo);
  }

  private void requireKnown(List<String> variables) throws InvalidTemplate {
    for (String name : variables) {
      if (!scope.knows(name)) {
        throw unknownVariable(tokens.peek().offset(), name);
      }
    }
  }

  private InvalidTemplate unknownVariable(int offset, String name) {
    return new InvalidTemplate(
        offset, "there is no variable $" + name + "; known here are " + scope.known());
  }

  private Pipeline.Command command(boolean isPiped) throws InvalidTemplate {
    TemplateToken begin = tokens.peek();
    Operand first = operand();
    List<Operand> arguments = new ArrayList<>();
    while (isOperand()) {
      arguments.add(operand());
    }
    boolean isValue = first instanceof Operand.Constant || first instanceof Operand.Dot;
    if (isValue && (isPiped || !arguments.isEmpty())) {
      throw new InvalidTemplate(
          begin.offset(), begin.words() + " is no function and takes no argument");
    }
    return new Pipeline.Command(first, arguments);
  }

  private boolean isOperand() {
    return switch (tokens.peek().kind()) {
      case WORD, VARIABLE, FIELD, DOT, STRING, NUMBER, LEFT_PAREN -> true;
      case TEXT, LEFT_DELIMITER, RIGHT_DELIMITER, PIPE, RIGHT_PAREN, COMMA, DECLARE, ASSIGN, END ->
          false;
    };
  }

  private Operand operand() throws InvalidTemplate {
    if (!isOperand()) {
      throw tokens.fault(
          "unexpected " + tokens.peek().words() + "; expected a value or a function");
    }
    Operand base;
    List<String> fields = new ArrayList<>();
    if (tokens.is(Kind.FIELD)) {
      base = new Operand.Dot();
      fields.add(tokens.next().text());
    } else {
      base = primary(tokens.next());
    }
    while (tokens.is(Kind.FIELD) && tokens.peek().isAdjacent()) {
      fields.add(tokens.next().text());
    }
    if (fields.isEmpty()) {
      return base;
    }
    scope.look(base, fields.get(0));
    return new Operand.Fields(base, fields);
  }

  private Operand primary(TemplateToken token) throws InvalidTemplate {
    return switch (token.kind()) {
      case WORD -> word(token);
      case VARIABLE -> {
        if (!scope.knows(token.text())) {
          throw unknownVariable(token.offset(), token.text());
        }
        yield new Operand.Variable(token.text());
      }
      case DOT -> new Operand.Dot();
      case STRING -> new Operand.Constant(token.text());
      case NUMBER -> new Operand.Constant(number(token));
      case LEFT_PAREN -> {
        Pipeline inner = pipeline(false);
        tokens.expect(Kind.RIGHT_PAREN);
        yield new Operand.Parentheses(inner);
      }
      case TEXT,
          LEFT_DELIMITER,
          RIGHT_DELIMITER,
          FIELD,
          PIPE,
          RIGHT_PAREN,
          COMMA,
          DECLARE,
          ASSIGN,
          END ->
          throw new IllegalStateException("no operand: " + token);
    };
  }

  private static Operand word(TemplateToken token) throws InvalidTemplate {
    return switch (token.text()) {
      case "true" -> new Operand.Constant(true);
      case "false" -> new Operand.Constant(false);
      case "nil" -> throw new InvalidTemplate(token.offset(), "nil is no value of a template");
      case "if", "else", "end", "with", "range", "define", "template", "break", "continue" ->
          throw new InvalidTemplate(
              token.offset(), "'" + token.text() + "' begins an action and is no value");
      default -> {
        TemplateFunction function = TemplateFunction.of(token.text());
        if (function == null) {
          throw new InvalidTemplate(token.offset(), TemplateFunction.unknown(token.text()));
        }
        yield new Operand.Call(function);
      }
    };
  }

  private static Object number(TemplateToken token) throws InvalidTemplate {
    String text = token.text();
    try {
      boolean isHex = text.contains("x") || text.contains("X");
      boolean isFloat = !isHex && (text.contains(".") || text.contains("e") || text.contains("E"));
      double value = Numbers.parse(text);
      if (isFloat) {
        return value;
      }
      return isHex ? (Object) (long) value : (Object) Long.parseLong(text.replace("_", ""));
    } catch (NumberFormatException e) {
      throw new InvalidTemplate(token.offset(), "'" + text + "' is not a number");
    }
  }
}
