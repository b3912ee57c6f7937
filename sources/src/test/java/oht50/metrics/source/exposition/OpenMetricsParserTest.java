package oht50.metrics.source.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import oht50.metrics.model.MetricKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenMetricsParserTest {
  @Test
  void typesSayWhatASampleMeansAndStartTimesAreNoSeries() throws InvalidExposition {
    assertThat(
            Reading.openMetrics(
                """
                # TYPE requests counter
                # HELP requests Seen \\"so far\\".
                requests_total{code="200"} 7 1.001
                requests_created{code="200"} 0.5 1.001
                # TYPE took histogram
                took_bucket{le="0.5"} 1 # {trace_id="a"} 0.3 12.5
                took_bucket{le="+Inf"} 2
                took_count 2
                took_sum 1.5
                took_created 3
                # TYPE waits summary
                waits{quantile="0.9"} NaN
                waits_count 0
                waits_sum 0
                # TYPE build info
                build_info{version="1"} 1
                # TYPE state stateset
                state{state="on"} 1
                state{state="off"} 0
                # TYPE queue gaugehistogram
                queue_bucket{le="+Inf"} 3
                queue_gcount 3
                queue_gsum 6
                temperature{} -0
                # EOF
                """))
        .extracting(Reading.Said::series, Reading.Said::kind, Reading.Said::value)
        .containsExactly(
            tuple("requests_total{code=200}", MetricKind.COUNTER, 7.0),
            tuple("took_bucket{le=0.5}", MetricKind.COUNTER, 1.0),
            tuple("took_bucket{le=+Inf}", MetricKind.COUNTER, 2.0),
            tuple("took_count{}", MetricKind.COUNTER, 2.0),
            tuple("took_sum{}", MetricKind.COUNTER, 1.5),
            tuple("waits{quantile=0.9}", MetricKind.GAUGE, Double.NaN),
            tuple("waits_count{}", MetricKind.COUNTER, 0.0),
            tuple("waits_sum{}", MetricKind.COUNTER, 0.0),
            tuple("build_info{version=1}", MetricKind.GAUGE, 1.0),
            tuple("state{state=on}", MetricKind.GAUGE, 1.0),
            tuple("state{state=off}", MetricKind.GAUGE, 0.0),
            tuple("queue_bucket{le=+Inf}", MetricKind.GAUGE, 3.0),
            tuple("queue_gcount{}", MetricKind.GAUGE, 3.0),
            tuple("queue_gsum{}", MetricKind.GAUGE, 6.0),
            tuple("temperature{}", MetricKind.GAUGE, -0.0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# EOF",
        "# EOF\n",
        "# HELP a \n# UNIT a \n# EOF\n",
        "# HELP a he\u0000lp\n# EOF\n",
        "# TYPE a unknown\na 1\n# EOF",
        "a{b=\"}\"} 1\n# EOF\n",
        "a{b=\"\\\\\\x\\n\\\"\"} 1\n# EOF\n",
        "# TYPE a counter\na_total 1 # {} 1\n# EOF\n",
        "# TYPE a counter\na_total 1 1 # {b=\" # \"} 1 1\n# EOF\n",
        "# TYPE a histogram\na_bucket{le=\"1e-04\"} 0\na_bucket{le=\"+Inf\"} 0\n# EOF\n",
        "# TYPE a gaugehistogram\na_bucket{le=\"-1\"} 1\na_bucket{le=\"+Inf\"} 1\na_gcount 1\na_gsum -3\n# EOF\n",
        "# TYPE a info\na_info{b=\"1\"} 1 2\na_info{b=\"2\"} 1 1\na_info{b=\"1\"} 1 3\n# EOF\n",
        "# TYPE a summary\na_count 1\na_sum 1\na{quantile=\"0.5\"} 1\n# EOF\n",
        "# TYPE a_seconds counter\n# UNIT a_seconds seconds\na_seconds_total 1\n# EOF\n",
        "a 1 12345678901234567890.1234567890\n# EOF\n",
        "a 1 000\nb 1 0.0\nc 1 1.5e3\n# EOF\n",
        "a INF\nb -inf\nc +Infinity\nd nan\n# EOF\n",
      })
  void thisIsOpenMetrics(String text) throws InvalidExposition {
    Reading.openMetrics(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a 1\n",
        "# EOF\n\n",
        "# EOF\na 1\n",
        "# EOF \n",
        "a  1\n# EOF\n",
        "a 1 \n# EOF\n",
        "a\t1\n# EOF\n",
        "a 1\r\n# EOF\n",
        "a {b=\"1\"} 1\n# EOF\n",
        "a{b = \"1\"} 1\n# EOF\n",
        "a{b=\"1\", c=\"2\"} 1\n# EOF\n",
        "a{,b=\"1\"} 1\n# EOF\n",
        "a{b=\"1\"}1\n# EOF\n",
        "a{b='1'} 1\n# EOF\n",
        "a{1=\"1\"} 1\n# EOF\n",
        "a{__name__=\"b\"} 1\n# EOF\n",
        "a{b:c=\"1\"} 1\n# EOF\n",
        "{\"a.b\"} 1\n# EOF\n",
        "{__name__=\"a\"} 1\n# EOF\n",
        "0a 1\n# EOF\n",
        "a-b 1\n# EOF\n",
        "a 0x1p-3\n# EOF\n",
        "a 1_000\n# EOF\n",
        "a 1e400\n# EOF\n",
        "a 1d\n# EOF\n",
        "a +NaN\n# EOF\n",
        "a 1 0x1p3\n# EOF\n",
        "a 1 1.1.1\n# EOF\n",
        "a 1 1 1\n# EOF\n",
        "a 1 # {b=\"c\"} 1\n# EOF\n",
        "# TYPE a untyped\n# EOF\n",
        "# TYPE a counter\na 1\n# EOF\n",
        "# TYPE a_total counter\na_total 1\n# EOF\n",
        "# TYPE a counter\n# TYPE a counter\n# EOF\n",
        "# TYPE a counter\nb 1\n# HELP a x\n# EOF\n",
        "a 1\nb 1\na 2\n# EOF\n",
        "a{b=\"1\"} 1\na{b=\"2\"} 1\na{b=\"1\"} 1\n# EOF\n",
        "# TYPE a counter\na_total 1\na_total 1 1\n# EOF\n",
        "# UNIT a seconds\n# EOF\n",
        "# TYPE a_s info\n# UNIT a_s s\n# EOF\n",
        "# comment\n# EOF\n",
        "#\n# EOF\n",
        "# TYPE a histogram\na_bucket 0\n# EOF\n",
        "# TYPE a histogram\na_bucket{le=\"+Inf\"} 0.5\n# EOF\n",
        "# TYPE a histogram\na_bucket{le=\"inf\"} 0\n# EOF\n",
        "# TYPE a histogram\na_bucket{le=\"1\"} 2\na_bucket{le=\"+Inf\"} 1\n# EOF\n",
        "# TYPE a histogram\na_bucket{le=\"1\"} 1\n# EOF\n",
        "# TYPE a histogram\na_bucket{le=\"+Inf\"} 1\na_count 2\na_sum 1\n# EOF\n",
        "# TYPE a histogram\na_count 1\na_sum 1\n# EOF\n",
        "# TYPE a summary\na{quantile=\"NaN\"} 0\n# EOF\n",
        "# TYPE a summary\na{quantile=\"0.5\"} -1\n# EOF\n",
        "# TYPE a stateset\na{a=\"on\"} 0.5\n# EOF\n",
        "# TYPE a info\na_info 0\n# EOF\n",
        "# TYPE a counter\na_total 1 # {b=\"c\"}\n# EOF\n",
        "# TYPE a counter\na_total 1 # b 1\n# EOF\n",
        "# TYPE a counter\na_total 1 #{} 1\n# EOF\n",
        "# TYPE a gauge\na 1 # {} 1\n# EOF\n",
        "# TYPE a summary\na_count 1 # {} 1\n# EOF\n",
      })
  void thisIsNot(String text) {
    assertThatThrownBy(() -> Reading.openMetrics(text)).isInstanceOf(InvalidExposition.class);
  }

  @Test
  void aSeriesThatSpeaksTwiceAtATimeSaysItOnce() throws InvalidExposition {
    assertThat(Reading.openMetrics("# TYPE a gauge\na 1 5\na 2 5\na 3 5.001\n# EOF\n"))
        .extracting(Reading.Said::value, Reading.Said::timestamp)
        .containsExactly(tuple(1.0, 5_000L), tuple(3.0, 5_001L));
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    byte[] text = "a{b=\"?\"} 1\n# EOF\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    text[5] = (byte) 0xbd;

    assertThatThrownBy(() -> Reading.read(ExpositionFormat.OPENMETRICS, text, Reading.LIMITS))
        .hasMessage("line 1: not UTF-8");
  }

  @Test
  void theLineAndTheReasonAreSaid() {
    assertThatThrownBy(() -> Reading.openMetrics("a 1\nb{c=\"d\"} x\n# EOF\n"))
        .hasMessage("line 2: 'x' is not a number");
  }
}
