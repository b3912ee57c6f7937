package oht50.metrics.source.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import oht50.metrics.model.MetricKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusTextParserTest {
  @Test
  void typesSayWhatASampleMeans() throws InvalidExposition {
    assertThat(
            Reading.text(
                """
                # TYPE requests counter
                requests 7 1500
                # TYPE took histogram
                took_bucket{le="+Inf"} 2
                took_count 2
                took_sum -1.5
                # TYPE waits summary
                waits{quantile="0.9"} 1
                waits_count 0
                waits_sum 0
                waits_bucket 1
                # TYPE level gauge
                level 1
                # TYPE other untyped
                other 1
                other_count 2
                """))
        .extracting(Reading.Said::series, Reading.Said::kind, Reading.Said::timestamp)
        .containsExactly(
            tuple("requests{}", MetricKind.COUNTER, 1500L),
            tuple("took_bucket{le=+Inf}", MetricKind.COUNTER, null),
            tuple("took_count{}", MetricKind.COUNTER, null),
            tuple("took_sum{}", MetricKind.COUNTER, null),
            tuple("waits{quantile=0.9}", MetricKind.GAUGE, null),
            tuple("waits_count{}", MetricKind.COUNTER, null),
            tuple("waits_sum{}", MetricKind.COUNTER, null),
            tuple("waits_bucket{}", MetricKind.GAUGE, null),
            tuple("level{}", MetricKind.GAUGE, null),
            tuple("other{}", MetricKind.GAUGE, null),
            tuple("other_count{}", MetricKind.GAUGE, null));
  }

  @Test
  void blanksAreWhereverTokensAre() throws InvalidExposition {
    assertThat(
            Reading.text(
                "\t # \t HELP  a \\x what ever\n"
                    + " #\n#TYPE a gauge\n \t\n"
                    + "  a\t{ b = \"c\" ,\td=\"\\\\\\n\\\"\" , }-Inf   \t12 \t\n"
                    + "b{}1e3\t\n"))
        .containsExactly(
            new Reading.Said("a{b=c, d=\\\n\"}", MetricKind.GAUGE, Double.NEGATIVE_INFINITY, 12L),
            new Reading.Said("b{}", MetricKind.GAUGE, 1000, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\nbla 3.14\nblubber 42",
        "a 1\n# no line feed",
        "a 1\r\n",
        "a\n",
        "a{\n",
        "a{b\n",
        "a{b=\"new\nline\"} 1\n",
        "a{b=c} 1\n",
        "a{b=\"c\"+} 1\n",
        "a{b=\"c\" d=\"e\"} 1\n",
        "a{,} 1\n",
        "a{b=\"c\",,} 1\n",
        "a{b=\"c\",b=\"c\"} 1\n",
        "a{b=\"c\"} 1 2 3\n",
        "a{b=\"c\"} x\n",
        "a 0x1\n",
        "a 0x1p3\n",
        "a 1_0\n",
        "a 1e999\n",
        "a 1f\n",
        "a 1 1e3\n",
        "a 1 9223372036854775808\n",
        "@a{b=\"c\"} 1 2\n",
        "{b=\"c\"} 1 2\n",
        "# HELP a one\n# HELP a two\n",
        "# TYPE a counter\n# TYPE a untyped\n",
        "# TYPE a bla\n",
        "# TYPE a gauge gauge\n",
        "# HELP a.b one\n",
        "# TYPE a histogram\na_bucket{le=\"bla\"} 1\n",
      })
  void thisIsNotTheTextFormat(String text) {
    assertThatThrownBy(() -> Reading.text(text)).isInstanceOf(InvalidExposition.class);
  }

  @Test
  void bytesThatAreNotUtf8AreRefusedInAValueOnly() throws InvalidExposition {
    byte[] value = "a{b=\"?\"} 1\n".getBytes(StandardCharsets.US_ASCII);
    value[5] = (byte) 0xbd;
    byte[] help = "# HELP a ?\n".getBytes(StandardCharsets.US_ASCII);
    help[9] = (byte) 0xbd;

    assertThatThrownBy(() -> Reading.read(ExpositionFormat.PROMETHEUS_TEXT, value, Reading.LIMITS))
        .hasMessage("line 1: not UTF-8");
    assertThat(Reading.read(ExpositionFormat.PROMETHEUS_TEXT, help, Reading.LIMITS)).isEmpty();
  }

  @Test
  void aTextBeyondALimitIsSaidToBe() {
    ExpositionLimits limits = new ExpositionLimits(2, 1, 3, 4);
    for (String text :
        new String[] {
          "a 1\nb 1\nc 1\n",
          "a{b=\"\",c=\"\"} 1\n",
          "a{long=\"\"} 1\n",
          "a{b=\"12345\"} 1\n",
          "abcde 1\n"
        }) {
      assertThatThrownBy(
              () ->
                  Reading.read(
                      ExpositionFormat.PROMETHEUS_TEXT,
                      text.getBytes(StandardCharsets.UTF_8),
                      limits))
          .as(text)
          .isInstanceOfSatisfying(
              InvalidExposition.class, e -> assertThat(e.isBeyondLimit()).isTrue());
    }
  }
}
