package oht50.metrics.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTimesTest {
  @ParameterizedTest
  @CsvSource({
    "2026-11-24T18:50:00Z, 2026-11-24T20:20:00Z",
    "2026-11-24T18:50:00.000Z, 2026-11-24T20:20:00.000Z",
    "2026-11-24T18:50:00.123456, 2026-11-24T20:20:00.123456",
    "2026-11-24T18:50:00.123456+00:00, 2026-11-24T20:20:00.123456+00:00",
    "2026-11-25T01:50:00+0700, 2026-11-25T03:20:00+0700",
    "2026-11-25T01:50:00+07, 2026-11-25T03:20:00+07",
    "2026-11-24 23:50:07, 2026-11-25 01:20:07",
    "2026-12-31T23:59Z, 2027-01-01T01:29Z",
  })
  void textKeepsItsSpelling(String text, String shifted) {
    assertThat(EventTimes.shift("{\"timestamp\": \"" + text + "\"}", 90))
        .isEqualTo("{\"timestamp\": \"" + shifted + "\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "1795546200000, 1795551600000",
    "1795546200, 1795551600",
    "1795546200.25, 1795551600.25",
    "1795546200000000, 1795551600000000",
  })
  void numberKeepsItsUnit(String text, String shifted) {
    assertThat(EventTimes.shift("{\"ts\":" + text + "}", 90)).isEqualTo("{\"ts\":" + shifted + "}");
  }

  @Test
  void everySpellingNamesTheSameInstant() {
    Instant instant = Instant.parse("2026-11-24T18:50:00.500Z");
    for (String spelling :
        new String[] {
          "\"2026-11-24T18:50:00.5Z\"",
          "\"2026-11-24T18:50:00.500\"",
          "\"2026-11-24 18:50:00,5\"",
          "\"2026-11-25T01:50:00.500000+07:00\"",
          "1795546200500",
          "1795546200.5",
          "1795546200500000",
          "1795546200500000000"
        }) {
      assertThat(EventTimes.of("{\"timestamp\":" + spelling + "}")).as(spelling).contains(instant);
    }
  }

  @Test
  void shiftsNestedTimesAndNothingElse() {
    String message =
        "{\"mission_id\": \"m\", \"start_time\": \"2026-11-24T18:00:00Z\", \"estimated_time\": 30.0,"
            + " \"value\": 51.846000000000004, \"completion_time\": 180,"
            + " \"data\": {\"acknowledged_at\": \"2026-11-24T18:01:00Z\", \"resolved_at\": null}}";
    assertThat(EventTimes.shift(message, 1))
        .isEqualTo(message.replace("18:01:00", "18:02:00").replace("18:00:00", "18:01:00"));
  }

  @Test
  void shiftsBackwards() {
    assertThat(EventTimes.shift("{\"ts\": \"2026-01-01T00:00:00Z\"}", -1))
        .isEqualTo("{\"ts\": \"2025-12-31T23:59:00Z\"}");
  }

  @Test
  void shiftsEveryElementOfAnArray() {
    assertThat(EventTimes.shift("[{\"ts\":1795546200000},{\"ts\":1795546260000}]", 1))
        .isEqualTo("[{\"ts\":1795546260000},{\"ts\":1795546320000}]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"ts\": 1795546200000, \"status\"",
        "not json",
        "{\"ts\": -5}",
        "{\"ts\": \"yesterday\"}",
        "{\"ts\": \"2026-13-45T00:00:00Z\"}",
        "{\"ts\": true}"
      })
  void whatIsNoTimeStaysAsItIs(String message) {
    assertThat(EventTimes.shift(message, 90)).isEqualTo(message);
    assertThat(EventTimes.of(message)).isEmpty();
  }

  @Test
  void commentsAreKeptAndDoNotHideTheTime() {
    assertThat(EventTimes.shift("{\n // \"ts\": 1\n \"ts\": 1795546200000 /* ms */}", 1))
        .isEqualTo("{\n // \"ts\": 1\n \"ts\": 1795546260000 /* ms */}");
  }

  @Test
  void notANumberDoesNotHideTheTime() {
    assertThat(EventTimes.of("{\"vel\": NaN, \"ts\": 1795546200000}")).isPresent();
  }

  @Test
  void ownTimeComesBeforeOtherTimes() {
    assertThat(
            EventTimes.of(
                "{\"start_time\": \"2020-01-01T00:00:00Z\", \"timestamp\": \"2026-01-01T00:00:00Z\"}"))
        .contains(Instant.parse("2026-01-01T00:00:00Z"));
  }
}
