package oht50.metrics.sink.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import oht50.metrics.model.AlertState;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Cause;
import oht50.metrics.model.Evidence;
import oht50.metrics.model.Labels;
import oht50.metrics.model.Position;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Rejected;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class RecordSchemasTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long ACTIVE = Instant.parse("2026-11-24T18:50:00.120Z").toEpochMilli();

  private static AlertTransition transition(double value, long endsAt, String replaces) {
    return new AlertTransition(
        "9f3a0c1de5b7420a",
        "c1f2a9d400000000",
        "SafetyEventCritical",
        AlertState.FIRING,
        AlertState.INACTIVE,
        false,
        1,
        Cause.ON_TIME,
        Labels.of("alertname", "SafetyEventCritical", "severity", "critical"),
        Labels.of("summary", "Critical safety event detected: \"ü\""),
        value,
        ACTIVE,
        ACTIVE,
        endsAt,
        ACTIVE + 38,
        replaces,
        new Evidence(
            3,
            List.of(
                new Evidence.Point("a{robot_id=\"R\"}", false, 10, 1.5, "oht50.telemetry", 2, 7),
                new Evidence.Point("event-1", true, 20, Double.NaN, "oht50.safety", 0, 8))),
        3,
        41);
  }

  private static String text(byte[] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void alertRecordHasItsFieldsInOrder() {
    ProducerRecord<byte[], byte[]> record =
        new AlertRecordSchema("oht50.alerts")
            .serialize(transition(1, AlertTransition.OPEN, null), null, null);

    assertThat(record.topic()).isEqualTo("oht50.alerts");
    assertThat(text(record.key())).isEqualTo("c1f2a9d400000000");
    assertThat(text(record.value()))
        .isEqualTo(
            "{\"transition_id\":\"9f3a0c1de5b7420a\",\"alert_id\":\"c1f2a9d400000000\","
                + "\"rule\":\"SafetyEventCritical\",\"state\":\"firing\","
                + "\"previous_state\":\"inactive\",\"revision\":0,\"cause\":\"on_time\","
                + "\"labels\":{\"alertname\":\"SafetyEventCritical\",\"severity\":\"critical\"},"
                + "\"annotations\":{\"summary\":\"Critical safety event detected: \\\"ü\\\"\"},"
                + "\"value\":1.0,\"starts_at\":\"2026-11-24T18:50:00.120Z\","
                + "\"active_at\":\"2026-11-24T18:50:00.120Z\",\"ends_at\":null,"
                + "\"decided_at\":\"2026-11-24T18:50:00.158Z\",\"withdrawn\":false,\"turn\":1,"
                + "\"replaces\":null,\"rule_version\":3,\"evidence\":["
                + "{\"series\":\"a{robot_id=\\\"R\\\"}\",\"timestamp\":\"1970-01-01T00:00:00.010Z\","
                + "\"value\":1.5,\"topic\":\"oht50.telemetry\",\"partition\":2,\"offset\":7},"
                + "{\"event\":\"event-1\",\"timestamp\":\"1970-01-01T00:00:00.020Z\","
                + "\"topic\":\"oht50.safety\",\"partition\":0,\"offset\":8}],"
                + "\"epoch\":3,\"seq\":41}");
  }

  @Test
  void endAndReplacedAlertAreGiven() throws IOException {
    JsonNode record = MAPPER.readTree(AlertRecord.value(transition(1, ACTIVE + 1_000, "abc")));

    assertThat(record.get("ends_at").asText()).isEqualTo("2026-11-24T18:50:01.120Z");
    assertThat(record.get("replaces").asText()).isEqualTo("abc");
  }

  @Test
  void valueThatJsonHasNoNumberForIsAString() throws IOException {
    assertThat(value(Double.NaN)).isEqualTo("NaN");
    assertThat(value(Double.POSITIVE_INFINITY)).isEqualTo("+Inf");
    assertThat(value(Double.NEGATIVE_INFINITY)).isEqualTo("-Inf");
  }

  private static String value(double value) throws IOException {
    JsonNode record = MAPPER.readTree(AlertRecord.value(transition(value, ACTIVE, null)));
    return record.get("value").textValue();
  }

  @Test
  void rejectIsKeyedByTheTopicItCameFrom() {
    Rejected rejected =
        new Rejected(
            new Position("oht50.points", 2, 7),
            "[0].value",
            RejectReason.NOT_FINITE,
            "NaN; a finite number is needed",
            null,
            "[{\"value\": NaN}]",
            ACTIVE);
    ProducerRecord<byte[], byte[]> record =
        new RejectedRecordSchema("oht50.rejected").serialize(rejected, null, null);

    assertThat(record.topic()).isEqualTo("oht50.rejected");
    assertThat(text(record.key())).isEqualTo("oht50.points");
    assertThat(text(record.value()))
        .isEqualTo(
            "{\"topic\":\"oht50.points\",\"partition\":2,\"offset\":7,\"path\":\"[0].value\","
                + "\"reason\":\"NOT_FINITE\",\"detail\":\"NaN; a finite number is needed\","
                + "\"key\":null,\"value\":\"[{\\\"value\\\": NaN}]\","
                + "\"append_time\":\"2026-11-24T18:50:00.120Z\"}");
  }

  @Test
  void tickIsItsTime() {
    ProducerRecord<byte[], byte[]> record =
        new TickRecordSchema("oht50.clock").serialize(ACTIVE, null, null);

    assertThat(record.topic()).isEqualTo("oht50.clock");
    assertThat(record.key()).isNull();
    assertThat(text(record.value())).isEqualTo("{\"ts\":" + ACTIVE + "}");
  }

  @Test
  void sinksTravelToTheTaskManager() throws Exception {
    Properties none = new Properties();
    for (Sink<?> sink :
        new Sink<?>[] {
          KafkaSinks.alertsSink("k:9092", "oht50.alerts", "oht50-alerts", none),
          KafkaSinks.rejectedSink("k:9092", "oht50.rejected", none),
          KafkaSinks.clockSink("k:9092", "oht50.clock", none)
        }) {
      assertThat(InstantiationUtil.clone(sink)).isNotNull();
    }
  }

  @Test
  void transactionsEndBeforeABrokerRefusesThem() {
    assertThat(KafkaSinks.TRANSACTION_TIMEOUT).hasMinutes(14);
  }

  @Test
  void exactlyOnceNeedsAPrefix() {
    assertThatThrownBy(() -> KafkaSinks.alertsSink("k:9092", "t", " ", new Properties()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("transactional id prefix");
  }
}
