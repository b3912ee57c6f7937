package oht50.metrics.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
  private static long parse(String json) throws JsonProcessingException {
    return Timestamps.parse(new JsonMapper().readTree(json));
  }

  @ParameterizedTest
  @CsvSource({
    "1705312800.123, 2024-01-15T10:00:00.123Z",
    "1640995200000, 2022-01-01T00:00:00Z",
    "1640995200000.9, 2022-01-01T00:00:00Z",
    "1795546200123456, 2026-11-24T18:50:00.123Z",
    "1795546200, 2026-11-24T18:50:00Z",
    "99999999999, 5138-11-16T09:46:39Z",
    "100000000000, 1973-03-03T09:46:40Z",
    "99999999999999, 5138-11-16T09:46:39.999Z",
    "100000000000000, 1973-03-03T09:46:40Z",
    "'\"2026-11-24T18:50:00.123456Z\"', 2026-11-24T18:50:00.123Z",
    "'\"2026-11-24T18:50:00.120000+00:00\"', 2026-11-24T18:50:00.120Z",
    "'\"2026-11-25T01:50:00+07:00\"', 2026-11-24T18:50:00Z",
    "'\"2026-11-25T01:50:00+0700\"', 2026-11-24T18:50:00Z",
    "'\"2026-11-24T13:20:00-05:30\"', 2026-11-24T18:50:00Z",
    "'\"2026-11-25T01:50:00+07\"', 2026-11-24T18:50:00Z",
    "'\"2026-11-24T18:50:00.123456\"', 2026-11-24T18:50:00.123Z",
    "'\"2026-11-24 18:50:00\"', 2026-11-24T18:50:00Z",
    "'\"2026-11-24T18:50:00.1\"', 2026-11-24T18:50:00.100Z",
    "'\"2026-11-24T18:50:00.999999999Z\"', 2026-11-24T18:50:00.999Z",
    "'\"2024-02-29T00:00:00Z\"', 2024-02-29T00:00:00Z"
  })
  void everySpellingIsOneInstant(String json, String instant) throws JsonProcessingException {
    assertThat(parse(json)).isEqualTo(Instant.parse(instant).toEpochMilli());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-5",
        "0.0001",
        "1e17",
        "123456789012345678",
        "99999999999999999999999",
        "true",
        "{}",
        "\"\"",
        "\"yesterday\"",
        "\"1795546200000\"",
        "\"2026-11-24\"",
        "\"2026-11-24T18:50\"",
        "\"2026-13-24T18:50:00Z\"",
        "\"2026-02-29T18:50:00Z\"",
        "\"2026-11-24T24:00:00Z\"",
        "\"2026-11-24T18:60:00Z\"",
        "\"2026-11-24T18:50:60Z\"",
        "\"2026-11-24T18:50:00.1234567890Z\"",
        "\"2026-11-24T18:50:00+19:00\"",
        "\"2026-11-24T18:50:00+07:\"",
        "\"2026-11-24T18:50:00 UTC\"",
        "\"1969-12-31T23:59:59Z\"",
        "\"1970-01-01T00:00:00Z\"",
        "\"2026-1a-24T18:50:00Z\""
      })
  void whatIsNoPositiveTimeIsUnreadable(String json) throws JsonProcessingException {
    assertThat(parse(json)).isEqualTo(Timestamps.UNREADABLE);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-25T01:50:00.5, Asia/Ho_Chi_Minh, 2026-11-24T18:50:00.500Z",
    "2026-11-25T01:50:00Z, Asia/Ho_Chi_Minh, 2026-11-25T01:50:00Z",
    "2026-11-25T01:50:00+01:00, Asia/Ho_Chi_Minh, 2026-11-25T00:50:00Z",
    "2026-10-25T02:30:00, Europe/Berlin, 2026-10-25T00:30:00Z",
    "2026-03-29T02:30:00, Europe/Berlin, 2026-03-29T01:30:00Z",
    "2026-07-01T12:00:00, Europe/Berlin, 2026-07-01T10:00:00Z"
  })
  void aTextWithoutAZoneIsOfTheGivenOne(String text, String zone, String instant) {
    assertThat(Timestamps.parse(TextNode.valueOf(text), ZoneId.of(zone)))
        .isEqualTo(Instant.parse(instant).toEpochMilli());
  }
}
