package oht50.metrics.promql.syntax;

/**
 * @param text as it stands in the expression; of a string with its quotes
 */
record Token(TokenKind kind, String text, Place place) {
  boolean isWord(String word) {
    return kind == TokenKind.WORD && text.equalsIgnoreCase(word);
  }

  /** For messages. */
  String words() {
    return kind.hasOwnText() ? Quoting.shorten(text) : kind.toString();
  }
}
