package oht50.metrics.source.kafka;

import static oht50.metrics.source.kafka.Records.EVENT_TIME;
import static oht50.metrics.source.kafka.Records.ROBOT;
import static oht50.metrics.source.kafka.Records.record;
import static oht50.metrics.source.kafka.Records.rejects;
import static oht50.metrics.source.kafka.Records.samples;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import oht50.metrics.model.Event;
import oht50.metrics.model.EventKind;
import oht50.metrics.source.Decoded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelemetryFormsTest {
  private static final String SENSOR =
      "{\"module_id\": \"0x02\", \"data_type\": \"sensor\", \"timestamp\": 1795546200,"
          + " \"sensor_data\": {\"voltage\": 24.6}}";

  private final Decoder decoder =
      new TelemetryDecoder(DecoderFactory.STANDARD_MAX_AHEAD, ZoneId.of("Asia/Ho_Chi_Minh"));

  private Decoded decode(String value) {
    return decoder.decode(record(ROBOT, value));
  }

  private static String register(String module, String register, String unit) {
    return "oht50_module_register{module_id=\"%s\",register=\"%s\",robot_id=\"OHT-50-001\",unit=\"%s\"}"
        .formatted(module, register, unit);
  }

  private static String status(long timestamp, String state) {
    return """
        {"ts": %d, "status": {"state": "%s", "pos_mm": 1, "vel_mms": 0, "acc_mms2": 0,
         "safety": {"estop": false}}}"""
        .formatted(timestamp, state);
  }

  private static String history(String... messages) {
    return "{\"success\": true, \"data\": [" + String.join(", ", messages) + "]}";
  }

  @Test
  void aBadElementOfAHistoryLeavesTheOthers() {
    Decoded decoded =
        decode(
            history(
                status(EVENT_TIME, "idle"),
                "7",
                status(EVENT_TIME + 100, "teleporting"),
                status(EVENT_TIME + 200, "move").replace("ts", "when"),
                status(EVENT_TIME + 300, "move")));

    assertThat(rejects(decoded))
        .containsExactly(
            "WRONG_TYPE data[1]",
            "UNKNOWN_ENUM_VALUE data[2].status.state",
            "MISSING_FIELD data[3].ts");
    assertThat(Arrays.stream(decoded.batches()).map(b -> b.timestamps()[0]))
        .containsExactly(EVENT_TIME, EVENT_TIME + 100, EVENT_TIME + 300);
    assertThat(decoded.occurrences()).hasSize(3);
  }

  @Test
  void aHistoryOfAThousandMayBeLargerThanAMessage() {
    String[] thousand =
        IntStream.range(0, 1_000)
            .mapToObj(i -> status(EVENT_TIME - 1_000 + i, "idle"))
            .toArray(String[]::new);
    String[] more = Arrays.copyOf(thousand, 1_001);
    more[1_000] = status(EVENT_TIME, "idle");

    assertThat(decode(history(thousand)).batches()).hasSize(1_000);
    assertThat(rejects(decode(history(thousand)))).isEmpty();
    assertThat(rejects(decode(history(more)))).containsExactly("TOO_LARGE data");
    assertThat(decode(history(more)).batches()).isEmpty();
  }

  @Test
  void anElementIsNoLargerThanAMessage() {
    String large =
        status(EVENT_TIME, "idle")
            .replace("\"ts\"", "\"x\": \"" + "x".repeat(16_384) + "\", \"ts\"");

    Decoded decoded = decode(history(large, status(EVENT_TIME + 100, "idle")));

    assertThat(rejects(decoded)).containsExactly("TOO_LARGE data[0]");
    assertThat(decoded.batches()).hasSize(1);
    assertThat(rejects(decode("{\"success\": true, \"data\": " + large + "}")))
        .containsExactly("TOO_LARGE $");
  }

  @Test
  void aHistoryWithoutAKeyNamesItsRobotsInside() {
    String named = status(EVENT_TIME, "idle").replace("\"ts\"", "\"robot_id\": \"R-7\", \"ts\"");

    Decoded decoded =
        decoder.decode(
            record(null, history(named, status(EVENT_TIME, "idle"), status(EVENT_TIME, "idle"))));

    assertThat(rejects(decoded))
        .containsExactly("NO_ENTITY data[1].robot_id", "NO_ENTITY data[2].robot_id");
    assertThat(decoded.batches()[0].layout().series(0).entity()).isEqualTo("R-7");
  }

  @Test
  void aBulkOfTheDataModelIsAnArray() {
    String bulk =
        Records.exampleLines("module-telemetry-create.jsonl").stream()
            .collect(Collectors.joining(", ", "[", ", 7]"));

    Decoded decoded = decode(bulk);

    assertThat(decoded.batches()).hasSize(3);
    assertThat(decoded.occurrences()).hasSize(3);
    assertThat(rejects(decoded)).containsExactly("WRONG_TYPE [3]");
    assertThat(rejects(decode("[" + String.join(",", Collections.nCopies(1_001, "{}")) + "]")))
        .containsExactly("TOO_LARGE $");
    assertThat(rejects(decode("[]"))).containsExactly("WRONG_TYPE $");
  }

  @Test
  void answersWithoutDataSaySo() {
    assertThat(rejects(decode("{\"success\": false, \"error_code\": \"HTTP_503\"}")))
        .containsExactly("NO_DATA success");
    assertThat(rejects(decode(history()))).containsExactly("NO_DATA data");
    assertThat(rejects(decode("{\"success\": true}"))).containsExactly("MISSING_FIELD data");
    assertThat(rejects(decode("{\"success\": true, \"data\": {\"error\": \"away\"}}")))
        .containsExactly("NO_DATA data.error");
  }

  @Test
  void aFrameOfTheBackendSaysLocalTime() {
    String frame = Records.exampleLines("telemetry-websocket.jsonl").get(0);
    Decoder elsewhere = new TelemetryDecoder(DecoderFactory.STANDARD_MAX_AHEAD);

    assertThat(decode(frame).eventTime()).isEqualTo(EVENT_TIME);
    assertThat(decode(frame.replace("000123\"", "000123Z\"")).hasEventTime()).isFalse();
    assertThat(rejects(elsewhere.decode(record(ROBOT, frame))))
        .containsExactly("TOO_FAR_AHEAD timestamp");
    assertThat(rejects(decode(frame.replace("backend", "else"))))
        .containsExactly("TOO_FAR_AHEAD timestamp");
  }

  @Test
  void whatAnAbsentFirmwareIsSaidToMeasureIsNoData() {
    String power =
        """
        {"module_id": 2, "timestamp": 1795546200, "telemetry": {
          "battery_level": {"value": %s}, "voltage": {"value": 24.5},
          "current": {"value": 2.3}, "temperature": {"value": 35.2}}}""";
    String rest = "{\"timestamp\": 1795546200, \"motor_speed\": 1500, \"motor_temperature\": %s}";

    assertThat(rejects(decode(power.formatted("87")))).containsExactly("NO_DATA telemetry");
    assertThat(decode(power.formatted("87")).batches()).isEmpty();
    assertThat(samples(decode(power.formatted("86.9"))))
        .containsEntry("oht50_robot_battery_percent{robot_id=\"OHT-50-001\"}", 86.9);
    assertThat(rejects(decode(rest.formatted("45.5")))).containsExactly("NO_DATA motor_speed");
    assertThat(rejects(decode(rest.formatted("45.4")))).isEmpty();
  }

  @Test
  void theDataModelRejectsWhatIsOutOfRangeAndModulesKeepIt() {
    Decoded sensor = decode(SENSOR.replace("24.6", "51"));
    String module = Records.example("module-telemetry.json");

    assertThat(rejects(sensor)).containsExactly("OUT_OF_RANGE sensor_data.voltage");
    assertThat(sensor.occurrences()).isEmpty();
    assertThat(samples(decode(module))).containsEntry(register("0x02", "temperature", "°C"), 91.0);
  }

  @Test
  void theBlockThatIsNamedHasToBeThere() {
    assertThat(rejects(decode(SENSOR.replace("\"sensor\"", "\"position\""))))
        .containsExactly("MISSING_FIELD position_data");
    assertThat(rejects(decode(SENSOR.replace("\"sensor\"", "\"weather\""))))
        .containsExactly("UNKNOWN_ENUM_VALUE data_type");
    assertThat(rejects(decode(SENSOR.replace("\"sensor\"", "\"combined\"")))).isEmpty();
    assertThat(rejects(decode(SENSOR.replace("0x02", "x".repeat(51)))))
        .containsExactly("OUT_OF_RANGE module_id");
  }

  @Test
  void aBadRegisterLeavesTheOthers() {
    Decoded decoded =
        decode(
            Records.example("rs485-telemetry-with-comments.txt")
                .replace("81.5", "\"full\"")
                .replace("\"name\": \"Battery_Current\", ", ""));

    assertThat(rejects(decoded)).containsExactly("WRONG_TYPE data.registers[2].value");
    assertThat(samples(decoded))
        .containsEntry(register("0x02", "Battery_Voltage", "V"), 25.4)
        .containsEntry(register("0x02", "0x0001", "A"), -3.2);
  }

  @ParameterizedTest
  @CsvSource({"2,0x02", "0x2,0x02", "0X0b,0x0B", "module-001,module-001", "0x1234,0x1234", "0x,0x"})
  void oneModuleHasOneSpelling(String written, String canonical) {
    assertThat(ModuleIds.canonical(written)).isEqualTo(canonical);
  }

  @Test
  void theCenterMaySpellARobotItsOwnWay() {
    String heartbeat = Records.exampleLines("center-messages.jsonl").get(1);

    Decoded decoded =
        decoder.decode(Records.record("t", "OHT-50-001", heartbeat, EVENT_TIME + 60_000));
    Decoded unkeyed = decoder.decode(Records.record("t", null, heartbeat, EVENT_TIME + 60_000));

    assertThat(decoded.batches()[0].layout().series(0).entity()).isEqualTo("OHT-50-001");
    assertThat(unkeyed.batches()[0].layout().series(0).entity()).isEqualTo("OHT50-001");
    assertThat(rejects(decoder.decode(record("OHT-50-002", heartbeat))))
        .containsExactly("KEY_MISMATCH device_id");
  }

  @Test
  void anErrorOfTheSystemIsAnEvent() {
    Decoded decoded =
        decode(
            "{\"type\": \"system.error\", \"timestamp\": 1795546200, \"data\": {\"error_code\":"
                + " \"SYS-001\", \"severity\": \"warning\", \"session_token\": \"abc\"}}");

    Event event = decoded.events()[0];
    assertThat(event.kind()).isEqualTo(EventKind.SYSTEM);
    assertThat(event.entity()).isEqualTo(ROBOT);
    assertThat(event.type()).isEqualTo("sys_001");
    assertThat(event.severity()).isEqualTo("medium");
    assertThat(event.payload()).contains("SYS-001").doesNotContain("abc");
  }

  @Test
  void aNameThatIsNoneRejectsItsObject() {
    Decoded decoded =
        decode(
            "{\"module_id\": 2, \"timestamp\": 1795546200, \"telemetry\": {\""
                + "x".repeat(65)
                + "\": {\"value\": 1}, \"voltage\": {\"value\": 24.6, \"unit\": \"V\"}}}");

    assertThat(rejects(decoded)).containsExactly("OUT_OF_RANGE telemetry");
    assertThat(samples(decoded)).containsEntry(register("0x02", "voltage", "V"), 24.6);
  }
}
