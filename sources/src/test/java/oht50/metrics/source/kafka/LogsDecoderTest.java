package oht50.metrics.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import oht50.metrics.source.Decoded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource({
    "PUT,   /api/v1/config,               422, ,                  system",
    "PUT,   /api/v1/config?dry=1,         422, VALIDATION_FAILED, system",
    "POST,  /api/v1/config/import,        400, CONFIG_INVALID,    system",
    "post,  /api/v1/config/validate,      400, ,                  system",
    "PATCH, /api/v1/config/safety/limits, 422, HTTP_422,          safety",
    "PUT,   /api/v1/network/ap/config,    400, HTTP_400,          network",
  })
  void aRefusedConfigurationIsAnErrorOfValidation(
      String method, String path, int status, String code, String area) {
    Decoded decoded = decode(request(method, path, status, code));

    assertThat(Golden.lines(decoded))
        .contains(
            "delta oht50_config_validation_errors_total{config_type=\"%s\",instance=\"backend-1\"} +1"
                .formatted(area));
    assertThat(decoded.occurrences()).hasSize(2);
    assertThat(decoded.occurrences()[1].naturalKey())
        .as("so the same line again counts once here too")
        .isEqualTo(decoded.occurrences()[0].naturalKey());
  }

  @ParameterizedTest
  @CsvSource({
    "PUT,  /api/v1/config,          200, ",
    "PUT,  /api/v1/config,          400, INTERNAL_SERVER_ERROR", // it failed otherwise
    "PUT,  /api/v1/config,          403, CONFIG_INVALID",
    "GET,  /api/v1/config/version,  422, VALIDATION_FAILED", // changes nothing
    "POST, /api/v1/configure,       422, ",
    "POST, /api/v1/robot/move,      422, VALIDATION_FAILED",
    "POST, '/api/v1/move?to=/config', 422, ",
  })
  void anyOtherRequestIsNone(String method, String path, int status, String code) {
    assertThat(decode(request(method, path, status, code)).occurrences()).hasSize(1);
  }

  private static String request(String method, String path, int status, String code) {
    String said = code == null ? "" : ", \"error_code\": \"" + code + "\"";
    return """
        {"extra": {"method": "%s", "path": "%s", "status_code": %d, "duration": 0.2%s},
         "event": "Request completed", "timestamp": "2026-11-24T18:50:00Z"}"""
        .formatted(method, path, status, said);
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
