package oht50.metrics.promql.syntax;

/** Names of metrics and labels: any text of UTF-8; some of them may stand without quotes. */
public final class Names {
  private Names() {}

  /** Whether a label may have this name at all. */
  public static boolean isLabel(String name) {
    return !name.isEmpty() && Quoting.isUtf8(name);
  }

  public static boolean isWord(String name) {
    return isWord(name, false);
  }

  /** A word that may have colons. */
  public static boolean isMetricWord(String name) {
    return isWord(name, true);
  }

  private static boolean isWord(String name, boolean mayHaveColons) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      boolean isDigit = c >= '0' && c <= '9';
      if (!isLetter && !(isDigit && i > 0) && !(mayHaveColons && c == ':')) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  /** A label's name as an expression writes it. */
  public static String label(String name) {
    return isWord(name) ? name : Quoting.quote(name);
  }
}
