package oht50.metrics.promql.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FloatMathTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @Test
  void logarithmsOfPowersOfTwoAreExact() {
    for (int exponent = -1074; exponent <= 1023; exponent++) {
      assertThat(FloatMath.log2(Math.scalb(1.0, exponent))).isEqualTo(exponent);
    }
    assertThat(FloatMath.log2(10)).isCloseTo(3.321928094887362, within(1e-15));
    assertThat(FloatMath.log2(0)).isEqualTo(-INFINITY);
    assertThat(FloatMath.log2(-1)).isNaN();
    assertThat(FloatMath.log2(INFINITY)).isEqualTo(INFINITY);
    assertThat(FloatMath.log10(1000)).isCloseTo(3, within(1e-15));
  }

  @Test
  void powersAreThoseOfGo() {
    assertThat(FloatMath.power(1, Double.NaN)).isEqualTo(1);
    assertThat(FloatMath.power(1, INFINITY)).isEqualTo(1);
    assertThat(FloatMath.power(-1, -INFINITY)).isEqualTo(1);
    assertThat(FloatMath.power(-8, 1.0 / 3)).isNaN();
    assertThat(FloatMath.power(Double.NaN, 0)).isEqualTo(1);
  }

  @Test
  void extremesAreThoseOfGo() {
    assertThat(FloatMath.min(Double.NaN, -INFINITY)).isEqualTo(-INFINITY);
    assertThat(FloatMath.min(Double.NaN, 1)).isNaN();
    assertThat(FloatMath.max(INFINITY, Double.NaN)).isEqualTo(INFINITY);
    assertThat(FloatMath.max(1, Double.NaN)).isNaN();
  }

  @Test
  void inversesOfHyperbolicFunctions() {
    for (double x : new double[] {1e-10, 0.3, 0.7, 1.5, 3, 20, 600}) {
      assertThat(FloatMath.asinh(Math.sinh(x))).isCloseTo(x, within(1e-12 * (1 + x)));
      assertThat(FloatMath.asinh(-Math.sinh(x))).isCloseTo(-x, within(1e-12 * (1 + x)));
      assertThat(FloatMath.acosh(Math.cosh(x))).isCloseTo(x, within(1e-6));
    }
    for (double x : new double[] {1e-10, 0.3, 0.7, 1.5, 3}) {
      assertThat(FloatMath.atanh(Math.tanh(x))).isCloseTo(x, within(1e-12));
    }
    assertThat(FloatMath.acosh(0.5)).isNaN();
    assertThat(FloatMath.atanh(-1)).isEqualTo(-INFINITY);
    assertThat(FloatMath.atanh(1.1)).isNaN();
  }
}
