package oht50.metrics.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import oht50.metrics.source.Decoded;
import org.junit.jupiter.api.Test;

class PerformanceDecoderTest {
  private final Decoder decoder =
      DecoderFactory.performance(DecoderFactory.STANDARD_MAX_AHEAD).create();
  private final List<String> examples = Records.exampleLines("performance-events.jsonl");

  private Decoded decode(String value) {
    return decoder.decode(Records.record("key", value));
  }

  @Test
  void aQueryOfNoKnownKindIsAnother() {
    assertThat(Records.samples(decode(examples.get(0).replace("select", "VACUUM"))).keySet())
        .singleElement()
        .asString()
        .contains("query_type=\"other\"");
  }

  @Test
  void aCacheThatNobodyAskedHasNoRate() {
    Decoded decoded = decode(examples.get(2).replace("930", "0").replace("70", "0"));

    assertThat(Records.samples(decoded))
        .containsOnlyKeys(
            "oht50_cache_size_bytes{cache_type=\"firmware\",instance=\"oht50-1:8000\"}");
    assertThat(Records.rejects(decoded)).isEmpty();
  }

  @Test
  void theKeyStandsInForTheInstance() {
    Decoded decoded = decode(examples.get(3).replace("\"instance\": \"oht50-1:8000\", ", ""));

    assertThat(Records.samples(decoded))
        .containsOnlyKeys("oht50_garbage_collection_duration_seconds{instance=\"key\"}");
  }

  @Test
  void rejectsNameTheField() {
    assertThat(Records.rejects(decode(examples.get(0).replace("0.0031", "-1"))))
        .containsExactly("OUT_OF_RANGE duration_s");
    assertThat(Records.rejects(decode(examples.get(4).replace("rss", "swap"))))
        .containsExactly("UNKNOWN_ENUM_VALUE memory_type");
    assertThat(Records.rejects(decode(examples.get(4).replace("runtime.memory", "runtime.x"))))
        .containsExactly("UNKNOWN_MESSAGE_TYPE type");
  }
}
