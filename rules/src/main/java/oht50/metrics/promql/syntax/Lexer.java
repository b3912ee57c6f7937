package oht50.metrics.promql.syntax;

import java.util.ArrayList;
import java.util.List;
import oht50.metrics.time.Durations;

/**
 * Text to tokens. A colon is part of a name, but between brackets it stands alone; a comment goes
 * from {@code #} to the end of its line.
 */
final class Lexer {
  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int line = 1;
  private int lineStart;
  private boolean isInBraces;
  private boolean isInBrackets;

  private Lexer(String text) {
    this.text = text;
  }

  /** The tokens of a text; the last one is {@link TokenKind#END}. */
  static List<Token> tokens(String text) throws InvalidExpression {
    Lexer lexer = new Lexer(text);
    while (lexer.skipToToken()) {
      lexer.readToken();
    }
    lexer.add(TokenKind.END, lexer.at);
    return lexer.tokens;
  }

  private boolean skipToToken() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        at++;
        if (c == '\n') {
          beginLine();
        }
      } else {
        return true;
      }
    }
    return false;
  }

  private void beginLine() {
    line++;
    lineStart = at;
  }

  private void readToken() throws InvalidExpression {
    char c = text.charAt(at);
    if (isDigit(c) || (c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1)))) {
      readNumberOrDuration();
    } else if (isLetter(c) || (c == ':' && !isInBrackets && !isInBraces)) {
      readName();
    } else if (c == '"' || c == '\'' || c == '`') {
      readString(c);
    } else {
      readSymbol(c);
    }
  }

  private void readNumberOrDuration() throws InvalidExpression {
    int begin = at;
    boolean isHexadecimal = text.startsWith("0x", at) || text.startsWith("0X", at);
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean isSignOfExponent =
          (c == '+' || c == '-')
              && !isHexadecimal
              && at > begin
              && "eE".indexOf(text.charAt(at - 1)) >= 0;
      if (!isLetter(c) && !isDigit(c) && c != '.' && !isSignOfExponent) {
        break;
      }
      at++;
    }
    String number = text.substring(begin, at);
    if (Numbers.isNumber(number)) {
      add(TokenKind.NUMBER, begin);
    } else if (Durations.isDuration(number)) {
      add(TokenKind.DURATION, begin);
    } else {
      throw fault(
          begin, "'" + number + "' is neither a number nor a duration like 30s, 5m or 1h30m");
    }
  }

  private void readName() {
    int begin = at;
    boolean hasColon = false;
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean isColon = c == ':' && !isInBrackets && !isInBraces;
      if (!isLetter(c) && !isDigit(c) && !isColon) {
        break;
      }
      hasColon |= isColon;
      at++;
    }
    String name = text.substring(begin, at);
    boolean isNumber =
        !isInBraces && (name.equalsIgnoreCase("inf") || name.equalsIgnoreCase("nan"));
    add(isNumber ? TokenKind.NUMBER : hasColon ? TokenKind.METRIC : TokenKind.WORD, begin);
  }

  private void readString(char quote) throws InvalidExpression {
    int begin = at;
    int beginLine = line;
    int beginLineStart = lineStart;
    at++;
    while (at < text.length() && text.charAt(at) != quote) {
      char c = text.charAt(at);
      if (c == '\n' && quote != '`') {
        break;
      }
      at += c == '\\' && quote != '`' ? 2 : 1;
      if (c == '\n') {
        beginLine();
      }
    }
    if (at >= text.length() || text.charAt(at) != quote) {
      throw new InvalidExpression(
          new Place(beginLine, begin - beginLineStart + 1),
          "the string that begins here has no end; add " + quote);
    }
    at++;
    String whole = text.substring(begin, at);
    tokens.add(
        new Token(TokenKind.STRING, whole, new Place(beginLine, begin - beginLineStart + 1)));
  }

  private void readSymbol(char c) throws InvalidExpression {
    int begin = at;
    char next = at + 1 < text.length() ? text.charAt(at + 1) : 0;
    TokenKind kind =
        switch (c) {
          case '(' -> TokenKind.LEFT_PAREN;
          case ')' -> TokenKind.RIGHT_PAREN;
          case '{' -> TokenKind.LEFT_BRACE;
          case '}' -> TokenKind.RIGHT_BRACE;
          case '[' -> TokenKind.LEFT_BRACKET;
          case ']' -> TokenKind.RIGHT_BRACKET;
          case ',' -> TokenKind.COMMA;
          case ':' -> TokenKind.COLON;
          case '@' -> TokenKind.AT;
          case '+' -> TokenKind.ADD;
          case '-' -> TokenKind.SUB;
          case '*' -> TokenKind.MUL;
          case '/' -> TokenKind.DIV;
          case '%' -> TokenKind.MOD;
          case '^' -> TokenKind.POW;
          case '=' ->
              next == '=' ? TokenKind.EQUALS : next == '~' ? TokenKind.REGEX : TokenKind.ASSIGN;
          case '!' -> next == '=' ? TokenKind.NOT_EQUALS : next == '~' ? TokenKind.NOT_REGEX : null;
          case '<' ->
              next == '='
                  ? TokenKind.LESS_OR_EQUAL
                  : next == '/' ? TokenKind.TRIM_UPPER : TokenKind.LESS;
          case '>' ->
              next == '='
                  ? TokenKind.GREATER_OR_EQUAL
                  : next == '/' ? TokenKind.TRIM_LOWER : TokenKind.GREATER;
          default -> null;
        };
    if (kind == null) {
      throw fault(begin, "unexpected character " + Quoting.quote(text.substring(at, end(at))));
    }
    at += kind.toString().length() - 2;
    if (kind == TokenKind.LEFT_BRACE || kind == TokenKind.RIGHT_BRACE) {
      isInBraces = kind == TokenKind.LEFT_BRACE;
    } else if (kind == TokenKind.LEFT_BRACKET || kind == TokenKind.RIGHT_BRACKET) {
      isInBrackets = kind == TokenKind.LEFT_BRACKET;
    }
    add(kind, begin);
  }

  /** The index after the character, which may be a pair of surrogates. */
  private int end(int index) {
    return text.offsetByCodePoints(index, 1);
  }

  private void add(TokenKind kind, int begin) {
    tokens.add(new Token(kind, text.substring(begin, at), new Place(line, begin - lineStart + 1)));
  }

  private InvalidExpression fault(int index, String reason) {
    return new InvalidExpression(new Place(line, index - lineStart + 1), reason);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetter(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
