package oht50.metrics.promql.syntax;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Strings between quotes, as Go writes them. A string is a sequence of bytes there, which need not
 * be UTF-8: a byte that is not becomes one of the characters U+DC80 to U+DCFF, which no text has.
 */
public final class Quoting {
  private static final String ESCAPED = "\u0007\b\f\n\r\t\u000b\\\"";
  private static final String ESCAPES = "abfnrtv\\\"";
  private static final char FIRST_RAW_BYTE = '\udc00';
  private static final int SHORT = 40;

  private Quoting() {}

  /**
   * What stands between quotes: double, single, or backticks, which take everything as it is.
   *
   * @throws IllegalArgumentException if it is not of that form
   */
  public static String unquote(String quoted) {
    char quote = quoted.isEmpty() ? 0 : quoted.charAt(0);
    int end = quoted.length() - 1;
    boolean isQuoted = "\"'`".indexOf(quote) >= 0 && end > 0 && quoted.charAt(end) == quote;
    if (!isQuoted) {
      throw new IllegalArgumentException(shorten(quoted) + " is not between quotes");
    }
    String inner = quoted.substring(1, end);
    if (quote == '`' || (inner.indexOf('\\') < 0 && inner.indexOf(quote) < 0)) {
      return inner;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int at = 0;
    while (at < inner.length()) {
      char c = inner.charAt(at);
      if (c == quote) {
        throw new IllegalArgumentException("a quote inside " + shorten(quoted));
      }
      if (c == '\\') {
        at = unescape(inner, at + 1, quote, bytes);
      } else {
        int next = inner.offsetByCodePoints(at, 1);
        bytes.writeBytes(inner.substring(at, next).getBytes(StandardCharsets.UTF_8));
        at = next;
      }
    }
    return ofBytes(bytes.toByteArray());
  }

  /**
   * @return the index after the escape
   */
  private static int unescape(String text, int at, char quote, ByteArrayOutputStream bytes) {
    char c = at < text.length() ? text.charAt(at) : 0;
    int known = ESCAPES.indexOf(c);
    if (c == quote) {
      bytes.write(c);
      return at + 1;
    }
    if (known >= 0 && c != '"') {
      bytes.write(ESCAPED.charAt(known));
      return at + 1;
    }
    return switch (c) {
      case 'x' -> at + 1 + writeByte(text, at + 1, 2, 16, bytes);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> at + writeByte(text, at, 3, 8, bytes);
      case 'u' -> at + 1 + writeCharacter(text, at + 1, 4, bytes);
      case 'U' -> at + 1 + writeCharacter(text, at + 1, 8, bytes);
      default ->
          throw new IllegalArgumentException(
              "unknown escape "
                  + (c < ' ' ? "of a line break or control character" : "\\" + c)
                  + "; write \\\\ for a backslash");
    };
  }

  private static int writeByte(
      String text, int at, int digits, int base, ByteArrayOutputStream bytes) {
    int value = digits(text, at, digits, base);
    if (value > 255) {
      throw new IllegalArgumentException("an octal escape is at most \\377");
    }
    bytes.write(value);
    return digits;
  }

  private static int writeCharacter(String text, int at, int digits, ByteArrayOutputStream bytes) {
    int value = digits(text, at, digits, 16);
    if (!Character.isValidCodePoint(value) || (value >= 0xd800 && value < 0xe000)) {
      throw new IllegalArgumentException("an escape that is no character of Unicode");
    }
    bytes.writeBytes(Character.toString(value).getBytes(StandardCharsets.UTF_8));
    return digits;
  }

  private static int digits(String text, int at, int count, int base) {
    int value = 0;
    for (int i = at; i < at + count; i++) {
      int digit = i < text.length() ? Character.digit(text.charAt(i), base) : -1;
      if (digit < 0 || value > Integer.MAX_VALUE / base - digit) {
        throw new IllegalArgumentException("an escape with too few digits");
      }
      value = value * base + digit;
    }
    return value;
  }

  private static String ofBytes(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    while (true) {
      CoderResult result = decoder.decode(in, out, true);
      if (!result.isError()) {
        return out.flip().toString();
      }
      out.put((char) (FIRST_RAW_BYTE + (in.get() & 0xff)));
    }
  }

  /** Between double quotes. */
  public static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              int escape = ESCAPED.indexOf(c);
              if (escape >= 0) {
                quoted.append('\\').append(ESCAPES.charAt(escape));
              } else if (c < ' ' || c == 0x7f || isRawByte(c)) {
                quoted.append(String.format("\\x%02x", c & 0xff));
              } else {
                quoted.appendCodePoint(c);
              }
            });
    return quoted.append('"').toString();
  }

  /** Whether all of a text is UTF-8. */
  public static boolean isUtf8(String text) {
    return text.codePoints().noneMatch(Quoting::isRawByte);
  }

  private static boolean isRawByte(int c) {
    return c >= FIRST_RAW_BYTE && c <= FIRST_RAW_BYTE + 0xff;
  }

  /** For messages. */
  static String shorten(String text) {
    String whole = text.length() <= SHORT ? text : text.substring(0, SHORT) + "…";
    return "'" + whole.replace("\n", "\\n") + "'";
  }
}
