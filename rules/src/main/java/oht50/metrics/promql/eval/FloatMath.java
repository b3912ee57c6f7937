package oht50.metrics.promql.eval;

/**
 * Functions of doubles where Go's differ from Java's, and those that Java has not. All others are
 * taken from {@link StrictMath}, which gives the same bits on every machine.
 */
final class FloatMath {
  private static final double LN2 = 0.693147180559945309417232121458176568;
  private static final double LN10 = 2.30258509299404568401799145468436421;
  private static final double TINY = 0x1p-28;
  private static final double HUGE = 0x1p28;
  private static final int BITS_OF_FRACTION = 52;

  private FloatMath() {}

  /** In Go 1 to the power of anything is 1, and so is -1 to the power of an infinity. */
  static double power(double base, double exponent) {
    if (base == 1 || (base == -1 && Double.isInfinite(exponent))) {
      return 1;
    }
    return StrictMath.pow(base, exponent);
  }

  /** In Go the smallest infinity is the minimum even beside NaN. */
  static double min(double left, double right) {
    boolean isLeast = left == Double.NEGATIVE_INFINITY || right == Double.NEGATIVE_INFINITY;
    return isLeast ? Double.NEGATIVE_INFINITY : Math.min(left, right);
  }

  /** In Go the largest infinity is the maximum even beside NaN. */
  static double max(double left, double right) {
    boolean isMost = left == Double.POSITIVE_INFINITY || right == Double.POSITIVE_INFINITY;
    return isMost ? Double.POSITIVE_INFINITY : Math.max(left, right);
  }

  /** Exact for powers of 2. */
  static double log2(double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      return StrictMath.log(value);
    }
    boolean isSubnormal = value < Double.MIN_NORMAL;
    double normal = isSubnormal ? value * 0x1p52 : value;
    int exponent = Math.getExponent(normal) + 1;
    double fraction = Math.scalb(normal, -exponent); // in [0.5, 1)
    int whole = exponent - (isSubnormal ? BITS_OF_FRACTION : 0);
    return fraction == 0.5 ? whole - 1 : StrictMath.log(fraction) * (1 / LN2) + whole;
  }

  static double log10(double value) {
    return log2(value) * (LN2 / LN10);
  }

  /** The formulas of this and the next two are those of FreeBSD's msun, which Go follows. */
  static double asinh(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return value;
    }
    double x = Math.abs(value);
    double result;
    if (x > HUGE) {
      result = StrictMath.log(x) + LN2;
    } else if (x > 2) {
      result = StrictMath.log(2 * x + 1 / (StrictMath.sqrt(x * x + 1) + x));
    } else if (x < TINY) {
      result = x;
    } else {
      result = StrictMath.log1p(x + x * x / (1 + StrictMath.sqrt(1 + x * x)));
    }
    return Math.copySign(result, value);
  }

  static double acosh(double value) {
    if (!(value >= 1)) {
      return Double.NaN;
    }
    if (value >= HUGE) {
      return StrictMath.log(value) + LN2;
    }
    if (value > 2) {
      return StrictMath.log(2 * value - 1 / (value + StrictMath.sqrt(value * value - 1)));
    }
    double above = value - 1;
    return StrictMath.log1p(above + StrictMath.sqrt(2 * above + above * above));
  }

  static double atanh(double value) {
    double x = Math.abs(value);
    if (!(x <= 1)) {
      return Double.NaN;
    }
    double twice = x + x;
    double result;
    if (x == 1) {
      result = Double.POSITIVE_INFINITY;
    } else if (x < TINY) {
      result = x;
    } else if (x < 0.5) {
      result = 0.5 * StrictMath.log1p(twice + twice * x / (1 - x));
    } else {
      result = 0.5 * StrictMath.log1p(twice / (1 - x));
    }
    return Math.copySign(result, value);
  }

  /** The sign of a number; of a zero or NaN itself. */
  static double sign(double value) {
    return value < 0 ? -1 : value > 0 ? 1 : value;
  }
}
