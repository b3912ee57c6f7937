package oht50.metrics.source.kafka;

import static oht50.metrics.source.kafka.Records.record;
import static oht50.metrics.source.kafka.Records.rejects;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import oht50.metrics.mission.MissionFact;
import oht50.metrics.mission.MissionPriority;
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
  }

  @Test
  void whatMessagesSayOfTheMissionsLivesAreFacts() {
    List<String> facts =
        Records.exampleLines("mission-events.jsonl").subList(0, 5).stream()
            .flatMap(line -> Arrays.stream(decoder.decode(record("m", line)).missionFacts()))
            .map(MissionDecoderTest::describe)
            .toList();

    assertThat(facts)
        .containsExactly(
            "mission-123 QUEUED 2026-11-24T18:47:00Z OHT-50-001 transport HIGH",
            "mission-123 EXECUTING 2026-11-24T18:47:05Z null transport null",
            // progress is no fact of a life
            "mission-123 COMPLETED 2026-11-24T18:50:05Z null null null",
            "move_001 COMPLETED 2026-11-24T18:03:00Z null move_to null",
            "move_001 EXECUTING 2026-11-24T18:00:00Z null move_to null");
  }

  @Test
  void theStoredRecordSaysWhenTheMissionWasCreatedAndBegun() {
    Decoded decoded = decoder.decode(record("m", Records.example("mission-record.json")));

    assertThat(Arrays.stream(decoded.missionFacts()).map(MissionDecoderTest::describe))
        .containsExactly(
            "5b9f6f1e-3f0c-4f0e-9d6c-0f8e2b1a7c55 EXECUTING 2026-11-24T18:47:05.004Z null null"
                + " NORMAL",
            "5b9f6f1e-3f0c-4f0e-9d6c-0f8e2b1a7c55 CREATED 2026-11-24T18:46:58.120Z null null"
                + " NORMAL");
  }

  private static String describe(MissionFact fact) {
    return String.join(
        " ",
        fact.mission(),
        fact.status().name(),
        Instant.ofEpochMilli(fact.timestamp()).toString(),
        fact.robot(),
        fact.type(),
        "" + fact.priority());
  }

  @Test
  void nothingIsCountedHere() {
    Decoded decoded =
        decoder.decode(
            record(
                "m", "{\"mission_id\": 7, \"status\": \"rejected\", \"timestamp\": 1795546200}"));

    assertThat(decoded.occurrences()).isEmpty();
    assertThat(decoded.events()[0].id()).isEqualTo("7/rejected/1795546200000");
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
    assertThat(MissionWords.status(word).word()).isEqualTo(canonical);
    assertThat(MissionWords.status(word).isTerminal()).isEqualTo(terminal);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"EMERGENCY\"',move,CRITICAL",
    "'\"Maintenance\"',move,LOW",
    "0,move,CRITICAL", // only one scale has a 0
    "1,transport,HIGH", // a type of the document: 0 emergency to 4 maintenance
    "4,patrol,LOW",
    "5,transport,NORMAL", // and yet beyond that scale
    "1,move,LOW",
    "3,move,LOW",
    "6,move,NORMAL",
    "8,move,HIGH",
    "10,move,CRITICAL"
  })
  void prioritiesOfBothScalesAreMapped(String said, String type, MissionPriority canonical) {
    Decoded decoded =
        decoder.decode(
            record(
                "m",
                "{\"mission_id\": \"m\", \"status\": \"queued\", \"priority\": "
                    + said
                    + ", \"mission_type\": \""
                    + type
                    + "\", \"timestamp\": 1795546200}"));

    assertThat(decoded.rejected()).isEmpty();
    assertThat(decoded.missionFacts()[0].priority()).isEqualTo(canonical);
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
