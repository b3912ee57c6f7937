package oht50.metrics.promql.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "-0.0, -0, -0",
    "100, 100, 100",
    "0.1, 0.1, 0.1",
    "1e20, 100000000000000000000, 100000000000000000000",
    "1e21, 1e+21, 1000000000000000000000",
    "-1.25e-5, -1.25e-05, -0.0000125",
    "0.0001, 0.0001, 0.0001",
    "2e-44, 2e-44, 0.00000000000000000000000000000000000000000002",
    "NaN, NaN, NaN",
    "-Infinity, -Inf, -Inf"
  })
  void printsAsGoDoes(double value, String printed, String plain) {
    assertThat(Numbers.print(value)).isEqualTo(printed);
    assertThat(Numbers.plain(value)).isEqualTo(plain);
  }

  @Test
  void printsWhatIsReadAsTheSameNumberWithNoMoreDigitsThanNeeded() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertThat(Numbers.parse(Numbers.print(value))).isEqualTo(value);
      }
    }
    // Java's own text of this one is longer.
    assertThat(Numbers.print(2.0E-3)).isEqualTo("0.002");
    assertThat(Numbers.print(0x1p-44)).isEqualTo("5.684341886080802e-14");
  }

  @ParameterizedTest
  @CsvSource({
    "0x_ff, 255",
    "0XFF, 255",
    "017, 15",
    "018, 18",
    "1_0.5e-1, 1.05",
    ".5, 0.5",
    "5., 5"
  })
  void readsAsGoDoes(String text, double value) {
    assertThat(Numbers.isNumber(text)).isTrue();
    assertThat(Numbers.parse(text)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({"1__0", "_1", "1_", "0x", "1e", ".", "1.2.3", "1e+", "0b1", "1f", "''"})
  void readsNothingElse(String text) {
    assertThat(Numbers.isNumber(text)).isFalse();
  }
}
