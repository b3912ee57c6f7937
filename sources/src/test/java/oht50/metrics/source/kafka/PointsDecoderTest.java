package oht50.metrics.source.kafka;

import static oht50.metrics.source.kafka.Records.EVENT_TIME;
import static oht50.metrics.source.kafka.Records.record;
import static oht50.metrics.source.kafka.Records.rejects;
import static oht50.metrics.source.kafka.Records.samples;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.source.Decoded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PointsDecoderTest {
  private final Decoder decoder = new PointsDecoder(DecoderFactory.STANDARD_MAX_AHEAD);

  private static String point(String name, String value, String labels) {
    return "{\"name\": \""
        + name
        + "\", \"value\": "
        + value
        + ", \"timestamp\": 1795546200, \"labels\": "
        + labels
        + ", \"metric_type\": \"gauge\"}";
  }

  @Test
  void theExampleIsThreeSeries() {
    Decoded decoded = decoder.decode(record("oht50", Records.example("metric-points.json")));

    assertThat(decoded.rejected()).isEmpty();
    assertThat(decoded.eventTime()).isEqualTo(EVENT_TIME + 5_000);
    assertThat(samples(decoded))
        .containsOnlyKeys(
            "oht50_mission_duration_seconds{mission_id=\"mission-123\",success=\"True\"}",
            "oht50_cache_hit_rate{cache_type=\"firmware\"}",
            "mission_success{mission_id=\"mission-123\"}");
    assertThat(decoded.batches())
        .extracting(b -> b.layout().series(0).kind())
        .containsExactly(MetricKind.HISTOGRAM, MetricKind.GAUGE, MetricKind.COUNTER);
  }

  @Test
  void samplesAreGroupedByKeyInTheOrderOfTheRecord() {
    String value =
        "["
            + point("a", "1", "{\"robot_id\": \"R-1\"}")
            + ","
            + point("a", "2", "{\"robot_id\": \"R-2\"}")
            + ","
            + point("b", "3", "{\"robot_id\": \"R-1\"}").replace("1795546200", "1795546201")
            + "]";

    Decoded decoded = decoder.decode(record("k", value));

    assertThat(decoded.batches()).hasSize(2);
    SampleBatch first = decoded.batches()[0];
    assertThat(first.values()).containsExactly(1, 3);
    assertThat(first.timestamps()).containsExactly(EVENT_TIME, EVENT_TIME + 1_000);
    assertThat(Arrays.stream(decoded.batches()).map(SampleBatch::key).distinct()).hasSize(2);
  }

  @Test
  void aSinglePointHasPathsOfItsOwn() {
    assertThat(samples(decoder.decode(record("k", point("a", "1", "{}")))))
        .containsEntry("a{}", 1.0);
    assertThat(rejects(decoder.decode(record("k", point("a b", "1", "{}")))))
        .containsExactly("BAD_METRIC_NAME name");
  }

  @Test
  void numbersAndBooleansAreLabels() {
    String labels = "{\"n\": 7, \"b\": true, \"none\": null, \"empty\": \"\", \"z\": \"\\u0000\"}";

    assertThat(samples(decoder.decode(record("k", point("a", "1", labels)))))
        .containsOnlyKeys("a{b=\"true\",n=\"7\",z=\"\ufffd\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\": 1}|WRONG_TYPE [0].name",
        "{\"name\": \"\"}|BAD_METRIC_NAME [0].name",
        "{}|MISSING_FIELD [0].name",
        "{\"name\": \"a\"}|MISSING_FIELD [0].metric_type",
        "{\"name\": \"a\", \"metric_type\": \"gauge\"}|MISSING_FIELD [0].value",
        "{\"name\": \"a\", \"metric_type\": \"gauge\", \"value\": NaN}|NOT_FINITE [0].value",
        "{\"name\": \"a\", \"metric_type\": \"gauge\", \"value\": -Infinity}|NOT_FINITE [0].value",
        "{\"name\": \"a\", \"metric_type\": \"gauge\", \"value\": 1}|MISSING_FIELD [0].timestamp",
        "{\"name\": \"a_count\", \"metric_type\": \"histogram\", \"value\": -1}|OUT_OF_RANGE [0].value",
        "{\"name\": \"a\", \"metric_type\": \"gauge\", \"labels\": 1}|WRONG_TYPE [0].labels",
        "{\"name\": \"a\", \"metric_type\": \"gauge\", \"labels\": {\"x\": []}}|WRONG_TYPE [0].labels",
        "{\"name\": \"a\", \"metric_type\": \"gauge\", \"labels\": {\"__x\": \"\"}}|BAD_LABEL_NAME [0].labels",
        "7|WRONG_TYPE [0]"
      })
  void aBadPointIsRejectedAtItsFirstFault(String element, String reject) {
    assertThat(rejects(decoder.decode(record("k", "[" + element + "]")))).containsExactly(reject);
  }

  @Test
  void oneBadPointLeavesTheOthers() {
    Decoded decoded =
        decoder.decode(
            record("k", "[" + point("9", "1", "{}") + "," + point("b", "2", "{}") + "]"));

    assertThat(rejects(decoded)).containsExactly("BAD_METRIC_NAME [0].name");
    assertThat(samples(decoded)).containsEntry("b{}", 2.0);
  }

  @Test
  void aLargeRecordOfSmallPointsIsReadAndALargePointIsNot() {
    String large = point("a", "1", "{\"x\": \"" + "x".repeat(17_000) + "\"}");
    String small = point("b", "2", "{}");

    Decoded decoded = decoder.decode(record("k", "[" + large + ", " + small + "]"));

    assertThat(rejects(decoded)).containsExactly("TOO_LARGE [0]");
    assertThat(samples(decoded)).containsEntry("b{}", 2.0);
    assertThat(rejects(decoder.decode(record("k", large)))).containsExactly("TOO_LARGE $");
  }

  @Test
  void halfAnArrayIsNothing() {
    assertThat(rejects(decoder.decode(record("k", "[" + point("b", "2", "{}") + ","))))
        .containsExactly("MALFORMED_JSON $");
    assertThat(rejects(decoder.decode(record("k", "[] 7")))).containsExactly("MALFORMED_JSON $");
    assertThat(decoder.decode(record("k", "[]")).rejected()).isEmpty();
  }

  @Test
  void manyRejectsOfOneRecordEndInASum() {
    Decoded decoded = decoder.decode(record("k", "[" + "1,".repeat(2_999) + "1]"));

    assertThat(decoded.rejected()).hasSize(Draft.MAX_REJECTS + 1);
    assertThat(decoded.rejected()[Draft.MAX_REJECTS].detail()).startsWith("and 2000 more");
  }

  @Test
  void linesAreReadEachOnItsOwn() {
    String value =
        point("a", "1", "{}")
            + "\n\r\n["
            + point("b", "2", "{}")
            + ", "
            + point("c", "NaN", "{}")
            + "]\r\n"
            + "{\"name\": \n"
            + point("d d", "3", "{}")
            + "\n"
            + "// a remark\n"
            + "7\n"
            + point("e", "4", "{}")
            + "\n";

    Decoded decoded = decoder.decode(record("k", value));

    assertThat(samples(decoded)).containsOnlyKeys("a{}", "b{}", "e{}");
    assertThat(rejects(decoded))
        .containsExactly(
            "NOT_FINITE [1][1].value",
            "MALFORMED_JSON [2]",
            "BAD_METRIC_NAME [3].name",
            "WRONG_TYPE [5]");
  }

  @Test
  void aBrokenFirstLineLeavesTheOthers() {
    Decoded decoded = decoder.decode(record("k", "{\"name\": \"a\n" + point("b", "2", "{}")));

    assertThat(rejects(decoded)).containsExactly("MALFORMED_JSON [0]");
    assertThat(samples(decoded)).containsOnlyKeys("b{}");
  }

  @Test
  void aLargeRecordOfSmallLinesIsReadAndALargeLineIsNot() {
    String large = point("a", "1", "{\"x\": \"" + "x".repeat(17_000) + "\"}");
    String small = point("b", "2", "{}");

    Decoded decoded = decoder.decode(record("k", small + "\n" + large + "\n"));

    assertThat(rejects(decoded)).containsExactly("TOO_LARGE [1]");
    assertThat(samples(decoded)).containsEntry("b{}", 2.0);
  }

  @Test
  void aDocumentOverManyLinesIsOneDocument() {
    String spread = point("a", "1", "{\n\"x\": \"y\"\n}").replace(", ", ",\n");

    assertThat(samples(decoder.decode(record("k", spread)))).containsOnlyKeys("a{x=\"y\"}");
    assertThat(samples(decoder.decode(record("k", "[\n" + spread + "\n]\n"))))
        .containsOnlyKeys("a{x=\"y\"}");
  }

  @Test
  void halfAnArrayOverManyLinesIsNothing() {
    String half = "[" + point("a", "1", "{}") + ",\n" + point("b", "2", "{}") + "\n";

    assertThat(rejects(decoder.decode(record("k", half)))).containsExactly("MALFORMED_JSON $");
    assertThat(samples(decoder.decode(record("k", half)))).isEmpty();
  }
}
