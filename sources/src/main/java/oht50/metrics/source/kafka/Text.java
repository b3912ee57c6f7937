package oht50.metrics.source.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Text that PostgreSQL and UTF-8 can hold. */
public final class Text {
  private static final char REPLACEMENT = '\ufffd';

  private Text() {}

  /**
   * The text with U+0000 and each lone surrogate replaced by U+FFFD: PostgreSQL refuses the whole
   * batch that holds one. The same instance when there is none.
   */
  public static String sanitise(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isSurrogate(c)) {
        return replaceFrom(text, i);
      }
    }
    return text;
  }

  private static String replaceFrom(String text, int start) {
    StringBuilder clean = new StringBuilder(text.length()).append(text, 0, start);
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        clean.append(c).append(text.charAt(++i));
      } else {
        clean.append(c == 0 || Character.isSurrogate(c) ? REPLACEMENT : c);
      }
    }
    return clean.toString();
  }

  /** UTF-8 as sanitised text; what is not UTF-8 becomes U+FFFD. */
  static String decode(byte[] bytes) {
    return sanitise(new String(bytes, StandardCharsets.UTF_8));
  }

  /** At most the first {@code limit} bytes as sanitised text, not cut inside a character. */
  public static String decodeFirst(byte[] bytes, int limit) {
    int end = Math.min(bytes.length, limit);
    if (end < bytes.length) {
      int back = end;
      while (back > 0 && end - back < 3 && (bytes[back] & 0xc0) == 0x80) {
        back--;
      }
      end = (bytes[back] & 0xc0) == 0x80 ? end : back;
    }
    return sanitise(new String(bytes, 0, end, StandardCharsets.UTF_8));
  }

  /** Lower case with {@code _} for spaces and dashes: how labels spell words. */
  static String word(String text) {
    return text.strip().toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
  }

  /** Shortened to one line of at most 80 characters, for the detail of a reject. */
  public static String brief(String text) {
    String line = text.replaceAll("\\R", " ");
    return line.length() <= 80 ? line : sanitise(line.substring(0, 79)) + "…";
  }
}
