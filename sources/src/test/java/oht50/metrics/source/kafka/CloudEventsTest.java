package oht50.metrics.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import oht50.metrics.source.Decoded;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class CloudEventsTest {
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
  void headersOfBinaryModeChangeNothingAndThoseOfStructuredModeAreSeen() throws Exception {
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
                "ce_time", "2020-01-01T00:00:00Z",
                "content-type", "application/json")),
        new ListCollector<>(out));
    schema.deserialize(
        consumed(event("\"data\": " + message), headers("content-type", STRUCTURED)),
        new ListCollector<>(out));

    assertThat(out).hasSize(3).containsOnly(out.get(0));
    assertThat(out.get(0).batches()).hasSize(1);
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
