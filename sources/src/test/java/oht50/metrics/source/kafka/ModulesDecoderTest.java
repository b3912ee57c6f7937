package oht50.metrics.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModulesDecoderTest {
  private final Decoder decoder =
      DecoderFactory.modules(DecoderFactory.STANDARD_MAX_AHEAD, ZoneOffset.UTC).create();

  @ParameterizedTest
  @CsvSource({
    "auto,auto",
    "AUTOMATIC,auto",
    "semi,semi_auto",
    "semi_auto,semi_auto",
    "Semi-Automatic,semi_auto",
    "manual,manual",
    "maintenance,maintenance",
    "emergency,emergency"
  })
  void modesOfAllSourcesAreMapped(String word, String canonical) {
    assertThat(RobotMode.ofWord(word).word()).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource({"healthy,1", "online,1", "warning,1", "error,0", "lost,0", "offline,0"})
  void aModuleIsUpWhileItWorks(String status, double up) {
    String message = Records.exampleLines("module-events.jsonl").get(0);

    assertThat(
            Records.samples(
                decoder.decode(
                    Records.record(
                        Records.ROBOT, message.replace("\"online\"", "\"" + status + "\"")))))
        .containsExactly(
            Map.entry("oht50_module_up{module_id=\"module-001\",robot_id=\"OHT-50-001\"}", up));
  }

  @Test
  void rejectsNameTheField() {
    String change = Records.exampleLines("module-events.jsonl").get(1);
    String mode = Records.exampleLines("mode-events.jsonl").get(0);

    assertThat(rejects(change.replace("new_status", "next")))
        .containsExactly("MISSING_FIELD data.new_status");
    assertThat(rejects(change.replace("\"error\"", "\"tired\"")))
        .containsExactly("UNKNOWN_ENUM_VALUE data.new_status");
    assertThat(rejects(change.replace("module.status_change", "module.gone")))
        .containsExactly("UNKNOWN_MESSAGE_TYPE type");
    assertThat(rejects(mode.replace("OHT-50-001", "OHT-50-002")))
        .containsExactly("KEY_MISMATCH data.robot_id");
    assertThat(rejects(mode.replace("\"maintenance\"", "\"party\"")))
        .containsExactly("UNKNOWN_ENUM_VALUE data.mode");
  }

  private List<String> rejects(String message) {
    return Records.rejects(decoder.decode(Records.record(Records.ROBOT, message)));
  }
}
