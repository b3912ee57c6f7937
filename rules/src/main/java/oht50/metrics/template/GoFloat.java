package oht50.metrics.template;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import oht50.metrics.promql.syntax.Numbers;

/** Numbers as Go's {@code strconv.FormatFloat} writes them. */
final class GoFloat {
  /** As few digits as tell a number from its neighbours. */
  static final int SHORTEST = -1;

  /** From this exponent on the shortest form of {@code g} has one. */
  private static final int SHORTEST_EXPONENT = 6;

  private GoFloat() {}

  /** The form of {@code %v}. */
  static String print(double value) {
    return format(value, 'g', SHORTEST);
  }

  /**
   * @param form {@code e}, {@code f} or {@code g}, or one of them in upper case
   * @param precision digits behind the point, of {@code g} all digits
   */
  static String format(double value, char form, int precision) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    boolean isNegative = value < 0 || (value == 0 && 1 / value < 0);
    double size = Math.abs(value);
    String text =
        switch (Character.toLowerCase(form)) {
          case 'e' -> scientific(size, precision);
          case 'f' -> fixed(size, precision);
          case 'g' -> general(size, precision);
          default -> throw new IllegalArgumentException("no form of a float: " + form);
        };
    String cased = Character.isUpperCase(form) ? text.toUpperCase(Locale.ROOT) : text;
    return isNegative ? "-" + cased : cased;
  }

  private static BigDecimal shortest(double size) {
    return new BigDecimal(Numbers.plain(size));
  }

  private static String fixed(double size, int precision) {
    return precision == SHORTEST
        ? Numbers.plain(size)
        : new BigDecimal(size).setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
  }

  private static String scientific(double size, int precision) {
    if (size == 0) {
      return withExponent("0".repeat(Math.max(precision, 0) + 1), 0);
    }
    BigDecimal rounded = rounded(size, precision == SHORTEST ? SHORTEST : precision + 1);
    String digits = rounded.stripTrailingZeros().unscaledValue().toString();
    int exponent = rounded.precision() - rounded.scale() - 1;
    int missing = precision == SHORTEST ? 0 : precision + 1 - digits.length();
    return withExponent(digits + "0".repeat(Math.max(missing, 0)), exponent);
  }

  private static BigDecimal rounded(double size, int digits) {
    return digits == SHORTEST
        ? shortest(size)
        : new BigDecimal(size).round(new MathContext(digits, RoundingMode.HALF_EVEN));
  }

  private static String withExponent(String digits, int exponent) {
    return "%s%se%s%02d"
        .formatted(
            digits.charAt(0),
            digits.length() == 1 ? "" : "." + digits.substring(1),
            exponent < 0 ? "-" : "+",
            Math.abs(exponent));
  }

  private static String general(double size, int precision) {
    int digits = precision == 0 ? 1 : precision;
    if (size == 0) {
      return "0";
    }
    BigDecimal rounded = rounded(size, digits).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    int most = precision == SHORTEST ? SHORTEST_EXPONENT : digits;
    boolean isScientific = exponent < -4 || exponent >= most;
    return isScientific
        ? withExponent(rounded.unscaledValue().toString(), exponent)
        : rounded.toPlainString();
  }
}
