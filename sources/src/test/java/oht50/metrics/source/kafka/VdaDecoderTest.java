package oht50.metrics.source.kafka;

import static oht50.metrics.source.kafka.Records.EVENT_TIME;
import static oht50.metrics.source.kafka.Records.onlyReject;
import static oht50.metrics.source.kafka.Records.record;
import static oht50.metrics.source.kafka.Records.rejects;
import static oht50.metrics.source.kafka.Records.samples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Occurrence;
import oht50.metrics.source.Decoded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** State and connection messages of VDA 5050. */
class VdaDecoderTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String A = "semitec/OHT50-A";
  private static final String C = "semitec/OHT50-C";

  private final Decoder states = new VdaStateDecoder(DecoderFactory.STANDARD_MAX_AHEAD);
  private final Decoder connections = new VdaConnectionDecoder(DecoderFactory.STANDARD_MAX_AHEAD);

  /** Series without robot_id and the prefix that all have -> value. */
  private static Map<String, Double> brief(Decoded decoded) {
    Map<String, Double> brief = new TreeMap<>();
    samples(decoded)
        .forEach(
            (series, value) ->
                brief.put(
                    series
                        .replaceAll(",?robot_id=\"[^\"]*\"", "")
                        .replace("{,", "{")
                        .replace("{}", "")
                        .replace("oht50_robot_", ""),
                    value));
    return brief;
  }

  private static ObjectNode example(String version) throws IOException {
    return (ObjectNode) JSON.readTree(Records.example("vda5050-state-" + version + ".json"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.0", "2.1", "3.0"})
  void everyExampleIsReadInTheUnitsOfThisProject(String version) throws IOException {
    String robot = version.equals("3.0") ? C : A;

    Decoded decoded = states.decode(record(robot, example(version).toString()));

    assertThat(decoded.rejected()).isEmpty();
    assertThat(decoded.batches()).hasSize(1);
    assertThat(samples(decoded).keySet()).allMatch(s -> s.contains("robot_id=\"" + robot + "\""));
    assertThat(brief(decoded))
        .containsEntry("battery_percent", 81.5)
        .containsEntry("battery_volts", 25.4)
        .containsEntry("charging", 0.0)
        .containsEntry("position_mm{axis=\"x\"}", 1234.5)
        .containsEntry("position_mm{axis=\"y\"}", 2000.0)
        .containsEntry("localization_score", 0.97)
        .containsEntry("velocity_mm_per_second{axis=\"x\"}", 350.0)
        .containsEntry("yaw_rate_degrees_per_second", 0.0)
        .containsEntry("actions{status=\"failed\"}", 0.0);
    assertThat(brief(decoded).get("yaw_degrees")).isCloseTo(44.977, within(0.001));
  }

  @Test
  void whatDiffersBetweenTheVersionsHasTheSameNames() throws IOException {
    assertThat(brief(states.decode(record(A, example("2.0").toString()))))
        .containsEntry("battery_health_percent", 96.0)
        .containsEntry("range_meters", 1800.0)
        .containsEntry("safety{signal=\"estop\"}", 0.0)
        .containsEntry("safety{signal=\"field_violation\"}", 0.0)
        .containsEntry("mode{mode=\"automatic\"}", 1.0)
        .containsEntry("errors{level=\"warning\"}", 0.0)
        .containsEntry("actions{status=\"running\"}", 1.0)
        .doesNotContainKey("battery_amperes");
    assertThat(brief(states.decode(record(A, example("2.1").toString()))))
        .containsEntry("range_meters", 1800.5)
        .containsEntry("safety{signal=\"estop\"}", 1.0)
        .containsEntry("safety{signal=\"field_violation\"}", 1.0)
        .containsEntry("mode{mode=\"teach_in\"}", 1.0)
        .containsEntry("mode{mode=\"automatic\"}", 0.0)
        .containsEntry("errors{level=\"warning\"}", 1.0);
    assertThat(brief(states.decode(record(C, example("3.0").toString()))))
        .containsEntry("battery_amperes", -3.2)
        .containsEntry("range_meters", 1800.5)
        .containsEntry("safety{signal=\"estop\"}", 1.0)
        .containsEntry("mode{mode=\"intervened\"}", 1.0)
        .containsEntry("errors{level=\"critical\"}", 1.0)
        .containsEntry("errors{level=\"fatal\"}", 0.0)
        .containsEntry("actions{status=\"retriable\"}", 1.0);
  }

  @Test
  void valuesHoldUntilTheNextMessage() throws IOException {
    Decoded decoded = states.decode(record(A, example("2.1").toString()));
    var layout = decoded.batches()[0].layout();

    for (int i = 0; i < layout.size(); i++) {
      boolean latency = layout.series(i).name().equals("oht50_telemetry_latency_seconds");
      MetricKind kind = layout.series(i).kind();
      assertThat(kind.isState()).as(layout.series(i).canonical()).isNotEqualTo(latency);
    }
    assertThat(decoded.eventTime()).isEqualTo(EVENT_TIME + 123);
    assertThat(samples(decoded))
        .containsEntry(
            "oht50_telemetry_latency_seconds{data_type=\"vda5050\",robot_id=\"" + A + "\"}", 9.877);
  }

  @Test
  void blocksAreCountedOnceHoweverOftenTheyCome() throws IOException {
    Decoded first = states.decode(record(A, example("2.1").toString()));
    Decoded again = states.decode(record(A, example("2.1").toString()));
    ObjectNode next = example("2.1").put("headerId", 843);

    assertThat(Arrays.stream(first.occurrences()).flatMap(o -> Records.series(o).stream()))
        .containsExactlyInAnyOrder(
            points("battery"), points("location"), points("safety"), points("status"));
    assertThat(keys(again)).isEqualTo(keys(first));
    assertThat(keys(states.decode(record(A, next.toString()))))
        .doesNotContainAnyElementsOf(keys(first));
  }

  private static String points(String block) {
    return "oht50_telemetry_data_points_total{data_type=\"" + block + "\",robot_id=\"" + A + "\"}";
  }

  private static List<Long> keys(Decoded decoded) {
    return Arrays.stream(decoded.occurrences()).map(Occurrence::naturalKey).toList();
  }

  @Test
  void aRobotThatHasNotFoundItselfHasNoPosition() throws IOException {
    ObjectNode message = example("3.0");
    ((ObjectNode) message.get("mobileRobotPosition")).put("localized", false);

    Decoded decoded = states.decode(record(C, message.toString()));

    assertThat(decoded.rejected()).isEmpty();
    assertThat(brief(decoded))
        .containsEntry("localization_score", 0.97)
        .doesNotContainKeys("position_mm{axis=\"x\"}", "position_mm{axis=\"y\"}", "yaw_degrees");
  }

  @Test
  void aBadFieldLeavesTheRestOfItsMessage() throws IOException {
    ObjectNode message = example("2.1");
    ((ObjectNode) message.get("batteryState")).put("batteryCharge", 140).put("batteryHealth", "ok");
    ((ObjectNode) message.get("errors").get(0)).put("errorLevel", "SEVERE");

    Decoded decoded = states.decode(record(A, message.toString()));

    assertThat(rejects(decoded))
        .containsExactlyInAnyOrder(
            "OUT_OF_RANGE batteryState.batteryCharge",
            "WRONG_TYPE batteryState.batteryHealth",
            "UNKNOWN_ENUM_VALUE errors[0].errorLevel");
    assertThat(brief(decoded))
        .containsEntry("battery_volts", 25.4)
        .containsEntry("errors{level=\"warning\"}", 0.0)
        .containsEntry("mode{mode=\"teach_in\"}", 1.0)
        .doesNotContainKeys("battery_percent", "battery_health_percent");
  }

  @ParameterizedTest
  @CsvSource({
    "1.1.0, UNSUPPORTED_VERSION", "4.0.0, UNSUPPORTED_VERSION", "latest, UNSUPPORTED_VERSION",
    "2.0.0, ", "2.1, ", "3.1.0-rc1, "
  })
  void versionsFrom2To3AreSpoken(String version, String reason) throws IOException {
    ObjectNode message = example(version.startsWith("3") ? "3.0" : "2.1").put("version", version);

    Decoded decoded = states.decode(record(null, message.toString()));

    if (reason == null) {
      assertThat(decoded.rejected()).isEmpty();
    } else {
      assertThat(onlyReject(decoded).reason() + " " + onlyReject(decoded).path())
          .isEqualTo(reason + " version");
      assertThat(decoded.batches()).isEmpty();
    }
  }

  @Test
  void theKeyNamesTheRobotWhereTheMessageDoesNot() throws IOException {
    ObjectNode message = example("2.1");
    message.remove("manufacturer");

    Decoded decoded = states.decode(record(A, message.toString()));

    assertThat(decoded.rejected()).isEmpty();
    assertThat(samples(decoded).keySet()).allMatch(series -> series.contains(A));
    assertThat(rejects(states.decode(record(null, message.toString()))))
        .containsExactly("NO_ENTITY key");
  }

  @Test
  void connectionsAreTheLinkToTheBroker() {
    List<Double> up = new ArrayList<>();
    for (String line : Records.exampleLines("vda5050-connection.jsonl")) {
      String key = line.contains("OHT50-C") ? C : A;
      Decoded decoded =
          connections.decode(Records.record("vda5050.connection", key, line, EVENT_TIME + 600_000));
      assertThat(decoded.rejected()).isEmpty();
      up.add(brief(decoded).get("link_up{link=\"broker\"}"));
    }

    assertThat(up).containsExactly(1.0, 0.0, 0.0);
  }

  /** The words that a version's schema allows are those of the decoders. */
  @ParameterizedTest
  @ValueSource(strings = {"2.0.0", "2.1.0", "3.0.0"})
  void everyWordOfTheSchemasIsKnown(String version) throws IOException {
    JsonNode state = schema(version, "state");
    Map<String, VdaWord> words =
        new TreeMap<>(
            Map.of(
                "operatingMode", VdaWord.MODE,
                "errorLevel", VdaWord.ERROR_LEVEL,
                "actionStatus", VdaWord.ACTION_STATUS,
                "eStop", VdaWord.EMERGENCY_STOP,
                "activeEmergencyStop", VdaWord.ACTIVE_EMERGENCY_STOP));
    words.remove(version.startsWith("3") ? "eStop" : "activeEmergencyStop");

    words.forEach((field, known) -> assertKnown(state, field, known));
    assertKnown(schema(version, "connection"), "connectionState", VdaWord.CONNECTION);
  }

  private static void assertKnown(JsonNode schema, String field, VdaWord words) {
    List<JsonNode> enums =
        schema.findValues(field).stream().filter(node -> node.has("enum")).toList();
    assertThat(enums).as(field).isNotEmpty();
    for (JsonNode node : enums) {
      for (JsonNode word : node.get("enum")) {
        assertThat(words.index(word.asText())).as(field + " " + word).isNotNegative();
      }
    }
  }

  private static JsonNode schema(String version, String name) throws IOException {
    String file = "/vda5050/" + version + "/" + name + ".schema";
    try (var in = VdaDecoderTest.class.getResourceAsStream(file)) {
      return JSON.readTree(in);
    }
  }
}
