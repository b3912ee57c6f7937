package oht50.metrics.yaml;

import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Where in a file the parts of a text stand. The text is walked along beside what was written:
 * breaks and spaces, which YAML folds, are passed over on both sides.
 */
final class ScalarPlaces {
  private static final String STAND_FOR_THEMSELVES = "\"\\/";

  private final int[] file; // code points
  private final ScalarNode scalar;
  private int at;

  /**
   * @param begin the index at which the value begins, with its anchor and tag
   */
  ScalarPlaces(int[] file, int begin, ScalarNode scalar) {
    this.file = file;
    this.scalar = scalar;
    this.at = begin;
  }

  /**
   * @param index in the text, in {@code char}s
   * @return an index in the file
   */
  int placeOf(int index) {
    skipProperties();
    skipOpening();
    int[] text = scalar.getValue().substring(0, index).codePoints().toArray();
    for (int character : text) {
      if (!isSpace(character)) {
        skipTo(character);
        at++;
      }
    }
    boolean isAtText = index < scalar.getValue().length();
    if (isAtText && !isSpace(scalar.getValue().codePointAt(index))) {
      skipTo(scalar.getValue().codePointAt(index));
    }
    return Math.min(at, file.length);
  }

  private boolean isQuoted() {
    return scalar.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED;
  }

  /** An anchor {@code &name} and a tag {@code !name}. */
  private void skipProperties() {
    while (at < file.length && (file[at] == '&' || file[at] == '!')) {
      while (at < file.length && !isSpace(file[at])) {
        at++;
      }
      while (at < file.length && isSpace(file[at])) {
        at++;
      }
    }
  }

  private void skipOpening() {
    switch (scalar.getScalarStyle()) {
      case DOUBLE_QUOTED, SINGLE_QUOTED -> at++;
      case LITERAL, FOLDED -> {
        while (at < file.length && file[at] != '\n') {
          at++;
        }
      }
      default -> {
        // A plain text begins with itself.
      }
    }
  }

  /** Passes spaces, and escapes that stand for spaces, up to the next character of the text. */
  private void skipTo(int character) {
    while (at < file.length) {
      if (isQuoted() && file[at] == '\\') {
        skipEscape(character);
        return;
      }
      if (file[at] == character) {
        boolean isDoubled =
            character == '\'' && scalar.getScalarStyle() == ScalarStyle.SINGLE_QUOTED;
        at += isDoubled ? 1 : 0;
        return;
      }
      if (!isSpace(file[at])) {
        return; // an escape that is not known here: stay close
      }
      at++;
    }
  }

  private void skipEscape(int character) {
    int escaped = at + 1 < file.length ? file[at + 1] : 0;
    if (escaped == character && STAND_FOR_THEMSELVES.indexOf(escaped) >= 0) {
      at++;
      return;
    }
    switch (escaped) {
      case 'x' -> at += 3;
      case 'u' -> at += 5;
      case 'U' -> at += 9;
      default -> {
        at += 2; // a break, tab or the like, which the text has as a space
        skipTo(character);
      }
    }
  }

  private static boolean isSpace(int character) {
    return character == ' ' || character == '\n' || character == '\t' || character == '\r';
  }
}
