package oht50.metrics.template;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import oht50.metrics.promql.syntax.Quoting;

/**
 * The function {@code printf}, as Go's {@code fmt.Sprintf}: a value that does not fit its verb is
 * written as {@code %!d(float64=1.5)} and the like, and so is one too few or too many.
 */
final class GoFormat {
  private static final String FLAGS = "+-# 0";

  private final String format;
  private final List<Object> values;
  private final StringBuilder out = new StringBuilder();
  private int at;
  private int next;

  // Of the verb at hand.
  private boolean isPlus;
  private boolean isLeft;
  private boolean isSharp;
  private boolean isSpace;
  private boolean isZero;
  private int width;
  private int precision; // -1 for none

  private GoFormat(String format, List<Object> values) {
    this.format = format;
    this.values = values;
  }

  static String format(String format, List<Object> values) throws TemplateFailure {
    return new GoFormat(format, values).text();
  }

  private String text() throws TemplateFailure {
    while (at < format.length()) {
      int percent = format.indexOf('%', at);
      if (percent < 0) {
        out.append(format, at, format.length());
        break;
      }
      out.append(format, at, percent);
      at = percent + 1;
      readFlags();
      verb();
    }
    appendExtra();
    return out.toString();
  }

  private void readFlags() throws TemplateFailure {
    isPlus = isLeft = isSharp = isSpace = isZero = false;
    while (at < format.length() && FLAGS.indexOf(format.charAt(at)) >= 0) {
      switch (format.charAt(at)) {
        case '+' -> isPlus = true;
        case '-' -> isLeft = true;
        case '#' -> isSharp = true;
        case ' ' -> isSpace = true;
        default -> isZero = true;
      }
      at++;
    }
    isZero &= !isLeft;
    width = number();
    precision = -1;
    if (at < format.length() && format.charAt(at) == '.') {
      at++;
      precision = number();
    }
  }

  private int number() throws TemplateFailure {
    int begin = at;
    while (at < format.length() && Character.digit(format.charAt(at), 10) >= 0) {
      at++;
    }
    if (at < format.length() && (format.charAt(at) == '*' || format.charAt(at) == '[')) {
      throw new TemplateFailure(
          "printf: '" + format.charAt(at) + "' in \"" + format + "\" is not supported");
    }
    if (at - begin > 6) {
      throw new TemplateFailure("printf: a width or precision of " + format.substring(begin, at));
    }
    return at == begin ? 0 : Integer.parseInt(format.substring(begin, at));
  }

  private void verb() throws TemplateFailure {
    if (at >= format.length()) {
      out.append("%!(NOVERB)");
      return;
    }
    int verb = format.codePointAt(at);
    at += Character.charCount(verb);
    if (verb == '%') {
      out.append('%');
    } else if (next >= values.size()) {
      out.append("%!").appendCodePoint(verb).append("(MISSING)");
    } else {
      isPlus &= verb != 'v'; // there it would name fields
      append((char) verb, values.get(next++));
    }
  }

  private void append(char verb, Object value) throws TemplateFailure {
    if (verb == 'T') {
      pad(GoValues.typeOf(value), false);
    } else if (value instanceof Double number) {
      appendFloat(verb, number);
    } else if (value instanceof Long number) {
      appendInteger(verb, number);
    } else if (value instanceof Boolean truth && (verb == 'v' || verb == 't')) {
      pad(truth.toString(), false);
    } else if (value instanceof String text) {
      appendString(verb, text);
    } else if (value instanceof GoMap map && (verb == 's' || verb == 'v')) {
      pad(GoText.plain(map), false);
    } else if (value != null && !(value instanceof Boolean) && (verb == 's' || verb == 'v')) {
      pad(GoText.plain(value), false);
    } else {
      appendMisfit(verb, value);
    }
  }

  /** The value as {@code %v} writes it, with the flags at hand. */
  private void appendMisfit(char verb, Object value) throws TemplateFailure {
    out.append("%!").append(verb).append('(');
    if (value == null) {
      out.append("<nil>");
    } else {
      out.append(GoValues.typeOf(value)).append('=');
      append('v', value);
    }
    out.append(')');
  }

