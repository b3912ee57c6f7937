package oht50.metrics.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import oht50.metrics.model.Event;
import oht50.metrics.model.EventKind;
import oht50.metrics.source.Decoded;
import org.junit.jupiter.api.Test;

class ExternalAlertsDecoderTest {
  private static final String RESOLVED =
      """
      {"type": "alert_update", "timestamp": "2026-11-25T01:50:00.5", "source": "backend",
       "data": {"action": "resolved", "alert": {"id": 7, "source": "safety_system",
       "status": "resolved", "severity": "emergency"}}}""";

  private final Decoder decoder =
      DecoderFactory.externalAlerts(
              DecoderFactory.STANDARD_MAX_AHEAD, ZoneId.of("Asia/Ho_Chi_Minh"))
          .create();

  private Decoded decode(String key, String value) {
    return decoder.decode(Records.record(key, value));
  }

  @Test
  void whoeverAnswersASafetyAlertElsewhereHasAnsweredTheRobot() {
    Event[] events = decode(Records.ROBOT, RESOLVED).events();

    assertThat(events).hasSize(2);
    assertThat(events[0].kind()).isEqualTo(EventKind.ALERT);
    assertThat(events[1].kind()).isEqualTo(EventKind.SAFETY);
    assertThat(events[1].type()).isEqualTo(SafetyWords.ACK);
    assertThat(events[1].acknowledged()).isTrue();
    assertThat(events[1].entity()).isEqualTo(Records.ROBOT);
    assertThat(events[1].timestamp()).isEqualTo(Records.EVENT_TIME + 500);
  }

  @Test
  void theRobotMayBeNamedInside() {
    String named = RESOLVED.replace("\"id\": 7", "\"id\": 7, \"robot_id\": \"R-7\"");

    assertThat(decode("backend-1", named).events()[1].entity()).isEqualTo("R-7");
    assertThat(Records.rejects(decode(null, RESOLVED))).containsExactly("NO_ENTITY key");
  }

  @Test
  void anotherAlertAnswersNoRobot() {
    Decoded other = decode(Records.ROBOT, RESOLVED.replace("safety_system", "hardware_monitor"));
    Decoded raised =
        decode(
            Records.ROBOT, RESOLVED.replace("\"action\": \"resolved\"", "\"action\": \"created\""));

    assertThat(other.events()).hasSize(1);
    assertThat(other.events()[0].kind()).isEqualTo(EventKind.ALERT);
    assertThat(other.events()[0].entity()).isNull();
    assertThat(raised.events()).hasSize(1);
    assertThat(raised.events()[0].acknowledged()).isFalse();
  }

  @Test
  void unknownWordsAreNamed() {
    assertThat(Records.rejects(decode("k", RESOLVED.replace("alert_update", "alert_gone"))))
        .containsExactly("UNKNOWN_MESSAGE_TYPE type");
    assertThat(
            Records.rejects(
                decode("k", RESOLVED.replace("\"action\": \"resolved\"", "\"action\": \"lost\""))))
        .containsExactly("UNKNOWN_ENUM_VALUE data.action");
  }
}
