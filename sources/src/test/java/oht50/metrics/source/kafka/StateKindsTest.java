package oht50.metrics.source.kafka;

import static oht50.metrics.source.kafka.Records.ROBOT;
import static oht50.metrics.source.kafka.Records.example;
import static oht50.metrics.source.kafka.Records.record;
import static oht50.metrics.source.kafka.Records.rejects;
import static oht50.metrics.source.kafka.Records.samples;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.source.Decoded;
import org.junit.jupiter.api.Test;

/** What messages say of a robot's missions, charging, driving and stops: facts, each 0 or 1. */
class StateKindsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String VDA_ROBOT = "semitec/OHT50-A";

  private final Decoder telemetry = new TelemetryDecoder(DecoderFactory.STANDARD_MAX_AHEAD);
  private final Decoder states = new VdaStateDecoder(DecoderFactory.STANDARD_MAX_AHEAD);

  private static ObjectNode message(String file) throws Exception {
    return (ObjectNode) JSON.readTree(example(file));
  }

  private Decoded telemetry(ObjectNode message) {
    return telemetry.decode(record(ROBOT, message.toString()));
  }

  private Decoded state(ObjectNode message) {
    return states.decode(record(VDA_ROBOT, message.toString()));
  }

  private static Double fact(Decoded decoded, String name) {
    return samples(decoded).entrySet().stream()
        .filter(sample -> sample.getKey().startsWith("oht50_robot_" + name))
        .findFirst()
        .map(sample -> sample.getValue())
        .orElse(null);
  }

  private static Double stop(Decoded decoded, String signal) {
    return samples(decoded)
        .get("oht50_robot_safety{robot_id=\"" + VDA_ROBOT + "\",signal=\"" + signal + "\"}");
  }

  @Test
  void aRobotThatNamesAMissionIsInOne() throws Exception {
    ObjectNode message = message("telemetry-v2.json");
    assertThat(fact(telemetry(message), "mission_active")).isEqualTo(1);
    message.putNull("mission_id");
    assertThat(fact(telemetry(message), "mission_active")).isEqualTo(0);
    message.remove("mission_id");
    assertThat(fact(telemetry(message), "mission_active")).isEqualTo(0);
    message.put("mission_id", ""); // as the firmware writes it
    assertThat(fact(telemetry(message), "mission_active")).isEqualTo(0);
  }

  @Test
  void aMissionThatCannotBeReadIsNeitherNamedNorAbsent() throws Exception {
    Decoded decoded = telemetry(message("telemetry-v2.json").put("mission_id", 7));

    assertThat(fact(decoded, "mission_active")).isNull();
    assertThat(rejects(decoded)).singleElement().asString().contains("mission_id", "WRONG_TYPE");
  }

  @Test
  void aPartialUpdateSaysNothingOfMissions() {
    Decoded update =
        telemetry.decode(record(ROBOT, Records.exampleLines("telemetry-events.jsonl").get(0)));

    assertThat(fact(update, "mission_active")).isNull();
  }

  @Test
  void aFullBatteryIsNotBeingCharged() throws Exception {
    ObjectNode message = message("telemetry-v2.json");
    ObjectNode dock = (ObjectNode) message.get("dock");
    assertThat(fact(telemetry(message), "charging")).isEqualTo(0);
    dock.put("charging_status", "charging");
    assertThat(fact(telemetry(message), "charging")).isEqualTo(1);
    dock.put("charging_status", "full");
    assertThat(fact(telemetry(message), "charging")).isEqualTo(0);
    dock.put("charging_status", "");
    assertThat(fact(telemetry(message), "charging")).isNull();
    dock.put("charging_status", "half");
    assertThat(rejects(telemetry(message)))
        .singleElement()
        .asString()
        .contains("charging_status", "UNKNOWN_ENUM_VALUE");
  }

  @Test
  void anOrderIsCarriedOutWhileAnythingOfItIsLeft() throws Exception {
    ObjectNode message = message("vda5050-state-2.1.json");
    assertThat(fact(state(message), "mission_active")).isEqualTo(1);
    message.putArray("nodeStates");
    message.putArray("edgeStates");
    assertThat(fact(state(message), "mission_active")).isEqualTo(1); // an action runs
    for (var action : (ArrayNode) message.get("actionStates")) {
      ((ObjectNode) action).put("actionStatus", "FINISHED");
    }
    assertThat(fact(state(message), "mission_active")).isEqualTo(0);
    message.remove("edgeStates");
    assertThat(fact(state(message), "mission_active")).isNull();
    assertThat(rejects(state(message))).singleElement().asString().contains("edgeStates");
  }

  @Test
  void aStopThatAcknowledgesItselfIsToldApart() throws Exception {
    ObjectNode message = message("vda5050-state-2.1.json");
    Decoded automatic = state(message);
    assertThat(stop(automatic, "estop")).isEqualTo(1);
    assertThat(stop(automatic, "estop_autoack")).isEqualTo(1);
    ((ObjectNode) message.get("safetyState")).put("eStop", "MANUAL");
    Decoded manual = state(message);
    assertThat(stop(manual, "estop")).isEqualTo(1);
    assertThat(stop(manual, "estop_autoack")).isEqualTo(0);
  }

  @Test
  void theirChangesAreNoted() throws Exception {
    for (Decoded decoded :
        new Decoded[] {
          telemetry(message("telemetry-v2.json")), state(message("vda5050-state-2.1.json"))
        }) {
      assertThat(Arrays.stream(decoded.batches()).flatMap(StateKindsTest::factsOf))
          .contains("oht50_robot_safety", "oht50_robot_mission_active", "oht50_robot_charging")
          .doesNotContain("oht50_robot_position_mm", "oht50_robot_battery_percent");
    }
  }

  private static Stream<String> factsOf(SampleBatch batch) {
    return IntStream.range(0, batch.size())
        .mapToObj(i -> batch.layout().series(i))
        .filter(series -> series.kind() == MetricKind.TRACKED_STATE)
        .map(series -> series.name());
  }
}
