package oht50.metrics.source.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import oht50.metrics.model.Position;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Rejected;
import org.junit.jupiter.api.Test;

/** What is said on the topic of rules. */
class RulesDecoderTest {
  private static final long ARRIVED = 1_795_521_600_250L;
  private static final long NEXT_SECOND = 1_795_521_601_000L;

  private static RulesDecoder.Told told(String value) {
    return new RulesDecoder()
        .told(
            new RawRecord(
                new Position("oht50.rules", 0, 7),
                "rules".getBytes(UTF_8),
                value.getBytes(UTF_8),
                ARRIVED));
  }

  @Test
  void aSetHasFilesAndAnInstant() {
    RulesDecoder.Told told =
        told(
            "{\"effective_from\": \"2026-11-25T00:00:00Z\", \"files\": {\"a.yml\": \"groups: []\"}}");

    assertThat(told.reject()).isNull();
    assertThat(told.set().files()).isEqualTo(Map.of("a.yml", "groups: []"));
    assertThat(told.set().effectiveFrom()).isEqualTo(1_795_564_800_000L);
    assertThat(told.set().source()).isEqualTo(new Position("oht50.rules", 0, 7));
  }

  @Test
  void noneIsValidFromBeforeItArrived() {
    assertThat(told("{\"files\": {}}").set().effectiveFrom()).isEqualTo(NEXT_SECOND);
    assertThat(told("{\"effective_from\": 1, \"files\": {}}").set().effectiveFrom())
        .isEqualTo(NEXT_SECOND);
  }

  @Test
  void whatIsNoSetIsRejectedWithItsReason() {
    assertThat(reject("{").reason()).isEqualTo(RejectReason.MALFORMED_JSON);
    assertThat(reject("{}").reason()).isEqualTo(RejectReason.MISSING_FIELD);
    assertThat(reject("{\"files\": []}").reason()).isEqualTo(RejectReason.WRONG_TYPE);
    assertThat(reject("{\"files\": {\"a.yml\": 1}}").reason()).isEqualTo(RejectReason.WRONG_TYPE);
    assertThat(reject("{\"effective_from\": \"soon\", \"files\": {}}").reason())
        .isEqualTo(RejectReason.BAD_TIMESTAMP);
  }

  private static Rejected reject(String value) {
    RulesDecoder.Told told = told(value);
    assertThat(told.set()).isNull();
    return told.reject();
  }
}
