package oht50.metrics.source.kafka;

import static oht50.metrics.source.kafka.Records.record;
import static oht50.metrics.source.kafka.Records.rejects;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import oht50.metrics.model.Event;
import oht50.metrics.model.EventKind;
import oht50.metrics.source.Decoded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MissionDecoderTest {
  private final Decoder decoder = new MissionDecoder(DecoderFactory.STANDARD_MAX_AHEAD);

  private static long at(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }

  @Test
  void theExamplesAreEvents() {
    List<Decoded> decoded =
        Records.exampleLines("mission-events.jsonl").stream()
            .map(line -> decoder.decode(record("mission", line)))
            .toList();

    assertThat(decoded.subList(0, 5)).allSatisfy(d -> assertThat(d.rejected()).isEmpty());
    assertThat(decoded.subList(0, 5))
        .extracting(d -> d.events()[0])
        .extracting(Event::id, Event::entity, Event::type, Event::status)
        .containsExactly(
            tuple("mission-123", "2026-11-24T18:47:00Z", "OHT-50-001", "transport", "queued"),
            tuple("mission-123", "2026-11-24T18:47:05Z", null, "transport", "executing"),
            tuple("mission-123", "2026-11-24T18:49:00Z", null, null, "executing"),
            tuple("mission-123", "2026-11-24T18:50:05Z", null, null, "completed"),
            tuple("move_001", "2026-11-24T18:03:00Z", null, "move_to", "completed"));
    assertThat(decoded.get(0).events()[0].kind()).isEqualTo(EventKind.MISSION);
    assertThat(rejects(decoded.get(5))).containsExactly("MISSING_FIELD status");
  }

  private static org.assertj.core.groups.Tuple tuple(
      String mission, String time, String robot, String type, String status) {
    return org.assertj.core.api.Assertions.tuple(
        mission + "/" + status + "/" + at(time), robot, type, status);
  }

  @Test
  void theStoredRecordIsAnEventOfItsStatus() {
    Decoded decoded = decoder.decode(record("m", Records.example("mission-record.json")));

    assertThat(decoded.rejected()).isEmpty();
    assertThat(decoded.events()[0].id())
        .isEqualTo(
            "5b9f6f1e-3f0c-4f0e-9d6c-0f8e2b1a7c55/executing/" + at("2026-11-24T18:47:05.004Z"));
    assertThat(decoded.occurrences()).isEmpty();
  }

  @Test
  void terminalStatusesCountWithTheLabelsThatAreKnown() {
    Decoded all =
        decoder.decode(
            record(
                "m",
                "{\"mission_id\": \"m\", \"mission_type\": \"Transport\", \"robot_id\": \"R\","
                    + " \"status\": \"FAILED\", \"timestamp\": 1795546200}"));
    Decoded few =
        decoder.decode(
            record(
                "m", "{\"mission_id\": 7, \"status\": \"rejected\", \"timestamp\": 1795546200}"));

    assertThat(Records.series(all.occurrences()[0]))
        .containsExactly(
            "oht50_missions_total{robot_id=\"R\",status=\"failed\",type=\"transport\"}");
    assertThat(Records.series(few.occurrences()[0]))
        .containsExactly("oht50_missions_total{status=\"rejected\"}");
    assertThat(few.events()[0].id()).isEqualTo("7/rejected/1795546200000");
  }

  @ParameterizedTest
  @CsvSource({
    "PENDING,created,false",
    "validated,validating,false",
    "running,executing,false",
    "in_progress,executing,false",
    "paused,paused,false",
    "success,completed,true",
    "CANCELLED,cancelled,true",
    "rejected,rejected,true"
  })
  void statusWordsOfAllSourcesAreMapped(String word, String canonical, boolean terminal) {
    assertThat(MissionStatus.ofWord(word).word()).isEqualTo(canonical);
    assertThat(MissionStatus.ofWord(word).isTerminal()).isEqualTo(terminal);
  }

  @Test
  void prioritiesOfBothScalesAreMapped() {
    assertThat(MissionPriority.ofWord("EMERGENCY")).isEqualTo(MissionPriority.CRITICAL);
    assertThat(MissionPriority.ofFiveSteps(0)).isEqualTo(MissionPriority.CRITICAL);
    assertThat(MissionPriority.ofFiveSteps(4)).isEqualTo(MissionPriority.LOW);
    assertThat(MissionPriority.ofFiveSteps(5)).isNull();
    assertThat(MissionPriority.ofTenSteps(3)).isEqualTo(MissionPriority.LOW);
    assertThat(MissionPriority.ofTenSteps(6)).isEqualTo(MissionPriority.NORMAL);
    assertThat(MissionPriority.ofTenSteps(8)).isEqualTo(MissionPriority.HIGH);
    assertThat(MissionPriority.ofTenSteps(10)).isEqualTo(MissionPriority.CRITICAL);
    assertThat(MissionPriority.ofTenSteps(0)).isNull();
  }

  @Test
  void aBadPriorityOrDurationLeavesTheEvent() {
    Decoded decoded =
        decoder.decode(
            record(
                "m",
                "{\"mission_id\": \"m\", \"status\": \"queued\", \"priority\": 11,"
                    + " \"estimated_duration\": -1, \"timestamp\": 1795546200}"));

    assertThat(rejects(decoded))
        .containsExactlyInAnyOrder(
            "UNKNOWN_ENUM_VALUE priority", "OUT_OF_RANGE estimated_duration");
    assertThat(decoded.events()).hasSize(1);
  }

  @Test
  void envelopesNeedDataAndAKnownType() {
    assertThat(rejects(decoder.decode(record("m", "{\"type\": \"mission.started\"}"))))
        .containsExactly("MISSING_FIELD data");
    assertThat(rejects(decoder.decode(record("m", "{\"type\": \"mission.teleported\"}"))))
        .containsExactly("UNKNOWN_MESSAGE_TYPE type");
    assertThat(
            rejects(
                decoder.decode(
                    record("m", "{\"type\": \"mission.started\", \"data\": {\"x\": 1}}"))))
        .contains("MISSING_FIELD data.mission_id");
  }

  @Test
  void thePayloadIsJsonThatADatabaseTakes() {
    Decoded decoded =
        decoder.decode(
            record(
                "m",
                "{\"mission_id\": \"m\", /* why */ \"status\": \"queued\", \"timestamp\":"
                    + " 1795546200, \"note\": \"a\\u0000\\ud800b\", \"x\": NaN}"));

    assertThat(decoded.events()[0].payload())
        .isEqualTo(
            "{\"mission_id\":\"m\",\"status\":\"queued\",\"timestamp\":1795546200,"
                + "\"note\":\"a\ufffd\ufffdb\",\"x\":\"NaN\"}");
  }
}
