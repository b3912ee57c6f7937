package oht50.metrics.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import oht50.metrics.source.Decoded;
import org.junit.jupiter.api.Test;

class LogsDecoderTest {
  private static final String LINE =
      """
      {"message": "Request completed", "timestamp": "2026-11-24T18:50:00Z", "method": "post",
       "path": "/api/v1/missions/17/execute?now=1", "status_code": 410, "duration": 0.2}""";

  private final Decoder decoder = DecoderFactory.logs(DecoderFactory.STANDARD_MAX_AHEAD).create();

  private Decoded decode(String value) {
    return decoder.decode(Records.record("backend-1", value));
  }

  @Test
  void theFieldsOfARequestMayBeFlat() {
    assertThat(Golden.lines(decode(LINE)))
        .containsExactly(
            "2026-11-24T18:50:00Z",
            "histogram oht50_api_response_time_seconds{endpoint=\"/api/v1/missions/{id}/execute\","
                + "instance=\"backend-1\",method=\"POST\"} 0.2",
            "histogram oht50_http_request_duration_seconds{endpoint=\"/api/v1/missions/{id}/execute\","
                + "instance=\"backend-1\",method=\"POST\"} 0.2",
            "delta oht50_http_requests_total{endpoint=\"/api/v1/missions/{id}/execute\","
                + "instance=\"backend-1\",method=\"POST\",status_code=\"410\"} +1");
  }

  @Test
  void aRequestIsKnownByItsWholeLine() {
    long key = decode(LINE).occurrences()[0].naturalKey();

    assertThat(decode(LINE).occurrences()[0].naturalKey()).isEqualTo(key);
    assertThat(decode(LINE.replace("0.2", "0.3")).occurrences()[0].naturalKey()).isNotEqualTo(key);
  }

  @Test
  void aBadFieldLeavesTheRest() {
    Decoded decoded = decode(LINE.replace("0.2", "-1"));

    assertThat(Records.rejects(decoded)).containsExactly("OUT_OF_RANGE duration");
    assertThat(decoded.occurrences()).hasSize(1);
    assertThat(Records.rejects(decode(LINE.replace("post", "fetch"))))
        .containsExactly("UNKNOWN_ENUM_VALUE method");
    assertThat(Records.rejects(decode(LINE.replace("410", "17"))))
        .containsExactly("OUT_OF_RANGE status_code");
    assertThat(decode(LINE.replace("410", "17")).batches()).hasSize(2);
  }

  @Test
  void whoWroteALineIsTheKeyOrInside() {
    Decoded unkeyed = decoder.decode(Records.record(null, LINE));
    Decoded named =
        decoder.decode(
            Records.record(
                null, LINE.replace("{\"message\"", "{\"instance\": \"b-2\", \"message\"")));

    assertThat(Records.rejects(unkeyed)).containsExactly("NO_ENTITY key");
    assertThat(named.batches()[0].layout().series(0).entity()).isEqualTo("b-2");
  }

  @Test
  void anotherLineIsOnlyEvidenceOfItsTime() {
    Decoded decoded = decode(LINE.replace("Request completed", "Request received"));

    assertThat(Golden.lines(decoded)).containsExactly("2026-11-24T18:50:00Z");
    assertThat(Records.rejects(decode("{\"message\": \"x\"}")))
        .containsExactly("MISSING_FIELD timestamp");
  }
}
