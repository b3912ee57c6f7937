package oht50.metrics.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LenientJsonTest {
  private static String read(String json) throws JsonProcessingException {
    return LenientJson.write(LenientJson.DOCUMENTS.readTree(json));
  }

  @Test
  void commentsAreSkippedAndNotFiniteNumbersRead() throws Exception {
    assertThat(read("{\"a\": [1, // one\n 2 /* two */], \"b\": NaN, \"c\": -Infinity}"))
        .isEqualTo("{\"a\":[1,2],\"b\":\"NaN\",\"c\":\"-Infinity\"}");
  }

  @Test
  void ofARepeatedNameTheLastCounts() throws Exception {
    assertThat(read("{\"a\": 1, \"a\": 2}")).isEqualTo("{\"a\":2}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'a': 1}",
        "{a: 1}",
        "{\"a\": 1,}",
        "{\"a\": 01}",
        "{\"a\": +1}",
        "{} {}",
        "{\"a\"}"
      })
  void otherLibertiesAreRefused(String json) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void namesMadeToCollideAreReadLikeOthers() throws Exception {
    String names =
        IntStream.range(0, 5_000)
            .mapToObj(
                i -> "\"" + Integer.toString(i, 2).replace("0", "Aa").replace("1", "BB") + "\":1")
            .collect(Collectors.joining(",", "{", "}"));

    assertThat(LenientJson.DOCUMENTS.readTree(Records.utf8(names)).size()).isEqualTo(5_000);
  }
}
