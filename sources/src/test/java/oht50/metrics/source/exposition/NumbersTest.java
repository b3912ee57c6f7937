package oht50.metrics.source.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
  private static double parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Numbers.parseFloat(bytes, 0, bytes.length);
  }

  @Test
  void aNumberIsTheNearestFloat64() {
    Random random = new Random(50);
    for (int i = 0; i < 20_000; i++) {
      double value =
          i % 2 == 0
              ? Double.longBitsToDouble(random.nextLong())
              : random.nextInt() / Math.pow(10, random.nextInt(8));
      if (Double.isFinite(value)) {
        for (String text :
            new String[] {
              Double.toString(value),
              String.format(java.util.Locale.ROOT, "%.3f", value),
              String.format(java.util.Locale.ROOT, "%e", value)
            }) {
          assertThat(parse(text)).as(text).isEqualTo(Double.parseDouble(text));
        }
      }
    }
    assertThat(parse("1.")).isEqualTo(1);
    assertThat(parse(".5")).isEqualTo(0.5);
    assertThat(parse("08")).isEqualTo(8);
    assertThat(Double.doubleToRawLongBits(parse("-0"))).isEqualTo(Double.doubleToRawLongBits(-0.0));
    assertThat(parse("9007199254740993")).isEqualTo(9007199254740992.0);
    assertThat(parse("0.1000000000000000055511151231257827021181583404541015625")).isEqualTo(0.1);
    assertThat(parse("1e-400")).isZero();
    assertThat(parse("1e22")).isEqualTo(1e22);
    assertThat(parse("123456789e-22")).isEqualTo(123456789e-22);
    assertThat(parse("1e-99999999999999999999")).isZero();
    assertThat(parse("0e99999999999999999999")).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "+", "-", ".", "e1", "1e", "1e+", "1.2.3", "--1", "0x1", "0x1p3", "0b1", "1_0", "1d",
        "1f", "1L", "+NaN", "-nan", "nan1", "infinit", "in", "1e309", "\u0661", "1 "
      })
  void whatGoDoesNotReadIsNone(String text) {
    assertThatThrownBy(() -> parse(text)).isInstanceOf(NumberFormatException.class);
  }

  @Test
  void infinityIsWrittenInSeveralWays() {
    for (String text : new String[] {"Inf", "+Inf", "inf", "INFINITY", "+infinity"}) {
      assertThat(parse(text)).as(text).isEqualTo(Double.POSITIVE_INFINITY);
    }
    assertThat(parse("-Inf")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(parse("nAn")).isNaN();
  }
}
