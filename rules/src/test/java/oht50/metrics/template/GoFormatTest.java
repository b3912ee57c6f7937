package oht50.metrics.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Go's {@code fmt.Sprintf} writes; most cases are of its own {@code fmt_test.go}. */
class GoFormatTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      quoteCharacter = '\0',
      value = {
        "%f|1|1.000000",
        "%.2f|1234.5678|1234.57",
        "%8.2f|1.005|    1.00",
        "%-8.1f$|2.25|2.2     $",
        "%+.3e|1|+1.000e+00",
        "%.0f|0.5|0",
        "%.0f|1.5|2",
        "%e|0|0.000000e+00",
        "%g|100000|100000",
        "%g|1000000|1e+06",
        "%g|0.0001|0.0001",
        "%g|0.00001|1e-05",
        "%.3g|1234.5|1.23e+03",
        "%.4g|0.000123456|0.0001235",
        "%.4g|99999|1e+05",
        "%G|1e-7|1E-07",
        "%v|1e21|1e+21",
        "%v|0.1|0.1",
        "%s|1.5|%!s(float64=1.5)",
        "%d|12|%!d(float64=12)",
        "%08.3f|-1.5|-001.500",
        "% .1f|2.5| 2.5",
        "%6.1f|NaN|   NaN",
        "%06.1f|+Inf|  +Inf",
        "%.1f|-Inf|-Inf",
        "%5.1f%%|99.5| 99.5%",
        "%q|1|%!q(float64=1)",
        "%t|1|%!t(float64=1)",
        "%T|1|float64",
        "%z|1|%!z(float64=1)",
        "none|1|none%!(EXTRA float64=1)",
        "%|1|%!(NOVERB)%!(EXTRA float64=1)"
      })
  void writesFloats(String format, String value, String expected) throws TemplateFailure {
    double number =
        value.endsWith("Inf")
            ? Double.parseDouble(value.replace("Inf", "Infinity"))
            : Double.parseDouble(value);
    assertThat(GoFormat.format(format, List.of(number))).isEqualTo(expected);
  }

  @Test
  void writesOtherValues() throws TemplateFailure {
    assertThat(GoFormat.format("%d %5d|%-5d|%05d %x %X %o %b %+d", numbers(255, 9)))
        .isEqualTo("255   255|255  |00255 ff FF 377 11111111 +255");
    assertThat(GoFormat.format("%s|%5s|%-5s|%.1s|%q|%x|%v", texts("äb", 7)))
        .isEqualTo("äb|   äb|äb   |ä|\"äb\"|c3a462|äb");
    assertThat(GoFormat.format("%d %s %v", List.of("x", true, true)))
        .isEqualTo("%!d(string=x) %!s(bool=true) true");
    assertThat(GoFormat.format("%s %d", List.of("a"))).isEqualTo("a %!d(MISSING)");
    assertThat(GoFormat.format("%v %s", List.of(labels(), labels())))
        .isEqualTo("map[a:1 b:2] map[a:1 b:2]");
  }

  private static GoMap labels() {
    return GoMap.ofStrings(Map.of("b", "2", "a", "1"));
  }

  private static List<Object> numbers(long value, int count) {
    return Collections.nCopies(count, value);
  }

  private static List<Object> texts(String value, int count) {
    return Collections.nCopies(count, value);
  }
}
