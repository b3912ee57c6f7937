package oht50.metrics.job.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the states of a fleet's log say of orders and safety, read one after the other. Only what
 * occurs in these logs is known here: an order is gone when it ends, errors are fatal, nobody stops
 * a robot but by hand.
 */
final class FleetStates {
  private final Map<String, Integer> missions = new TreeMap<>();
  private final Map<String, Integer> safety = new TreeMap<>();
  private double seconds;

  static FleetStates of(List<JsonNode> log) {
    Map<String, List<JsonNode>> byRobot = new TreeMap<>();
    for (JsonNode record : log) {
      if (record.path("topic").asText().equals("vda5050.state")) {
        byRobot
            .computeIfAbsent(record.path("key").asText(), robot -> new ArrayList<>())
            .add(record.path("value"));
      }
    }
    FleetStates all = new FleetStates();
    byRobot.forEach(
        (robot, states) -> {
          states.sort(Comparator.comparingLong(state -> state.path("headerId").asLong()));
          for (int i = 1; i < states.size(); i++) {
            all.step(robot, states, i);
          }
        });
    return all;
  }

  private void step(String robot, List<JsonNode> states, int i) {
    JsonNode before = states.get(i - 1);
    JsonNode now = states.get(i);
    boolean isStopped = !stop(now).equals("NONE");
    boolean isFaulty = !now.path("errors").isEmpty();
    String order = before.path("orderId").asText();
    if (!order.isEmpty() && !now.path("orderId").asText().equals(order)) {
      String status = isFaulty ? "failed" : isStopped ? "cancelled" : "completed";
      missions.merge(robot + " order " + status, 1, Integer::sum);
      int first = i - 1;
      while (states.get(first - 1).path("orderId").asText().equals(order)) {
        first--;
      }
      seconds += (time(now) - time(states.get(first))) / 1000.0;
    }
    if (isStopped && stop(before).equals("NONE")) {
      safety.merge(robot + " e_stop critical", 1, Integer::sum);
    }
    if (isFaulty && before.path("errors").isEmpty()) {
      safety.merge(robot + " hardware_error critical", 1, Integer::sum);
    }
  }

  private static String stop(JsonNode state) {
    JsonNode said = state.path("safetyState");
    return said.has("eStop")
        ? said.path("eStop").asText()
        : said.path("activeEmergencyStop").asText();
  }

  private static long time(JsonNode state) {
    return Instant.parse(state.path("timestamp").asText()).toEpochMilli();
  }

  /** {@code robot type status} -> how many. */
  Map<String, Integer> missions() {
    return missions;
  }

  /** {@code robot type severity} -> how many. */
  Map<String, Integer> safety() {
    return safety;
  }

  /** How long all orders took. */
  double seconds() {
    return seconds;
  }
}
