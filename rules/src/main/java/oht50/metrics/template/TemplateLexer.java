package oht50.metrics.template;

import java.util.ArrayList;
import java.util.List;
import oht50.metrics.promql.syntax.Quoting;
import oht50.metrics.template.TemplateToken.Kind;

/** Text to tokens. {@code {{-} and {@code -}}} take the spaces beside them away. */
final class TemplateLexer {
  private static final String LEFT = "{{";
  private static final String RIGHT = "}}";
  private static final String COMMENT = "/*";
  private static final String COMMENT_END = "*/";
  private static final String SPACES = " \t\r\n";

  private final String text;
  private final List<TemplateToken> tokens = new ArrayList<>();
  private int at;
  private int end; // of the token before

  private TemplateLexer(String text) {
    this.text = text;
  }

  static List<TemplateToken> tokens(String text) throws InvalidTemplate {
    TemplateLexer lexer = new TemplateLexer(text);
    boolean isTrimmed = false;
    while (lexer.at < text.length()) {
      isTrimmed = lexer.literal(isTrimmed);
    }
    lexer.add(Kind.END, "", text.length());
    return lexer.tokens;
  }

  private void add(Kind kind, String value, int begin) {
    tokens.add(new TemplateToken(kind, value, begin, begin == end));
    end = at;
  }

  /**
   * Text up to the next action, and that action.
   *
   * @return whether the text behind it is to be trimmed
   */
  private boolean literal(boolean isTrimmedLeft) throws InvalidTemplate {
    int begin = at;
    int left = text.indexOf(LEFT, at);
    String literal = left < 0 ? text.substring(at) : text.substring(at, left);
    boolean isTrimmedRight = left >= 0 && isTrimMarker(left + 2);
    String kept = trim(literal, isTrimmedLeft, isTrimmedRight);
    at = left < 0 ? text.length() : left;
    if (!kept.isEmpty()) {
      add(Kind.TEXT, kept, begin);
    }
    if (left < 0) {
      return false;
    }
    at = left + 2 + (isTrimmedRight ? 1 : 0);
    return action(left);
  }

  private boolean isTrimMarker(int index) {
    return text.startsWith("-", index) && index + 1 < text.length() && isSpace(index + 1);
  }

  private static String trim(String literal, boolean isLeft, boolean isRight) {
    int from = 0;
    int to = literal.length();
    while (isLeft && from < to && SPACES.indexOf(literal.charAt(from)) >= 0) {
      from++;
    }
    while (isRight && to > from && SPACES.indexOf(literal.charAt(to - 1)) >= 0) {
      to--;
    }
    return literal.substring(from, to);
  }

  private boolean action(int left) throws InvalidTemplate {
    int inner = at;
    while (inner < text.length() && isSpace(inner) && inner < at + 1) {
      inner++; // a comment may follow a trim marker and one space
    }
    if (text.startsWith(COMMENT, inner)) {
      return comment(left, inner);
    }
    add(Kind.LEFT_DELIMITER, "", left);
    while (true) {
      skipSpaces();
      if (at >= text.length()) {
        throw new InvalidTemplate(left, "an action has no end; write '}}' behind it");
      }
      boolean isTrimming = text.startsWith("-" + RIGHT, at) && isSpace(at - 1);
      if (isTrimming || text.startsWith(RIGHT, at)) {
        int begin = at;
        at += isTrimming ? 3 : 2;
        add(Kind.RIGHT_DELIMITER, "", begin);
        return isTrimming;
      }
      token();
    }
  }

  private boolean comment(int left, int begin) throws InvalidTemplate {
    int close = text.indexOf(COMMENT_END, begin);
    if (close < 0) {
      throw new InvalidTemplate(left, "a comment has no end; write '*/' behind it");
    }
    at = close + 2;
    boolean isTrimming = at < text.length() && isSpace(at) && text.startsWith("-" + RIGHT, at + 1);
    at += isTrimming ? 2 : 0;
    if (!text.startsWith(RIGHT, at)) {
      throw new InvalidTemplate(left, "a comment is followed by '}}' and nothing else");
    }
    at += 2;
    return isTrimming;
  }

  private void token() throws InvalidTemplate {
    int begin = at;
    char c = text.charAt(at);
    switch (c) {
      case '|' -> single(Kind.PIPE);
      case '(' -> single(Kind.LEFT_PAREN);
      case ')' -> single(Kind.RIGHT_PAREN);
      case ',' -> single(Kind.COMMA);
      case '=' -> single(Kind.ASSIGN);
      case '"', '`' -> string(c);
      case ':' -> {
        if (!text.startsWith(":=", at)) {
          throw new InvalidTemplate(begin, "':' stands for nothing; write ':=' to declare");
        }
        at += 2;
        add(Kind.DECLARE, "", begin);
      }
      case '$' -> {
        at++;
        add(Kind.VARIABLE, name(), begin);
      }
      case '.' -> dot();
      default -> wordOrNumber(c);
    }
  }

  private void single(Kind kind) {
    at++;
    add(kind, "", at - 1);
  }

  private void dot() throws InvalidTemplate {
    int begin = at;
    if (at + 1 < text.length() && isDigit(text.charAt(at + 1))) {
      number();
      return;
    }
    at++;
    String name = name();
    add(name.isEmpty() ? Kind.DOT : Kind.FIELD, name, begin);
  }

  private void wordOrNumber(char c) throws InvalidTemplate {
    int begin = at;
    boolean isSigned = c == '-' || c == '+';
    if (isDigit(c) || (isSigned && at + 1 < text.length() && isOfNumber(text.charAt(at + 1)))) {
      number();
      return;
    }
    String word = name();
    if (word.isEmpty()) {
      throw new InvalidTemplate(
          begin, "'" + Character.toString(text.codePointAt(begin)) + "' stands for nothing here");
    }
    add(Kind.WORD, word, begin);
  }

  private static boolean isOfNumber(char c) {
    return isDigit(c) || c == '.';
  }

  private void number() {
    int begin = at;
    at++;
    while (at < text.length() && (isWordPart(text.charAt(at)) || isExponentSign())) {
      at++;
    }
    add(Kind.NUMBER, text.substring(begin, at), begin);
  }

  private boolean isExponentSign() {
    char c = text.charAt(at);
    char before = text.charAt(at - 1);
    return c == '.' || ((c == '+' || c == '-') && (before == 'e' || before == 'E'));
  }

  private void string(char quote) throws InvalidTemplate {
    int begin = at;
    at++;
    while (at < text.length() && text.charAt(at) != quote) {
      at += text.charAt(at) == '\\' && quote == '"' ? 2 : 1;
    }
    if (at >= text.length()) {
      throw new InvalidTemplate(begin, "a string has no end");
    }
    at++;
    try {
      add(Kind.STRING, Quoting.unquote(text.substring(begin, at)), begin);
    } catch (IllegalArgumentException e) {
      throw new InvalidTemplate(begin, e.getMessage());
    }
  }

  private String name() {
    int begin = at;
    while (at < text.length() && isWordPart(text.charAt(at))) {
      at++;
    }
    return text.substring(begin, at);
  }

  private static boolean isWordPart(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private void skipSpaces() {
    while (at < text.length() && isSpace(at)) {
      at++;
    }
  }

  private boolean isSpace(int index) {
    return SPACES.indexOf(text.charAt(index)) >= 0;
  }
}
