package oht50.metrics.template;

import java.net.URI;
import oht50.metrics.promql.syntax.Numbers;

/** Texts that functions take apart. */
final class Words {
  private static final String BETWEEN_LETTERS = "'.:\u2019\u00b7";

  private Words() {}

  /**
   * Each word with its first letter in title case, its others as they are. Words end as in
   * Unicode's annex 29, for what annotations are made of: at all but letters, digits, underscores,
   * and single points, colons and apostrophes between letters.
   */
  static String title(String text) {
    StringBuilder titled = new StringBuilder();
    boolean isInWord = false;
    boolean hasLetter = false;
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      int after = at + Character.charCount(c);
      boolean isBetween =
          BETWEEN_LETTERS.indexOf(c) >= 0
              && at > 0
              && after < text.length()
              && Character.isLetter(text.codePointBefore(at))
              && Character.isLetter(text.codePointAt(after));
      isInWord =
          Character.isLetterOrDigit(c)
              || c == '_'
              || (isInWord && (isBetween || Character.getType(c) == Character.NON_SPACING_MARK));
      hasLetter &= isInWord;
      boolean isFirst = Character.isLetter(c) && !hasLetter;
      titled.appendCodePoint(isFirst ? Character.toTitleCase(c) : c);
      hasLetter |= isFirst;
      at = after;
    }
    return titled.toString();
  }

  /** A number as Go reads one, without its hexadecimal floats. */
  static double number(TemplateFunction function, String text) throws TemplateFailure {
    if (!Numbers.isDecimal(text)) {
      throw new TemplateFailure(
          "error calling %s: strconv.ParseFloat: parsing \"%s\": invalid syntax"
              .formatted(function, text));
    }
    return Numbers.decimal(text);
  }

  /** The path of an address, or nothing. */
  static String pathOf(String address) {
    try {
      String path = URI.create(address).getPath();
      return path == null ? "" : path;
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
