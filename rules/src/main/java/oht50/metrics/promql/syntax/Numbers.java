package oht50.metrics.promql.syntax;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as Go reads and writes them. */
public final class Numbers {
  /** Digits that tell every double from its neighbours. */
  private static final int ENOUGH_DIGITS = 17;

  private Numbers() {}

  /**
   * Whether a text is a number without a sign: decimal, octal after a zero, hexadecimal after
   * {@code 0x}, with underscores between digits, or {@code inf} or {@code nan} in any case.
   */
  static boolean isNumber(String text) {
    if (text.equalsIgnoreCase("inf") || text.equalsIgnoreCase("nan")) {
      return true;
    }
    if (text.startsWith("0x") || text.startsWith("0X")) {
      int digits = text.startsWith("_", 2) ? 3 : 2;
      return digits < text.length() && skipDigits(text, digits, 16) == text.length();
    }
    int whole = skipDigits(text, 0, 10);
    boolean hasPoint = text.startsWith(".", whole);
    int fraction = hasPoint ? skipDigits(text, whole + 1, 10) : whole;
    boolean hasDigits = whole > 0 || fraction > whole + 1;
    int end = fraction;
    if (text.startsWith("e", end) || text.startsWith("E", end)) {
      int exponent = end + 1;
      if (text.startsWith("+", exponent) || text.startsWith("-", exponent)) {
        exponent++;
      }
      end = skipDigits(text, exponent, 10);
      hasDigits &= end > exponent;
    }
    return hasDigits && end == text.length();
  }

  /** The index after digits with single underscores between them. */
  private static int skipDigits(String text, int from, int base) {
    int at = from;
    while (at < text.length()) {
      boolean isUnderscore = text.charAt(at) == '_' && at > from && at + 1 < text.length();
      int digit = isUnderscore ? at + 1 : at;
      if (Character.digit(text.charAt(digit), base) < 0 || text.charAt(digit) > 'f') {
        break;
      }
      at = digit + 1;
    }
    return at;
  }

  /**
   * The value of such a text, with a sign or without.
   *
   * @throws NumberFormatException also for one that is too large for a double
   */
  public static double parse(String text) {
    boolean isNegative = text.startsWith("-");
    String digits = isNegative || text.startsWith("+") ? text.substring(1) : text;
    if (!isNumber(digits)) {
      throw new NumberFormatException("'" + text + "' is not a number");
    }
    double value = parseUnsigned(digits.replace("_", ""));
    return isNegative ? -value : value;
  }

  private static double parseUnsigned(String digits) {
    if (digits.equalsIgnoreCase("inf")) {
      return Double.POSITIVE_INFINITY;
    }
    if (digits.equalsIgnoreCase("nan")) {
      return Double.NaN;
    }
    if (digits.startsWith("0x") || digits.startsWith("0X")) {
      return Long.parseLong(digits.substring(2), 16);
    }
    boolean isOctal =
        digits.length() > 1
            && digits.length() < 22
            && digits.startsWith("0")
            && digits.chars().allMatch(c -> c >= '0' && c <= '7');
    double value = isOctal ? Long.parseLong(digits, 8) : Double.parseDouble(digits);
    if (Double.isInfinite(value)) {
      throw new NumberFormatException("'" + digits + "' is too large for a number; write Inf");
    }
    return value;
  }

  /**
   * Whether a text is a decimal number as a label holds it: with a sign or without, {@code Inf} and
   * {@code NaN} too, but no octal, hexadecimal or parted one.
   */
  public static boolean isDecimal(String text) {
    boolean isSigned = text.startsWith("-") || text.startsWith("+");
    String digits = isSigned ? text.substring(1) : text;
    boolean isPlain =
        digits.indexOf('_') < 0 && !digits.startsWith("0x") && !digits.startsWith("0X");
    return isInfinity(digits) || (isPlain && isNumber(digits));
  }

  private static boolean isInfinity(String digits) {
    return digits.equalsIgnoreCase("inf") || digits.equalsIgnoreCase("infinity");
  }

  /** The value of such a text. */
  public static double decimal(String text) {
    boolean isNegative = text.startsWith("-");
    String digits = isNegative || text.startsWith("+") ? text.substring(1) : text;
    double value =
        isInfinity(digits)
            ? Double.POSITIVE_INFINITY
            : digits.equalsIgnoreCase("nan") ? Double.NaN : Double.parseDouble(digits);
    return isNegative ? -value : value;
  }

  /** The shortest text that is read as this value; with an exponent when that is far from 1. */
  public static String print(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value) || value == 0) {
      return plain(value);
    }
    BigDecimal shortest = shortest(value);
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= -4 && exponent < 21) {
      return shortest.toPlainString();
    }
    String digits = shortest.unscaledValue().abs().toString();
    String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
    return "%s%c%se%s%02d"
        .formatted(
            value < 0 ? "-" : "",
            digits.charAt(0),
            fraction,
            exponent < 0 ? "-" : "+",
            Math.abs(exponent));
  }

  /** The shortest text that is read as this value, without an exponent. */
  public static String plain(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    return shortest(value).toPlainString();
  }

  /** Of the texts with the fewest digits that are read as this value the nearest one. */
  private static BigDecimal shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; digits < ENOUGH_DIGITS; digits++) {
      BigDecimal below = exact.round(new MathContext(digits, RoundingMode.DOWN));
      BigDecimal above = exact.round(new MathContext(digits, RoundingMode.UP));
      boolean isBelow = below.doubleValue() == value;
      boolean isAbove = above.doubleValue() == value;
      if (isBelow || isAbove) {
        boolean isBelowNearer = distance(exact, below).compareTo(distance(exact, above)) <= 0;
        BigDecimal nearest = isBelow && (isBelowNearer || !isAbove) ? below : above;
        return nearest.stripTrailingZeros();
      }
    }
    return exact.round(new MathContext(ENOUGH_DIGITS, RoundingMode.HALF_EVEN)).stripTrailingZeros();
  }

  private static BigDecimal distance(BigDecimal left, BigDecimal right) {
    return left.subtract(right).abs();
  }
}
