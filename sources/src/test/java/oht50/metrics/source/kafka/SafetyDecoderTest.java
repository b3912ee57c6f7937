package oht50.metrics.source.kafka;

import static oht50.metrics.source.kafka.Records.EVENT_TIME;
import static oht50.metrics.source.kafka.Records.ROBOT;
import static oht50.metrics.source.kafka.Records.rejects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import oht50.metrics.model.Event;
import oht50.metrics.model.MetricKind;
import oht50.metrics.source.Decoded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetyDecoderTest {
  private final Decoder decoder = new SafetyDecoder(DecoderFactory.STANDARD_MAX_AHEAD);

  private Decoded decode(String value) {
    return decoder.decode(Records.record("oht50.safety", ROBOT, value, EVENT_TIME + 600_000));
  }

  private Event onlyEvent(String value) {
    Decoded decoded = decode(value);
    assertThat(decoded.events()).hasSize(1);
    return decoded.events()[0];
  }

  @Test
  void theExamplesAreEvents() {
    List<Decoded> decoded =
        Records.exampleLines("safety-events.jsonl").stream().map(this::decode).toList();

    assertThat(rejects(decoded.get(5))).containsExactly("MISSING_FIELD timestamp");
    List<Decoded> read = decoded.stream().filter(d -> d.events().length > 0).toList();
    assertThat(read).hasSize(7).allSatisfy(d -> assertThat(d.rejected()).isEmpty());
    assertThat(read)
        .extracting(d -> d.events()[0])
        .extracting(Event::id, Event::type, Event::severity, Event::timestamp)
        .containsExactly(
            tuple("0d3c9d61-6f0b-4c55-8c39-7a1c9d0e5f10", "e_stop", "critical", EVENT_TIME + 120),
            tuple("17", "communication_error", "high", EVENT_TIME + 1_000),
            tuple("estop-001", "e_stop", "critical", EVENT_TIME),
            tuple(
                "OHT-50-001/zone_violation/" + (EVENT_TIME + 2_000),
                "zone_violation",
                null,
                EVENT_TIME + 2_000),
            tuple(
                "OHT-50-001/clear/" + (EVENT_TIME + 120_000), "clear", null, EVENT_TIME + 120_000),
            tuple(
                "OHT-50-001/e_stop/" + (EVENT_TIME + 120), "e_stop", "critical", EVENT_TIME + 120),
            tuple(
                "OHT-50-001/e_stop/" + (EVENT_TIME + 120), "e_stop", "critical", EVENT_TIME + 120));
    assertThat(read)
        .extracting(d -> d.events()[0].entity(), d -> d.events()[0].acknowledged())
        .containsOnly(tuple(ROBOT, false));
  }

  @Test
  void factsCountAndTheirEndDoesNot() {
    List<String> lines = Records.exampleLines("safety-events.jsonl");

    assertThat(Records.series(decode(lines.get(0)).occurrences()[0]))
        .containsExactly(
            "oht50_safety_events_total{robot_id=\"OHT-50-001\",severity=\"critical\",type=\"e_stop\"}");
    assertThat(Records.series(decode(lines.get(3)).occurrences()[0]))
        .containsExactly(
            "oht50_safety_events_total{robot_id=\"OHT-50-001\",type=\"zone_violation\"}");
    assertThat(decode(lines.get(4)).occurrences()).isEmpty();
  }

  @Test
  void theResponseTimeIsAnObservation() {
    Decoded decoded = decode(Records.exampleLines("safety-events.jsonl").get(0));

    assertThat(Records.samples(decoded))
        .containsOnlyKeys(
            "oht50_safety_response_time_seconds{robot_id=\"OHT-50-001\",type=\"e_stop\"}")
        .containsValue(0.038);
    assertThat(decoded.batches()[0].layout().series(0).kind()).isEqualTo(MetricKind.HISTOGRAM);
    assertThat(
            rejects(
                decode(
                    "{\"type\": \"e_stop\", \"timestamp\": 1795546200, \"response_time_ms\": -1}")))
        .containsExactly("OUT_OF_RANGE response_time_ms");
  }

  @Test
  void anAcknowledgedFactIsTwoEvents() {
    Decoded decoded =
        decode(
            "{\"id\": \"a\", \"event_type\": \"e_stop\", \"severity\": \"high\", \"timestamp\":"
                + " \"2026-11-24T18:50:00Z\", \"is_acknowledged\": true, \"acknowledged_at\":"
                + " \"2026-11-24T18:50:30\"}");

    assertThat(decoded.events())
        .extracting(Event::id, Event::type, Event::acknowledged, Event::timestamp)
        .containsExactly(
            tuple("a", "e_stop", false, EVENT_TIME),
            tuple("a/acknowledged", "acknowledged", true, EVENT_TIME + 30_000));
    assertThat(decoded.occurrences()).hasSize(1);
    assertThat(decoded.eventTime()).isEqualTo(EVENT_TIME + 30_000);
  }

  @Test
  void anAcknowledgementWithoutAReadableTimeTakesThatOfTheFact() {
    Decoded decoded =
        decode(
            "{\"id\": \"a\", \"type\": \"e_stop\", \"timestamp\": \"2026-11-24T18:50:00Z\","
                + " \"acknowledged\": true, \"acknowledged_at\": \"soon\"}");

    assertThat(rejects(decoded)).containsExactly("BAD_TIMESTAMP acknowledged_at");
    assertThat(decoded.events())
        .extracting(Event::timestamp)
        .containsExactly(EVENT_TIME, EVENT_TIME);
  }

  @Test
  void anAcknowledgementOfItsOwnIsANotice() {
    Event event = onlyEvent("{\"type\": \"acknowledge\", \"timestamp\": 1795546200}");

    assertThat(event.type()).isEqualTo("ack");
    assertThat(event.acknowledged()).isTrue();
    assertThat(decode("{\"type\": \"ack\", \"timestamp\": 1795546200}").occurrences()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "e_stop_pressed,e_stop",
    "emergency stop,e_stop",
    "estop_activated,e_stop",
    "collision_detected,collision",
    "communication_loss,communication_error",
    "zone violation,zone_violation",
    "Speed_Limit_Exceeded,speed_limit_exceeded"
  })
  void typesAreFolded(String word, String type) {
    assertThat(SafetyWords.type(word, null)).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource({"info,low", "normal,low", "WARNING,medium", "error,high", "emergency,critical"})
  void severitiesAreFolded(String word, String severity) {
    assertThat(SafetyWords.severity(word)).isEqualTo(severity);
  }

  @Test
  void aBadSeverityLeavesTheEvent() {
    Decoded decoded =
        decode("{\"type\": \"e_stop\", \"severity\": \"huge\", \"timestamp\": 1795546200}");

    assertThat(rejects(decoded)).containsExactly("UNKNOWN_ENUM_VALUE severity");
    assertThat(decoded.events()[0].severity()).isNull();
    assertThat(decoded.occurrences()).hasSize(1);
  }

  @Test
  void unknownEnvelopesAndNonWordsAreRejected() {
    assertThat(rejects(decode("{\"type\": \"safety.dance\", \"timestamp\": 1795546200}")))
        .containsExactly("UNKNOWN_MESSAGE_TYPE type");
    assertThat(rejects(decode("{\"event_type\": \"!\", \"timestamp\": 1795546200}")))
        .containsExactly("UNKNOWN_ENUM_VALUE event_type");
    assertThat(rejects(decode("{\"event_type\": 5, \"timestamp\": 1795546200}")))
        .containsExactly("WRONG_TYPE event_type");
  }

  @Test
  void withoutKeyAndRobotThereIsNobody() {
    Decoded decoded =
        decoder.decode(Records.record(null, "{\"type\": \"e_stop\", \"timestamp\": 1795546200}"));

    assertThat(rejects(decoded)).containsExactly("NO_ENTITY key");
  }
}