  private void appendFloat(char verb, double value) throws TemplateFailure {
    switch (verb) {
      case 'v' -> padNumber(GoFloat.format(value, 'g', precision));
      case 'g', 'G' -> {
        if (isSharp) {
          throw unsupported(verb);
        }
        padNumber(GoFloat.format(value, verb, precision));
      }
      case 'e', 'E', 'f', 'F' -> {
        char form = verb == 'F' ? 'f' : verb;
        padNumber(GoFloat.format(value, form, precision < 0 ? 6 : precision));
      }
      case 'b', 'x', 'X' -> throw unsupported(verb);
      default -> appendMisfit(verb, value);
    }
  }

  private TemplateFailure unsupported(char verb) {
    return new TemplateFailure("printf: %" + (isSharp ? "#" : "") + verb + " is not supported");
  }

  private void appendInteger(char verb, long value) throws TemplateFailure {
    String digits =
        switch (verb) {
          case 'd', 'v' -> Long.toString(Math.abs(value));
          case 'x' -> (isSharp ? "0x" : "") + Long.toHexString(Math.abs(value));
          case 'X' ->
              (isSharp ? "0X" : "") + Long.toHexString(Math.abs(value)).toUpperCase(Locale.ROOT);
          case 'o' -> (isSharp ? "0" : "") + Long.toOctalString(Math.abs(value));
          case 'b' -> (isSharp ? "0b" : "") + Long.toBinaryString(Math.abs(value));
          default -> null;
        };
    if (digits == null && verb == 'c') {
      pad(Character.toString((int) value), false);
    } else if (digits == null && (verb == 'q' || verb == 'U')) {
      throw unsupported(verb);
    } else if (digits == null) {
      appendMisfit(verb, value);
    } else {
      String enough = "0".repeat(Math.max(0, precision - digits.length())) + digits;
      isZero &= precision < 0;
      padNumber((value < 0 ? "-" : "") + enough);
    }
  }

  private void appendString(char verb, String text) throws TemplateFailure {
    String cut = precision < 0 ? text : firstCharacters(text, precision);
    switch (verb) {
      case 's', 'v' -> pad(isSharp && verb == 'v' ? Quoting.quote(cut) : cut, isZero);
      case 'q' -> pad(isSharp && !cut.contains("`") ? "`" + cut + "`" : Quoting.quote(cut), isZero);
      case 'x' -> pad(hexadecimal(cut), isZero);
      case 'X' -> pad(hexadecimal(cut).toUpperCase(Locale.ROOT), isZero);
      default -> appendMisfit(verb, text);
    }
  }

  private static String firstCharacters(String text, int count) {
    int characters = text.codePointCount(0, text.length());
    return text.substring(0, text.offsetByCodePoints(0, Math.min(count, characters)));
  }

  private static String hexadecimal(String text) {
    StringBuilder digits = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      digits.append(String.format("%02x", each));
    }
    return digits.toString();
  }

  /** Zeros go between the sign and the digits; infinities and NaN are padded with spaces. */
  private void padNumber(String number) {
    boolean isFinite =
        Character.digit(number.charAt(number.length() - 1), 36) >= 0
            && !number.endsWith("Inf")
            && !number.equals("NaN");
    boolean isSigned = number.startsWith("-") || number.startsWith("+");
    String digits = isSigned ? number.substring(1) : number;
    boolean isPlusWritten = number.startsWith("+") && !isPlus;
    String sign = number.startsWith("-") ? "-" : isPlus || isPlusWritten ? "+" : isSpace ? " " : "";
    int missing = width - sign.length() - digits.length();
    if (isZero && isFinite && missing > 0) {
      out.append(sign).append("0".repeat(missing)).append(digits);
    } else {
      pad(sign + digits, false);
    }
  }

  private void pad(String text, boolean withZeros) {
    int missing = width - text.codePointCount(0, text.length());
    String padding = (withZeros ? "0" : " ").repeat(Math.max(missing, 0));
    out.append(isLeft ? text + padding : padding + text);
  }

  private void appendExtra() throws TemplateFailure {
    if (next >= values.size()) {
      return;
    }
    out.append("%!(EXTRA ");
    for (int i = next; i < values.size(); i++) {
      Object value = values.get(i);
      out.append(i == next ? "" : ", ");
      out.append(value == null ? "<nil>" : GoValues.typeOf(value) + "=" + GoText.plain(value));
    }
    out.append(')');
  }
}
