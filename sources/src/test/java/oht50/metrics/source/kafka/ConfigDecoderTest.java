package oht50.metrics.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import oht50.metrics.source.Decoded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigDecoderTest {
  private final Decoder decoder = DecoderFactory.config(DecoderFactory.STANDARD_MAX_AHEAD).create();

  private Decoded decode(String value) {
    return decoder.decode(Records.record("config", value));
  }

  /** Series of all counts. */
  private List<String> counts(String value) {
    return Arrays.stream(decode(value).occurrences())
        .flatMap(occurrence -> Records.series(occurrence).stream())
        .toList();
  }

  private static String entry(int version, String action) {
    return """
        {"version": %d, "timestamp": "2026-11-24T18:50:00.000001", "action": "%s", "user": "alice",
         "config_data": {"version": %d, "telemetry": {"ws_hz": 10}}}"""
        .formatted(version, action, version);
  }

  private static String updated(String status, String changes) {
    return """
        {"type": "config.updated", "timestamp": "2026-11-24T18:50:00Z", "data": {"config_id": "c-1",
         "version": "1.2.3", "changes": {%s}, "status": "%s"}}"""
        .formatted(changes, status);
  }

  @Test
  void oneChangeOfTheHistoryCountsOnceAlthoughItHasTwoEntries() {
    String changes = "oht50_config_changes_total{config_type=\"telemetry\"}";

    assertThat(counts(entry(2, "updated"))).isEmpty();
    assertThat(counts(entry(3, "created"))).containsExactly(changes);
    assertThat(counts(entry(3, "rollback_from"))).isEmpty();
    assertThat(counts(entry(2, "rollback_to"))).containsExactly(changes);
    assertThat(decode(entry(2, "updated")).events()).hasSize(1);
    assertThat(Records.rejects(decode(entry(2, "removed"))))
        .containsExactly("UNKNOWN_ENUM_VALUE action");
  }

  @Test
  void aChangeCountsWhenItIsAppliedAndARefusedOneIsAnError() {
    String changes = "\"safety.e_stop_timeout\": \"50 -> 100\", \"comm.port\": \"1 -> 2\"";

    assertThat(counts(updated("applied", changes)))
        .containsExactlyInAnyOrder(
            "oht50_config_changes_total{config_type=\"safety\"}",
            "oht50_config_changes_total{config_type=\"comm\"}");
    assertThat(counts(updated("pending", changes))).isEmpty();
    assertThat(counts(updated("failed", "\"safety.limit\": \"\"")))
        .containsExactly("oht50_config_validation_errors_total{config_type=\"safety\"}");
    assertThat(Records.rejects(decode(updated("lost", changes))))
        .containsExactly("UNKNOWN_ENUM_VALUE data.status");
  }

  @Test
  void theSameChangeToldAgainHasTheSameKey() {
    String message = updated("applied", "\"a\": 1");

    assertThat(decode(message).occurrences()[0].naturalKey())
        .isEqualTo(decode(message).occurrences()[0].naturalKey())
        .isNotEqualTo(decode(message.replace("1.2.3", "1.2.4")).occurrences()[0].naturalKey());
  }

  @ParameterizedTest
  @CsvSource({
    "safety.e_stop_timeout,safety",
    "max_velocity,system",
    "telemetry,telemetry",
    "Speed.limit,speed",
    "7up.x,system"
  })
  void theAreaIsTheFirstSegmentOfTheKey(String key, String area) {
    assertThat(ConfigAreas.ofKey(key)).isEqualTo(area);
  }

  @Test
  void secretsAreNotKept() {
    String setting =
        "{\"config_key\": \"auth.token\", \"config_value\": \"abc\", \"updated_at\": 1795546200}";

    assertThat(decode(updated("applied", "\"db.password\": \"abc -> def\"")).events()[0].payload())
        .contains("db.password")
        .doesNotContain("abc");
    assertThat(decode(setting).events()[0].payload()).contains("auth.token").doesNotContain("abc");
  }
}
