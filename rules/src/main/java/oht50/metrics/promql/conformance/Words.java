package oht50.metrics.promql.conformance;

/** The words of a line, from left to right. */
final class Words {
  private String rest;

  Words(String line) {
    this.rest = line.strip();
  }

  /** The next word; empty at the end. */
  String next() {
    int end = 0;
    while (end < rest.length() && !isSpace(rest.charAt(end))) {
      end++;
    }
    String word = rest.substring(0, end);
    rest = rest.substring(end).strip();
    return word;
  }

  String rest() {
    return rest;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }
}
