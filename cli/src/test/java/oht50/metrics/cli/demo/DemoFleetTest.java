package oht50.metrics.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oht50.metrics.cli.Topics;
import org.junit.jupiter.api.Test;

class DemoFleetTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long BEGINNING = 1795546200000L;

  @Test
  void sameSeedAndTimesGiveTheSameMessages() {
    assertThat(messages(50, 600)).isEqualTo(messages(50, 600));
    assertThat(messages(51, 600)).isNotEqualTo(messages(50, 600));
  }

  @Test
  void everyRobotSpeaksEverySecond() {
    List<DemoMessage> telemetry = ofTopic(messages(50, 60), Topics.TELEMETRY);
    assertThat(telemetry).hasSize(60 * DemoFleet.ROBOTS);
    assertThat(telemetry.stream().map(DemoMessage::key).distinct())
        .containsExactly(
            "DEMO-001",
            "DEMO-002",
            "DEMO-003",
            "DEMO-004",
            "DEMO-005",
            "DEMO-006",
            "DEMO-007",
            "DEMO-008");
  }

  @Test
  void telemetryStaysWithinItsLimits() throws JsonProcessingException {
    for (DemoMessage message : ofTopic(messages(50, 3600), Topics.TELEMETRY)) {
      JsonNode value = JSON.readTree(message.value());
      assertThat(value.path("status").path("pos_mm").asDouble()).isBetween(-10_000.0, 10_000.0);
      assertThat(Math.abs(value.path("status").path("vel_mms").asDouble()))
          .isLessThanOrEqualTo(1_000);
      assertThat(value.path("navigation").path("progress").asDouble()).isBetween(0.0, 100.0);
      assertThat(value.path("temperature").asDouble()).isBetween(20.0, 80.0);
      assertThat(value.path("status").path("state").asText())
          .isIn(Set.of("idle", "navigating", "dock", "estop"));
    }
  }

  @Test
  void missionsEndOnceAndInOrder() throws JsonProcessingException {
    Map<String, List<String>> statuses = new HashMap<>(); // mission -> its statuses
    for (DemoMessage message : ofTopic(messages(50, 3600), Topics.MISSIONS)) {
      JsonNode value = JSON.readTree(message.value());
      assertThat(message.key()).isEqualTo(value.path("mission_id").asText());
      statuses
          .computeIfAbsent(message.key(), id -> new ArrayList<>())
          .add(value.path("status").asText());
    }
    assertThat(statuses).hasSizeGreaterThan(50);
    assertThat(statuses.values())
        .allSatisfy(
            each ->
                assertThat(
                        List.of(
                            List.of("queued", "executing", "completed"),
                            List.of("queued", "executing", "failed")))
                    .anyMatch(whole -> whole.subList(0, each.size()).equals(each)));
    assertThat(statuses.values()).anyMatch(each -> each.contains("failed"));
  }

  @Test
  void oneEmergencyStopIsNotSeenToForFourMinutes() throws JsonProcessingException {
    List<DemoMessage> third =
        ofTopic(messages(50, 400), Topics.SAFETY).stream()
            .filter(message -> message.key().equals("DEMO-003"))
            .filter(message -> !message.value().contains("zone_violation"))
            .toList();
    JsonNode stop = JSON.readTree(third.get(0).value());
    assertThat(stop.path("event_type").asText()).isEqualTo("e_stop");
    assertThat(stop.path("severity").asText()).isEqualTo("critical");
    assertThat(stop.path("timestamp").asText()).isEqualTo("2026-11-24T18:51:30.014Z");
    JsonNode clear = JSON.readTree(third.get(1).value());
    assertThat(clear.path("type").asText()).isEqualTo("safety.clear");
    assertThat(clear.path("timestamp").asText()).isEqualTo("2026-11-24T18:55:30.014Z");
  }

  @Test
  void everyOtherEmergencyStopIsSeenToInTime() throws JsonProcessingException {
    Map<String, Long> open = new HashMap<>(); // robot -> time of the stop
    for (DemoMessage message : ofTopic(messages(50, 7200), Topics.SAFETY)) {
      JsonNode value = JSON.readTree(message.value());
      long time = java.time.Instant.parse(value.path("timestamp").asText()).toEpochMilli();
      if (value.path("event_type").asText().equals("e_stop")) {
        assertThat(open.put(message.key(), time)).isNull();
      } else if (value.path("type").asText().equals("safety.clear")) {
        long took = time - open.remove(message.key());
        boolean staged = message.key().equals("DEMO-003") && took == 240_000;
        assertThat(staged || took < 120_000).isTrue();
      }
    }
  }

  private static List<DemoMessage> messages(long seed, int seconds) {
    DemoFleet fleet = new DemoFleet(seed, BEGINNING);
    List<DemoMessage> messages = new ArrayList<>();
    for (int second = 0; second < seconds; second++) {
      messages.addAll(fleet.next(BEGINNING + second * 1000L));
    }
    return messages;
  }

  private static List<DemoMessage> ofTopic(List<DemoMessage> messages, String topic) {
    return messages.stream().filter(message -> message.topic().equals(topic)).toList();
  }
}
