package oht50.metrics.template;

/**
 * A part of a template.
 *
 * @param text of strings and text without what surrounds it, of fields and variables the name
 * @param isAdjacent whether nothing stands between it and the one before
 */
record TemplateToken(Kind kind, String text, int offset, boolean isAdjacent) {
  /** What a token is. */
  enum Kind {
    TEXT,
    LEFT_DELIMITER,
    RIGHT_DELIMITER,
    /** A function or a keyword. */
    WORD,
    /** {@code $name}, or {@code $} alone with an empty name. */
    VARIABLE,
    /** {@code .name} */
    FIELD,
    DOT,
    STRING,
    NUMBER,
    PIPE,
    LEFT_PAREN,
    RIGHT_PAREN,
    COMMA,
    DECLARE,
    ASSIGN,
    END
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && text.equals(word);
  }

  /** For messages. */
  String words() {
    return switch (kind) {
      case TEXT -> "text";
      case LEFT_DELIMITER -> "'{{'";
      case RIGHT_DELIMITER -> "'}}'";
      case WORD, NUMBER -> "'" + text + "'";
      case VARIABLE -> "'$" + text + "'";
      case FIELD -> "'." + text + "'";
      case DOT -> "'.'";
      case STRING -> "a string";
      case PIPE -> "'|'";
      case LEFT_PAREN -> "'('";
      case RIGHT_PAREN -> "')'";
      case COMMA -> "','";
      case DECLARE -> "':='";
      case ASSIGN -> "'='";
      case END -> "the end";
    };
  }
}
