package oht50.metrics.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import oht50.metrics.model.Rejected;
import oht50.metrics.source.Decoded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RejectsTest {
  private static final Duration MAX_AHEAD = DecoderFactory.STANDARD_MAX_AHEAD;
  private static final ZoneId SITE = ZoneId.of("Asia/Ho_Chi_Minh");

  private static final Map<String, DecoderFactory> DECODERS =
      Map.ofEntries(
          Map.entry("oht50.telemetry", DecoderFactory.telemetry(MAX_AHEAD, SITE)),
          Map.entry("oht50.missions", DecoderFactory.missions(MAX_AHEAD)),
          Map.entry("oht50.safety", DecoderFactory.safety(MAX_AHEAD)),
          Map.entry("oht50.points", DecoderFactory.points(MAX_AHEAD)),
          Map.entry("oht50.modules", DecoderFactory.modules(MAX_AHEAD, SITE)),
          Map.entry("oht50.config", DecoderFactory.config(MAX_AHEAD)),
          Map.entry("oht50.logs", DecoderFactory.logs(MAX_AHEAD)),
          Map.entry("oht50.performance", DecoderFactory.performance(MAX_AHEAD)),
          Map.entry("oht50.alerts.external", DecoderFactory.externalAlerts(MAX_AHEAD, SITE)),
          Map.entry("oht50.clock", DecoderFactory.clock(MAX_AHEAD)),
          Map.entry("oht50.host", DecoderFactory.host(MAX_AHEAD)),
          Map.entry("vda5050.state", DecoderFactory.vdaState(MAX_AHEAD)),
          Map.entry("vda5050.connection", DecoderFactory.vdaConnection(MAX_AHEAD)));

  record Line(String topic, String key, String value, String reason, String field) {
    static Line of(String json) {
      try {
        JsonNode node = new JsonMapper().readTree(json);
        return new Line(
            node.get("topic").asText(),
            node.get("key").textValue(),
            node.get("value").asText(),
            node.get("reason").asText(),
            node.get("field").isNull() ? Rejected.WHOLE : node.get("field").asText());
      } catch (JsonProcessingException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public String toString() {
      return topic + " " + reason + " " + field;
    }
  }

  static Stream<Line> lines() {
    return Stream.of("rejects.jsonl", "rejects-host-vda5050.jsonl")
        .flatMap(file -> Records.exampleLines(file).stream())
        .map(Line::of);
  }

  @ParameterizedTest
  @MethodSource("lines")
  void eachLineGivesItsReasonAndField(Line line) {
    Decoded decoded =
        DECODERS
            .get(line.topic())
            .create()
            .decode(Records.record(line.topic(), line.key(), line.value(), Records.ARRIVAL));

    Rejected rejected = Records.onlyReject(decoded);
    assertThat(rejected.reason() + " " + rejected.path())
        .isEqualTo(line.reason() + " " + line.field());
    assertThat(rejected.detail()).isNotBlank().doesNotContain("\n");
    assertThat(rejected.key()).isEqualTo(line.key());
    assertThat(line.value()).startsWith(rejected.value());
    assertThat(rejected.appendTime()).isEqualTo(Records.ARRIVAL);
    assertThat(rejected.position().offset()).isEqualTo(41);
  }

  @Test
  void aBadFieldLeavesTheRestOfItsMessage() {
    Line line = lines().filter(l -> l.field().equals("status.vel_mms")).findFirst().orElseThrow();

    Decoded decoded =
        DECODERS.get(line.topic()).create().decode(Records.record(line.key(), line.value()));

    assertThat(Records.samples(decoded))
        .containsEntry("oht50_robot_position_mm{axis=\"track\",robot_id=\"OHT-50-001\"}", 1234.56)
        .doesNotContainKey(
            "oht50_robot_velocity_mm_per_second{axis=\"track\",robot_id=\"OHT-50-001\"}");
  }

  @Test
  void aRejectDoesNotDamageTheNextRecord() {
    for (String topic : DECODERS.keySet()) {
      Decoder used = DECODERS.get(topic).create();
      for (Line line : lines().toList()) {
        RawRecord record = Records.record(line.key(), line.value());
        assertThat(used.decode(record)).isEqualTo(DECODERS.get(topic).create().decode(record));
      }
    }
  }

  @Test
  void noBytesAreAnException() {
    Random random = new Random(50);
    String[] files = {
      "telemetry-v2.json",
      "metric-points.json",
      "mission-record.json",
      "safety-events.jsonl",
      "vda5050-state-3.0.json",
      "telegraf.jsonl",
      "module-telemetry.json",
      "rs485-telemetry-with-comments.txt"
    };
    for (DecoderFactory factory : DECODERS.values()) {
      Decoder decoder = factory.create();
      for (int i = 0; i < 2_000; i++) {
        byte[] value = Records.utf8(Records.example(files[i % files.length]));
        for (int changes = random.nextInt(4); changes >= 0; changes--) {
          value[random.nextInt(value.length)] = (byte) random.nextInt(256);
        }
        Decoded decoded =
            decoder.decode(
                new RawRecord(
                    Records.record(null, null).position(), new byte[] {-1, 0}, value, -1));
        assertThat(decoded.rejected().length + decoded.batches().length + decoded.events().length)
            .isGreaterThanOrEqualTo(decoded.hasEventTime() ? 0 : 1);
      }
    }
  }

  @Test
  void noValueAtAllIsRejected() {
    for (DecoderFactory factory : DECODERS.values()) {
      assertThat(Records.rejects(factory.create().decode(Records.record("k", null))))
          .containsExactly("MALFORMED_JSON $");
      assertThat(Records.rejects(factory.create().decode(Records.record("k", ""))))
          .containsExactly("MALFORMED_JSON $");
    }
  }

  @Test
  void aRecordOverOneMebibyteIsNotParsed() {
    String value = "[" + " ".repeat(JsonDecoder.MAX_RECORD_BYTES) + "]";

    for (DecoderFactory factory : DECODERS.values()) {
      assertThat(Records.rejects(factory.create().decode(Records.record("k", value))))
          .containsExactly("TOO_LARGE $");
    }
  }

  @Test
  void deepNestingIsMalformed() {
    String value = "{\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";

    assertThat(
            Records.rejects(
                DECODERS.get("oht50.telemetry").create().decode(Records.record("k", value))))
        .containsExactly("MALFORMED_JSON $");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "oht50.telemetry|{\"event\": \"\", \"data\": {\"ts\": 1795546200}}|event",
        "oht50.missions|{\"mission_id\": \"\", \"status\": \"queued\"}|mission_id",
        "oht50.missions|{\"mission_id\": \"m\", \"status\": \"\"}|status",
        "oht50.safety|{\"event_type\": \"\", \"timestamp\": 1795546200}|event_type",
        "oht50.safety|{\"type\": \"safety_event\", \"timestamp\": 1795546200}|event_type",
        "oht50.points|{\"name\": \"a\", \"metric_type\": \"\", \"value\": 1}|metric_type",
        "oht50.telemetry|{\"type\": \"\"}|type",
        "oht50.telemetry|{\"data_type\": \"sensor\", \"module_id\": \"\", \"timestamp\": 1795546200}"
            + "|module_id",
        "oht50.modules|{\"type\": \"\"}|type",
        "oht50.config|{\"action\": \"\", \"version\": 1, \"timestamp\": 1795546200}|action",
        "oht50.performance|{\"type\": \"\"}|type",
        "oht50.alerts.external|{\"type\": \"\"}|type"
      })
  void emptyTextIsAsGoodAsAbsent(String topic, String value, String field) {
    Decoded decoded = DECODERS.get(topic).create().decode(Records.record("k", value));

    assertThat(Records.rejects(decoded)).containsExactly("MISSING_FIELD " + field);
  }

  @Test
  void namesThatBecomeLabelsAreLimited() {
    String robot = "x".repeat(201);

    assertThat(
            Records.rejects(
                DECODERS
                    .get("oht50.missions")
                    .create()
                    .decode(
                        Records.record(
                            "m",
                            "{\"mission_id\": \"m\", \"status\": \"queued\", \"timestamp\": 1795546200,"
                                + " \"robot_id\": \""
                                + robot
                                + "\"}"))))
        .containsExactly("OUT_OF_RANGE robot_id");
  }

  /** (position, path) is the key of a reject. */
  @Test
  void noFieldOfARecordIsRejectedTwice() throws Exception {
    Random random = new Random(51);
    JsonMapper mapper = new JsonMapper();
    JsonNode[] values = {
      mapper.nullNode(),
      mapper.readTree("7"),
      mapper.readTree("-1"),
      mapper.readTree("\"\""),
      mapper.readTree("\"x y\""),
      mapper.readTree("true"),
      mapper.readTree("{}"),
      mapper.readTree("[{}]"),
    };
    List<String> messages = new ArrayList<>();
    messages.add(Records.example("telemetry-v2.json"));
    messages.add(Records.example("metric-points.json"));
    messages.add(Records.example("mission-record.json"));
    messages.add(Records.example("module-telemetry.json"));
    messages.add(Records.example("rs485-telemetry.json"));
    messages.addAll(Records.exampleLines("telemetry-events.jsonl"));
    messages.addAll(Records.exampleLines("telemetry-rest.jsonl"));
    messages.addAll(Records.exampleLines("telemetry-websocket.jsonl"));
    messages.addAll(Records.exampleLines("module-telemetry-create.jsonl"));
    messages.addAll(Records.exampleLines("center-messages.jsonl"));
    messages.addAll(Records.exampleLines("module-events.jsonl"));
    messages.addAll(Records.exampleLines("mode-events.jsonl"));
    messages.addAll(Records.exampleLines("config-events.jsonl"));
    messages.addAll(Records.exampleLines("logs.jsonl"));
    messages.addAll(Records.exampleLines("performance-events.jsonl"));
    messages.addAll(Records.exampleLines("alerts-in.jsonl"));
    messages.addAll(Records.exampleLines("mission-events.jsonl"));
    messages.addAll(Records.exampleLines("safety-events.jsonl"));
    messages.addAll(Records.exampleLines("telegraf.jsonl"));
    messages.add(Records.example("vda5050-state-2.1.json"));
    messages.add(Records.example("vda5050-state-3.0.json"));
    for (DecoderFactory factory : DECODERS.values()) {
      Decoder decoder = factory.create();
      for (int i = 0; i < 4_000; i++) {
        JsonNode message = mapper.readTree(messages.get(i % messages.size()));
        for (int changes = random.nextInt(5); changes >= 0; changes--) {
          List<JsonNode> objects = message.findParents(anyName(message, random));
          if (!objects.isEmpty()) {
            ObjectNode object = (ObjectNode) objects.get(random.nextInt(objects.size()));
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            object.set(
                names.get(random.nextInt(names.size())), values[random.nextInt(values.length)]);
          }
        }
        Decoded decoded = decoder.decode(Records.record("k", message.toString()));
        assertThat(Arrays.stream(decoded.rejected()).map(Rejected::path))
            .as(message.toString())
            .doesNotHaveDuplicates();
      }
    }
  }

  private static String anyName(JsonNode message, Random random) {
    List<String> names = new ArrayList<>();
    message.findParents("x").forEach(parent -> parent.fieldNames().forEachRemaining(names::add));
    message.fieldNames().forEachRemaining(names::add);
    for (JsonNode child : message) {
      child.fieldNames().forEachRemaining(names::add);
    }
    return names.isEmpty() ? "x" : names.get(random.nextInt(names.size()));
  }
}
