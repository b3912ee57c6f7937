package oht50.metrics.source.exposition;

import java.nio.charset.StandardCharsets;

/** Numbers as Go reads them, without hexadecimal ones and underscores. */
final class Numbers {
  /** Powers of ten that float64 holds exactly. */
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private static final long EXACT_INTEGERS = 1L << 53;
  private static final int MAX_DIGITS = 18; // what a long holds for sure
  private static final int HUGE = 100_000; // an exponent beyond all that are exact

  private Numbers() {}

  /**
   * A decimal number, {@code Inf} or {@code Infinity} with or without a sign, or {@code NaN}, in
   * any case of letters: the nearest float64.
   *
   * @throws NumberFormatException if it is none, or too large for float64
   */
  static double parseFloat(byte[] text, int from, int to) {
    int at = from;
    boolean negative = at < to && text[at] == '-';
    if (negative || (at < to && text[at] == '+')) {
      at++;
    }
    if (at < to && !isDigit(text[at]) && text[at] != '.') {
      return special(text, from, to, at, negative);
    }

    long mantissa = 0;
    int held = 0; // digits of the mantissa, without leading zeros
    int exponent = 0;
    boolean exact = true;
    boolean hasDigits = false;
    boolean hasPoint = false;
    for (; at < to && (isDigit(text[at]) || (text[at] == '.' && !hasPoint)); at++) {
      if (text[at] == '.') {
        hasPoint = true;
        continue;
      }
      hasDigits = true;
      int digit = text[at] - '0';
      if (held < MAX_DIGITS) {
        mantissa = 10 * mantissa + digit;
        held += mantissa == 0 ? 0 : 1;
        exponent -= hasPoint ? 1 : 0;
      } else {
        exact = false;
      }
    }
    if (!hasDigits) {
      throw notANumber(text, from, to);
    }
    if (at < to) {
      exponent += exponent(text, from, at, to);
    }
    if (exact && mantissa < EXACT_INTEGERS && Math.abs(exponent) < POWERS.length) {
      // One correctly rounded operation on exact operands (Clinger 1990).
      double value =
          exponent < 0 ? mantissa / POWERS[-exponent] : (double) mantissa * POWERS[exponent];
      return negative ? -value : value;
    }
    double value = Double.parseDouble(ascii(text, from, to));
    if (Double.isInfinite(value)) {
      throw new NumberFormatException("'" + brief(text, from, to) + "' is too large for float64");
    }
    return value;
  }

  /**
   * A whole number of 64 bits.
   *
   * @throws NumberFormatException if it is none
   */
  static long parseLong(byte[] text, int from, int to) {
    int first = from < to && (text[from] == '-' || text[from] == '+') ? from + 1 : from;
    for (int i = first; i < to; i++) {
      if (!isDigit(text[i])) {
        throw notANumber(text, from, to);
      }
    }
    try {
      return Long.parseLong(ascii(text, from, to));
    } catch (NumberFormatException e) {
      throw notANumber(text, from, to);
    }
  }

  private static double special(byte[] text, int from, int to, int at, boolean negative) {
    if (isWord(text, at, to, "inf") || isWord(text, at, to, "infinity")) {
      return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (at == from && isWord(text, at, to, "nan")) {
      return Double.NaN;
    }
    throw notANumber(text, from, to);
  }

  /**
   * What {@code e[+-]digits} says, which must be the rest of the number; roughly when it is huge.
   */
  private static int exponent(byte[] text, int from, int start, int to) {
    int at = start;
    if (text[at] != 'e' && text[at] != 'E') {
      throw notANumber(text, from, to);
    }
    at++;
    boolean negative = at < to && text[at] == '-';
    if (negative || (at < to && text[at] == '+')) {
      at++;
    }
    int digits = at;
    int exponent = 0;
    for (; at < to && isDigit(text[at]); at++) {
      exponent = Math.min(10 * exponent + text[at] - '0', HUGE);
    }
    if (at == digits || at < to) {
      throw notANumber(text, from, to);
    }
    return negative ? -exponent : exponent;
  }

  private static boolean isWord(byte[] text, int from, int to, String word) {
    if (to - from != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if ((text[from + i] | 0x20) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static NumberFormatException notANumber(byte[] text, int from, int to) {
    return new NumberFormatException("'" + brief(text, from, to) + "' is not a number");
  }

  private static String brief(byte[] text, int from, int to) {
    return ascii(text, from, Math.min(to, from + 40));
  }

  private static String ascii(byte[] text, int from, int to) {
    return new String(text, from, to - from, StandardCharsets.US_ASCII);
  }
}
