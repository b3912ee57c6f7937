package oht50.metrics.source.kafka;

import static oht50.metrics.source.kafka.Records.EVENT_TIME;
import static oht50.metrics.source.kafka.Records.ROBOT;
import static oht50.metrics.source.kafka.Records.record;
import static oht50.metrics.source.kafka.Records.rejects;
import static oht50.metrics.source.kafka.Records.samples;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Position;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.source.Decoded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelemetryDecoderTest {
  private static final String STATUS =
      "\"status\": {\"state\": \"idle\", \"pos_mm\": 1, \"vel_mms\": 0, \"acc_mms2\": 0,"
          + " \"safety\": {\"estop\": false}}";

  private final Decoder decoder = new TelemetryDecoder(DecoderFactory.STANDARD_MAX_AHEAD);

  private static String series(String name, String... labels) {
    return Series.gauge(name, labels).canonical().replace("}", "")
        + (labels.length == 0 ? "" : ",")
        + "robot_id=\"OHT-50-001\"}";
  }

  @Test
  void theFullMessageIsOneBatch() {
    Decoded decoded = decoder.decode(record(ROBOT, Records.example("telemetry-v2.json")));

    assertThat(decoded.rejected()).isEmpty();
    assertThat(decoded.eventTime()).isEqualTo(EVENT_TIME);
    assertThat(decoded.batches()).hasSize(1);
    SampleBatch batch = decoded.batches()[0];
    assertThat(batch.timestamps()).containsExactly(EVENT_TIME);
    assertThat(batch.sourceId()).isEqualTo(Position.sourceId("oht50.test", 2));
    assertThat(batch.offset()).isEqualTo(41);
    assertThat(samples(decoded))
        .hasSize(47)
        .containsAllEntriesOf(
            Map.ofEntries(
                Map.entry("oht50_robot_state{robot_id=\"OHT-50-001\",state=\"moving\"}", 1.0),
                Map.entry("oht50_robot_state{robot_id=\"OHT-50-001\",state=\"estop\"}", 0.0),
                Map.entry(series("oht50_robot_position_mm", "axis", "track"), 1234.56),
                Map.entry(series("oht50_robot_position_mm", "axis", "y"), 2000.0),
                Map.entry(series("oht50_robot_velocity_mm_per_second", "axis", "track"), 350.0),
                Map.entry(
                    series("oht50_robot_acceleration_mm_per_second_squared", "axis", "x"), 200.0),
                Map.entry(series("oht50_robot_yaw_degrees"), 45.0),
                Map.entry(series("oht50_robot_position_accuracy_mm"), 10.0),
                Map.entry(
                    "oht50_robot_safety{robot_id=\"OHT-50-001\",signal=\"location_safe\"}", 1.0),
                Map.entry("oht50_robot_safety{robot_id=\"OHT-50-001\",signal=\"estop\"}", 0.0),
                Map.entry(series("oht50_navigation_progress_percent"), 75.0),
                Map.entry(series("oht50_navigation_distance_to_target_mm"), 565.7),
                Map.entry(series("oht50_dock_distance_mm"), 5400.0),
                Map.entry(series("oht50_robot_cargo", "kind", "present"), 1.0),
                Map.entry(series("oht50_robot_link_up", "link", "rs485"), 1.0),
                Map.entry(series("oht50_robot_cpu_percent"), 45.2),
                Map.entry(series("oht50_robot_memory_percent"), 67.8),
                Map.entry(series("oht50_robot_temperature_celsius"), 42.5),
                Map.entry(series("oht50_robot_rssi_dbm"), -45.0),
                Map.entry(
                    series("oht50_telemetry_latency_seconds", "data_type", "telemetry"), 10.0)))
        .doesNotContainKey(series("oht50_dock_charging_amperes"));
  }

  @Test
  void eachAcceptedBlockCounts() {
    Decoded decoded = decoder.decode(record(ROBOT, Records.example("telemetry-v2.json")));

    assertThat(decoded.occurrences()).hasSize(1);
    assertThat(Records.series(decoded.occurrences()[0]))
        .containsExactlyInAnyOrder(
            series("oht50_telemetry_data_points_total", "data_type", "status"),
            series("oht50_telemetry_data_points_total", "data_type", "location"),
            series("oht50_telemetry_data_points_total", "data_type", "navigation"),
            series("oht50_telemetry_data_points_total", "data_type", "dock"),
            series("oht50_telemetry_data_points_total", "data_type", "safety"));
    assertThat(decoded.occurrences()[0].series().series(0).kind()).isEqualTo(MetricKind.DELTA);
  }

  @Test
  void whatHoldsUntilTheNextMessageIsAState() {
    SampleBatch batch =
        decoder.decode(record(ROBOT, Records.example("telemetry-v2.json"))).batches()[0];

    Map<String, List<MetricKind>> kinds =
        IntStream.range(0, batch.size())
            .mapToObj(batch.layout()::series)
            .collect(
                java.util.stream.Collectors.groupingBy(
                    Series::name,
                    java.util.stream.Collectors.mapping(
                        Series::kind, java.util.stream.Collectors.toList())));
    assertThat(kinds.get("oht50_robot_position_mm")).containsOnly(MetricKind.STATE);
    assertThat(kinds.get("oht50_robot_state")).hasSize(10).containsOnly(MetricKind.TRACKED_STATE);
    assertThat(kinds.get("oht50_robot_safety")).containsOnly(MetricKind.TRACKED_STATE);
    assertThat(kinds.get("oht50_robot_velocity_mm_per_second")).containsOnly(MetricKind.GAUGE);
    assertThat(kinds.get("oht50_telemetry_latency_seconds")).containsOnly(MetricKind.GAUGE);
  }

  @Test
  void partialUpdatesCarryTheirBlock() {
    List<Decoded> decoded =
        Records.exampleLines("telemetry-events.jsonl").stream()
            .map(line -> decoder.decode(record(ROBOT, line)))
            .toList();

    assertThat(decoded).allSatisfy(d -> assertThat(d.rejected()).isEmpty());
    assertThat(decoded)
        .extracting(Decoded::eventTime)
        .containsExactly(EVENT_TIME, EVENT_TIME + 100, EVENT_TIME + 200, EVENT_TIME + 50);
    assertThat(decoded)
        .extracting(d -> Records.series(d.occurrences()[0]))
        .containsExactly(
            List.of(series("oht50_telemetry_data_points_total", "data_type", "location")),
            List.of(series("oht50_telemetry_data_points_total", "data_type", "navigation")),
            List.of(series("oht50_telemetry_data_points_total", "data_type", "dock")),
            List.of(series("oht50_telemetry_data_points_total", "data_type", "safety")));
    assertThat(samples(decoded.get(2)))
        .containsEntry(series("oht50_dock_charging_amperes"), 8.2)
        .containsEntry(series("oht50_dock_charging_volts"), 26.4);
    assertThat(samples(decoded.get(3)))
        .containsEntry("oht50_robot_safety{robot_id=\"OHT-50-001\",signal=\"estop\"}", 1.0);
  }

  @Test
  void theDialectsOfOlderSoftwareAreRead() {
    Decoded august = decoder.decode(record(ROBOT, Records.example("telemetry-v0.2.json")));
    Decoded firmware = decoder.decode(record(ROBOT, Records.example("telemetry-firmware.json")));

    assertThat(august.rejected()).isEmpty();
    assertThat(august.eventTime()).isEqualTo(EVENT_TIME + 123);
    assertThat(samples(august))
        .containsEntry("oht50_robot_state{robot_id=\"OHT-50-001\",state=\"moving\"}", 1.0);
    assertThat(firmware.rejected()).isEmpty();
    assertThat(firmware.eventTime()).isEqualTo(EVENT_TIME + 123);
  }

  @Test
  void aLocationOfZerosIsNoLocation() {
    String value =
        "{\"ts\": 1795546200000, \"location\": {\"position\": {\"x\": 0, \"y\": 0, \"z\": 0},"
            + " \"orientation\": {\"yaw\": 0}, \"accuracy\": 0}, "
            + STATUS
            + "}";

    Decoded decoded = decoder.decode(record(ROBOT, value));

    assertThat(samples(decoded).keySet()).noneMatch(s -> s.contains("axis=\"x\""));
    assertThat(Records.series(decoded.occurrences()[0]))
        .noneMatch(series -> series.contains("location"));
  }

  @Test
  void messagesOfOneShapeShareTheirLayouts() {
    Decoded first = decoder.decode(record(ROBOT, Records.example("telemetry-v2.json")));
    Decoded second =
        decoder.decode(record(ROBOT, Records.example("telemetry-v2.json").replace("75.0", "76.0")));
    Decoded another = decoder.decode(record("R-2", Records.example("telemetry-v2.json")));

    assertThat(second.batches()[0].layout()).isSameAs(first.batches()[0].layout());
    assertThat(second.occurrences()[0].series()).isSameAs(first.occurrences()[0].series());
    assertThat(another.batches()[0].layout()).isNotEqualTo(first.batches()[0].layout());
    assertThat(another.batches()[0].key()).isNotEqualTo(first.batches()[0].key());
  }

  @Test
  void oneMessageDeliveredTwiceHasOneNaturalKey() {
    String update = Records.exampleLines("telemetry-events.jsonl").get(0);
    Decoded full = decoder.decode(record(ROBOT, Records.example("telemetry-v2.json")));

    long key = decoder.decode(record(ROBOT, update)).occurrences()[0].naturalKey();

    assertThat(decoder.decode(record(ROBOT, update)).occurrences()[0].naturalKey()).isEqualTo(key);
    assertThat(full.occurrences()[0].naturalKey()).isNotEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource({
    "Idle,idle",
    "docked,idle",
    "BUSY,moving",
    "undocking,docking",
    "charging,charging",
    "E-Stop,estop",
    "emergency_stop,estop",
    "error,fault",
    "config,maintenance",
    "Initializing,starting",
    "shutdown,off"
  })
  void stateWordsOfAllSourcesAreMapped(String word, String canonical) {
    assertThat(RobotState.ofWord(word).word()).isEqualTo(canonical);
  }

  @Test
  void theRobotMayBeNamedInside() {
    String value = "{\"robot_id\": \"R-7\", \"ts\": 1795546200000, " + STATUS + "}";

    assertThat(rejects(decoder.decode(record("R-7", value)))).isEmpty();
    assertThat(decoder.decode(record(null, value)).batches()[0].layout().series(0).entity())
        .isEqualTo("R-7");
    assertThat(rejects(decoder.decode(record("R-8", value))))
        .containsExactly("KEY_MISMATCH robot_id");
    assertThat(decoder.decode(record("R-8", value)).batches()).isEmpty();
  }

  @Test
  void blankKeysNameNobodyAndLongOnesAreRefused() {
    String value = "{\"ts\": 1795546200000, " + STATUS + "}";

    assertThat(rejects(decoder.decode(record(" ", value)))).containsExactly("NO_ENTITY key");
    assertThat(rejects(decoder.decode(record("x".repeat(201), value))))
        .containsExactly("OUT_OF_RANGE key");
  }

  @Test
  void absentRequiredFieldsOfABlockAreNamed() {
    String value =
        "{\"ts\": 1795546200000, \"status\": {\"state\": \"idle\"}, \"location\": {\"accuracy\": 1}}";

    assertThat(rejects(decoder.decode(record(ROBOT, value))))
        .containsExactlyInAnyOrder(
            "MISSING_FIELD status.pos_mm",
            "MISSING_FIELD status.vel_mms",
            "MISSING_FIELD status.acc_mms2",
            "MISSING_FIELD status.safety",
            "MISSING_FIELD location.position",
            "MISSING_FIELD location.orientation");
  }

  @Test
  void wrongTypesRejectOnlyTheirField() {
    String value =
        "{\"ts\": 1795546200000, \"cargo_present\": 1, \"cpu_usage\": 101, \"rssi\": 1e999, "
            + "\"navigation\": [], "
            + STATUS
            + "}";

    Decoded decoded = decoder.decode(record(ROBOT, value));

    assertThat(rejects(decoded))
        .containsExactlyInAnyOrder(
            "WRONG_TYPE cargo_present",
            "OUT_OF_RANGE cpu_usage",
            "NOT_FINITE rssi",
            "WRONG_TYPE navigation");
    assertThat(samples(decoded)).containsKey(series("oht50_robot_position_mm", "axis", "track"));
  }

  @Test
  void aMessageOfRejectsOnlyIsNoEvidenceOfTime() {
    Decoded decoded = decoder.decode(record(ROBOT, "{\"ts\": 1795546200000, \"status\": 7}"));

    assertThat(rejects(decoded)).containsExactly("WRONG_TYPE status");
    assertThat(decoded.hasEventTime()).isFalse();
    assertThat(decoded.occurrences()).isEmpty();
  }

  @Test
  void anEnvelopeOfAnotherProtocolIsUnknown() {
    assertThat(rejects(decoder.decode(record(ROBOT, "{\"type\": \"weather\", \"data\": {}}"))))
        .containsExactly("UNKNOWN_MESSAGE_TYPE type");
    assertThat(rejects(decoder.decode(record(ROBOT, "{\"event\": 7, \"data\": {}}"))))
        .containsExactly("WRONG_TYPE event");
  }

  @Test
  void theClockMayRunAheadByThirtySeconds() {
    long limit = Records.ARRIVAL + 30_000;

    assertThat(rejects(decoder.decode(record(ROBOT, "{\"ts\": " + limit + ", " + STATUS + "}"))))
        .isEmpty();
    assertThat(
            rejects(decoder.decode(record(ROBOT, "{\"ts\": " + (limit + 1) + ", " + STATUS + "}"))))
        .containsExactly("TOO_FAR_AHEAD ts");
  }
}
