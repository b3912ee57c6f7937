package oht50.metrics.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oht50.metrics.source.Decoded;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudEventsTest {
  private static final Duration AHEAD = DecoderFactory.STANDARD_MAX_AHEAD;
  private static final String STRUCTURED = "application/cloudevents+json; charset=UTF-8";

  private final Decoder telemetry =
      DecoderFactory.telemetry(DecoderFactory.STANDARD_MAX_AHEAD).create();
  private final Decoder points = DecoderFactory.points(DecoderFactory.STANDARD_MAX_AHEAD).create();

  private static String event(String data) {
    return "{\"specversion\": \"1.0\", \"id\": \"e-1\", \"source\": \"/robots\", \"type\": \"x\","
        + " \"time\": \"2026-11-24T18:50:00Z\", "
        + data
        + "}";
  }

  private static Decoded withoutHeader(Decoder decoder, String value) {
    return decoder.decode(Records.record(Records.ROBOT, value));
  }

  private static Decoded withHeader(Decoder decoder, String value) {
    RawRecord record = Records.record(Records.ROBOT, value);
    return decoder.decode(
        new RawRecord(
            record.position(), record.key(), record.value(), record.appendTime(), STRUCTURED));
  }

  @Test
  void aStructuredEventIsTheMessageThatItCarries() {
    for (String file : List.of("telemetry-v2.json", "telemetry-v0.2.json")) {
      String message = Records.example(file);
      String event = event("\"data\": " + message);

      assertThat(withoutHeader(telemetry, event)).isEqualTo(withoutHeader(telemetry, message));
      assertThat(withHeader(telemetry, event)).isEqualTo(withoutHeader(telemetry, message));
    }
  }

  @Test
  void anArrayMayBeCarriedToo() {
    String message = Records.example("metric-points.json");

    assertThat(withoutHeader(points, event("\"data\": " + message)))
        .isEqualTo(withoutHeader(points, message));
  }

  @Test
  void dataMayBeInBase64() {
    String message = Records.example("telemetry-v2.json");
    String encoded = Base64.getEncoder().encodeToString(Records.utf8(message));

    assertThat(withHeader(telemetry, event("\"data_base64\": \"" + encoded + "\"")))
        .isEqualTo(withoutHeader(telemetry, message));
    assertThat(Records.rejects(withHeader(telemetry, event("\"data_base64\": 7"))))
        .containsExactly("WRONG_TYPE data_base64");
  }

  @Test
  void pathsOfRejectsAreThoseOfTheMessage() {
    String message = Records.example("telemetry-v2.json").replace("\"navigating\"", "\"flying\"");

    assertThat(Records.rejects(withHeader(telemetry, event("\"data\": " + message))))
        .isEqualTo(Records.rejects(withoutHeader(telemetry, message)))
        .isNotEmpty();
    assertThat(Records.rejects(withHeader(telemetry, event("\"data\": {\"ts\": NaN}"))))
        .containsExactly("BAD_TIMESTAMP ts");
  }

  @Test
  void anEventThatCannotBeReadIsRejected() {
    assertThat(Records.rejects(withHeader(telemetry, event("\"x\": 1"))))
        .containsExactly("MISSING_FIELD data");
    assertThat(Records.rejects(withHeader(telemetry, event("\"data\": {}").replace("1.0", "0.3"))))
        .containsExactly("UNSUPPORTED_VERSION specversion");
    assertThat(Records.rejects(withHeader(telemetry, "{\"data\": {}}")))
        .containsExactly("MISSING_FIELD specversion");
    assertThat(Records.rejects(withHeader(telemetry, "7"))).containsExactly("WRONG_TYPE $");
  }

  @Test
  void headersSayNothingAgainstTheMessageAndThoseOfStructuredModeAreSeen() throws Exception {
    String message = Records.example("telemetry-v2.json");
    KafkaDecodingSchema schema =
        new KafkaDecodingSchema(DecoderFactory.telemetry(DecoderFactory.STANDARD_MAX_AHEAD));
    schema.open(null);
    List<Decoded> out = new ArrayList<>();

    schema.deserialize(consumed(message, new RecordHeaders()), new ListCollector<>(out));
    schema.deserialize(
        consumed(
            message,
            headers(
                "ce_specversion", "1.0",
                "ce_type", "oht50.telemetry",
                "ce_source", "/robots",
                "ce_id", "e-1",
                "ce_subject", "R-9",
                "ce_time", "2020-01-01T00:00:00Z",
                "content-type", "application/json")),
        new ListCollector<>(out));
    schema.deserialize(
        consumed(event("\"data\": " + message), headers("content-type", STRUCTURED)),
        new ListCollector<>(out));

    assertThat(out).hasSize(3).containsOnly(out.get(0));
    assertThat(out.get(0).batches()).hasSize(1);
  }

  @Test
  void headersOfAnotherVersionAreNotRead() throws Exception {
    KafkaDecodingSchema schema =
        new KafkaDecodingSchema(DecoderFactory.telemetry(DecoderFactory.STANDARD_MAX_AHEAD));
    schema.open(null);
    List<Decoded> out = new ArrayList<>();

    for (String version : List.of("1.0", "0.3")) {
      schema.deserialize(
          consumed(
              WITHOUT_TIME, headers("ce_specversion", version, "ce_time", "2026-11-24T18:50:00Z")),
          new ListCollector<>(out));
    }

    assertThat(Records.rejects(out.get(0))).isEmpty();
    assertThat(Records.rejects(out.get(1))).containsExactly("MISSING_FIELD ts");
  }

  private static final String TIME = "2026-11-24T18:50:00Z";
  private static final String WITHOUT_TIME =
      Records.example("telemetry-v2.json").replaceFirst("\"ts\": \\d+,", "");

  private static EventAttributes attributes(
      String id, String source, String subject, String type, String time) {
    return new EventAttributes(id, source, subject, type, time);
  }

  private static Decoded binary(
      Decoder decoder, String key, String value, EventAttributes attributes) {
    RawRecord record = Records.record(key, value);
    return decoder.decode(
        new RawRecord(
            record.position(),
            record.key(),
            record.value(),
            record.appendTime(),
            "application/json",
            attributes));
  }

  private static Decoded structured(
      Decoder decoder, String key, String value, EventAttributes attributes) {
    StringBuilder event = new StringBuilder("{\"specversion\": \"1.0\"");
    String[] names = {"id", "source", "subject", "type", "time"};
    String[] values = {
      attributes.id(),
      attributes.source(),
      attributes.subject(),
      attributes.type(),
      attributes.time()
    };
    for (int i = 0; i < names.length; i++) {
      if (values[i] != null) {
        event.append(", \"%s\": \"%s\"".formatted(names[i], values[i]));
      }
    }
    RawRecord record = Records.record(key, event.append(", \"data\": ") + value + "}");
    return decoder.decode(
        new RawRecord(
            record.position(), record.key(), record.value(), record.appendTime(), STRUCTURED));
  }

  /** What both modes make of it. */
  private static Decoded event(
      Decoder decoder, String key, String value, EventAttributes attributes) {
    Decoded decoded = binary(decoder, key, value, attributes);
    assertThat(Golden.lines(structured(decoder, key, value, attributes)))
        .as("in structured mode")
        .isEqualTo(Golden.lines(decoded));
    return decoded;
  }

  @Test
  void timeAndSubjectStandInForThoseThatTheMessageDoesNotSay() {
    Decoded decoded =
        event(telemetry, null, WITHOUT_TIME, attributes("e", "/x", Records.ROBOT, "t", TIME));

    assertThat(decoded).isEqualTo(withoutHeader(telemetry, Records.example("telemetry-v2.json")));
  }

  @ParameterizedTest
  @CsvSource({
    "R-1,      /robots/R-2,      R-1",
    ",         /robots/R-2,      R-2",
    ",         urn:oht50/robot/R-2, R-2",
    ",         R-2,              R-2",
    ",         /fab-1/gateway,   ", // which is no robot
    ",         urn:gateway:7,    ",
  })
  void theRobotIsTheSubjectElseASourceThatIsOne(String subject, String source, String robot) {
    Decoded decoded =
        event(telemetry, null, WITHOUT_TIME, attributes("e", source, subject, "t", TIME));

    if (robot == null) {
      assertThat(Records.rejects(decoded)).containsExactly("NO_ENTITY key");
    } else {
      assertThat(decoded.batches()[0].layout().series(0).entity()).isEqualTo(robot);
    }
  }

  @Test
  void theBackendIsASourceThatIsANameElseTheSubject() {
    String line = Records.exampleLines("logs.jsonl").get(0);
    Decoder logs = DecoderFactory.logs(DecoderFactory.STANDARD_MAX_AHEAD).create();

    assertThat(entity(event(logs, null, line, attributes("e", "oht50-1:8000", "x", "t", null))))
        .isEqualTo("oht50-1:8000");
    assertThat(entity(event(logs, null, line, attributes("e", "/a/b", "b-1", "t", null))))
        .isEqualTo("b-1");
    assertThat(entity(event(logs, "key", line, attributes("e", "oht50-1:8000", "x", "t", null))))
        .isEqualTo("key");
  }

  private static String entity(Decoded decoded) {
    return decoded.batches()[0].layout().series(0).entity();
  }

  @Test
  void theTypeStandsInForTheMessagesAndItsContentMayComeAlone() {
    Decoder missions = DecoderFactory.missions(DecoderFactory.STANDARD_MAX_AHEAD).create();
    String content =
        "{\"mission_id\": \"m-1\", \"mission_type\": \"transport\", \"robot_id\": \"R-1\"}";
    String said =
        "{\"type\": \"mission.started\", \"timestamp\": \""
            + TIME
            + "\", \"data\": "
            + content
            + "}";
    EventAttributes attributes = attributes("e", "/x", null, "mission.started", TIME);

    assertThat(Golden.lines(event(missions, "m-1", "{\"data\": " + content + "}", attributes)))
        .isEqualTo(Golden.lines(missions.decode(Records.record("m-1", said))))
        .hasSize(2);
    assertThat(event(missions, "m-1", content, attributes).missionFacts())
        .isEqualTo(missions.decode(Records.record("m-1", said)).missionFacts());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "telemetry | location_update | {'location': {'position': {'x': 1, 'y': 2, 'z': 0},"
            + " 'orientation': {'yaw': 4}, 'accuracy': 1}}",
        "telemetry | system.status | {'status': 'moving', 'health': {'cpu': 4}}",
        "safety | safety.estop | {'emergency_level': 'critical'}",
        "config | config.updated | {'config_id': 'c', 'changes': {'safety.a': 1}}",
        "modules | robot.mode | {'mode': 'manual'}",
        "performance | cache.stats | {'cache_type': 'redis', 'hits': 3, 'misses': 1}",
        "alerts | alert_update | {'action': 'resolved', 'alert': {'id': 7}}",
      })
  void eachTopicHasItsTypes(String topic, String type, String content) {
    Decoder decoder =
        DecoderFactory.byTopic(
                Map.of(
                    "telemetry", DecoderFactory.telemetry(AHEAD),
                    "safety", DecoderFactory.safety(AHEAD),
                    "config", DecoderFactory.config(AHEAD),
                    "modules", DecoderFactory.modules(AHEAD, ZoneOffset.UTC),
                    "performance", DecoderFactory.performance(AHEAD),
                    "alerts", DecoderFactory.externalAlerts(AHEAD, ZoneOffset.UTC)))
            .create();
    RawRecord record = Records.record(topic, "R-1", content.replace('\'', '"'), Records.ARRIVAL);

    Decoded decoded =
        decoder.decode(
            new RawRecord(
                record.position(),
                record.key(),
                record.value(),
                record.appendTime(),
                null,
                attributes("e", "/x", null, type, TIME)));

    assertThat(decoded.rejected()).isEmpty();
    assertThat(decoded.eventTime()).isEqualTo(Records.EVENT_TIME);
    assertThat(decoded.batches().length + decoded.events().length).isPositive();
    assertThat(decoder.decode(record).rejected()).as("without it").isNotEmpty();
  }

  @Test
  void aTypeThatIsNoneOfTheTopicsOrOfAMessageThatNamesItselfIsNotLookedAt() {
    EventAttributes update = attributes("e", "/x", null, "location_update", TIME);
    EventAttributes foreign = attributes("e", "/x", null, "com.example.telemetry", TIME);

    for (EventAttributes attributes : List.of(update, foreign)) {
      assertThat(event(telemetry, Records.ROBOT, WITHOUT_TIME, attributes))
          .isEqualTo(withoutHeader(telemetry, Records.example("telemetry-v2.json")));
    }
  }

  @Test
  void whatTheMessageSaysCountsWhateverTheAttributesSay() {
    String message = Records.example("telemetry-v2.json");
    String named = message.replaceFirst("\\{", "{\"robot_id\": \"R-1\", ");
    EventAttributes others =
        attributes("e", "/robots/R-9", "R-9", "dock_update", "2020-01-01T00:00:00Z");

    assertThat(event(telemetry, null, named, others))
        .isEqualTo(telemetry.decode(Records.record(null, named)));
    assertThat(event(telemetry, Records.ROBOT, message, others))
        .isEqualTo(withoutHeader(telemetry, message));
  }

  @Test
  void aTimeThatIsNoneIsRejectedAsThatOfAMessageWouldBe() {
    assertThat(
            Records.rejects(
                event(telemetry, "R-1", WITHOUT_TIME, attributes("e", "/x", null, "t", "soon"))))
        .containsExactly("BAD_TIMESTAMP ce_time");
    assertThat(
            Records.rejects(
                event(
                    telemetry,
                    "R-1",
                    WITHOUT_TIME,
                    attributes("e", "/x", null, "t", "2026-11-24T19:50:00Z"))))
        .containsExactly("TOO_FAR_AHEAD ce_time");
  }

  @Test
  void theIdTellsFactsApartThatHaveNone() {
    Decoder safety = DecoderFactory.safety(AHEAD).create();
    String stop = "{\"event_type\": \"e_stop\", \"timestamp\": \"" + TIME + "\"}";
    String named = stop.replaceFirst("\\{", "{\"id\": 17, ");

    assertThat(
            event(safety, "R-1", stop, attributes("e-1", "/a", null, "t", null)).events()[0].id())
        .isEqualTo("/a/e-1");
    assertThat(
            event(safety, "R-1", named, attributes("e-1", "/a", null, "t", null)).events()[0].id())
        .isEqualTo("17");
  }

  private static RecordHeaders headers(String... namesAndValues) {
    RecordHeaders headers = new RecordHeaders();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.add(namesAndValues[i], namesAndValues[i + 1].getBytes(StandardCharsets.UTF_8));
    }
    return headers;
  }

  private static ConsumerRecord<byte[], byte[]> consumed(String value, RecordHeaders headers) {
    return new ConsumerRecord<>(
        "oht50.telemetry",
        0,
        7,
        Records.ARRIVAL,
        TimestampType.LOG_APPEND_TIME,
        0,
        0,
        Records.utf8(Records.ROBOT),
        Records.utf8(value),
        headers,
        Optional.empty());
  }
}
