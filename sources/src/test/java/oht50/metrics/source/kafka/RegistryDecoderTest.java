package oht50.metrics.source.kafka;

import static oht50.metrics.source.kafka.Records.ROBOT;
import static oht50.metrics.source.kafka.Records.rejects;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import oht50.metrics.model.Position;
import oht50.metrics.model.Registration;
import oht50.metrics.model.Series;
import oht50.metrics.source.Decoded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryDecoderTest {
  private static final String TOPIC = "oht50.registry";
  private static final long SOURCE = new Position(TOPIC, 2, 41).sourceId();

  private final Decoder decoder = new RegistryDecoder();

  private Decoded decode(String key, String value) {
    return decoder.decode(Records.record(TOPIC, key, value, Records.ARRIVAL));
  }

  private Registration only(String key, String value) {
    Decoded decoded = decode(key, value);
    assertThat(decoded.rejected()).isEmpty();
    assertThat(decoded.hasEventTime()).as("says nothing of time").isFalse();
    return decoded.registrations()[0];
  }

  @Test
  void theExamplesAreRegistrationsForAllTime() {
    List<String> lines = Records.exampleLines("registry.jsonl");

    Registration first = only(ROBOT, lines.get(0));
    assertThat(first.bare())
        .isEqualTo(
            new Registration(
                ROBOT,
                false,
                "fab-1",
                "Asia/Ho_Chi_Minh",
                Registration.ALWAYS,
                100,
                "oht50.missions",
                "oht50.safety",
                SOURCE,
                41,
                null));
    assertThat(first.attributes())
        .contains("\"model\":\"OHT-50\"", "\"aliases\":[\"OHT50-001\",\"OHT-50-01\"]");
    Registration other = only("semitec/OHT50-C", lines.get(1));
    assertThat(other.robotId()).isEqualTo("semitec/OHT50-C");
    assertThat(other.expectedIntervalMillis()).isEqualTo(30_000);
    assertThat(other.missionsFrom()).isEqualTo("vda5050.state");
    assertThat(other.safetyFrom()).isEqualTo("vda5050.state");
  }

  @Test
  void aRegistrationHasTheKeyOfTheRobotsSeries() {
    assertThat(only("R", "{}").key()).isEqualTo(Series.gauge("any", "robot_id", "R").key());
  }

  @Test
  void aZoneMayCountFromAnInstantOn() {
    Registration registration =
        only("R", "{\"zone\": \"Europe/Berlin\", \"effective_from\": \"2027-01-01T00:00:00Z\"}");

    assertThat(registration.effectiveFrom())
        .isEqualTo(Instant.parse("2027-01-01T00:00:00Z").toEpochMilli());
    assertThat(registration.zone()).isEqualTo("Europe/Berlin");
  }

  @Test
  void withoutAZoneItIsTheConfiguredOne() {
    assertThat(only("R", "{\"robot_id\": \"R\", \"site\": \"fab-2\"}").zone()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"0.1, 100", "1, 1000", "0.0334, 33", "0.001, 1", "0.0005, 1", "86400, 86400000"})
  void theExpectedIntervalIsInSeconds(String seconds, long millis) {
    assertThat(only("R", "{\"expected_interval_s\": " + seconds + "}").expectedIntervalMillis())
        .isEqualTo(millis);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"{}", "{\"expected_interval_s\": null}"})
  void withoutAnExpectedIntervalItIsTheConfiguredOne(String value) {
    assertThat(only("R", value).expectedIntervalMillis()).isEqualTo(Registration.NOT_SAID);
  }

  @Test
  void aRecordWithoutAValueEndsTheRegistration() {
    assertThat(only("R", null)).isEqualTo(Registration.removal("R", SOURCE, 41));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "R, {\"zone\": \"Asia/Saigonn\"}, UNKNOWN_ENUM_VALUE zone",
        "R, {\"zone\": \"+07:10\"}, OUT_OF_RANGE zone",
        "R, {\"zone\": 7}, WRONG_TYPE zone",
        "R, {\"site\": {}}, WRONG_TYPE site",
        "R, {\"effective_from\": \"tomorrow\"}, BAD_TIMESTAMP effective_from",
        "R, {\"effective_from\": true}, BAD_TIMESTAMP effective_from",
        "R, {\"expected_interval_s\": 0}, OUT_OF_RANGE expected_interval_s",
        "R, {\"expected_interval_s\": -1}, OUT_OF_RANGE expected_interval_s",
        "R, {\"expected_interval_s\": 0.0004}, OUT_OF_RANGE expected_interval_s",
        "R, {\"expected_interval_s\": 86400.1}, OUT_OF_RANGE expected_interval_s",
        "R, {\"expected_interval_s\": 1e999}, NOT_FINITE expected_interval_s",
        "R, {\"expected_interval_s\": \"1\"}, WRONG_TYPE expected_interval_s",
        "R, {\"missions_from\": \"oht50.safety\"}, UNKNOWN_ENUM_VALUE missions_from",
        "R, {\"safety_from\": \"vda5050.stat\"}, UNKNOWN_ENUM_VALUE safety_from",
        "R, {\"safety_from\": [\"oht50.safety\"]}, WRONG_TYPE safety_from",
        "R, {\"robot_id\": \"S\"}, KEY_MISMATCH robot_id",
        ", {\"zone\": \"UTC\"}, NO_ENTITY key",
        ", , NO_ENTITY key",
        "R, [], WRONG_TYPE $",
        "R, {\"zone\": , MALFORMED_JSON $",
      })
  void aBadRecordChangesNothing(String key, String value, String reject) {
    Decoded decoded = decode(key, value);

    assertThat(rejects(decoded)).containsExactly(reject);
    assertThat(decoded.registrations()).isEmpty();
  }

  @Test
  void everyRegionKeepsToQuartersOfAnHour() {
    for (String zone : ZoneId.getAvailableZoneIds()) {
      assertThat(rejects(decode("R", "{\"zone\": \"" + zone + "\"}"))).as(zone).isEmpty();
    }
  }
}
