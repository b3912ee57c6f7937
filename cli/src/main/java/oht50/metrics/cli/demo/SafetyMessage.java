package oht50.metrics.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import oht50.metrics.cli.Topics;

/** Safety events of one robot. */
final class SafetyMessage {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SafetyMessage() {}

  static DemoMessage emergencyStop(String robot, long timeMillis) {
    return event(robot, "e_stop", "critical", "E-stop pressed", 38.0, timeMillis);
  }

  static DemoMessage zoneViolation(String robot, long timeMillis) {
    return event(robot, "zone_violation", "medium", "Entered a restricted zone", 45.0, timeMillis);
  }

  /** Ends an e-stop: somebody has seen to it. */
  static DemoMessage clear(String robot, long timeMillis) {
    ObjectNode event = JSON.createObjectNode();
    event.put("type", "safety.clear");
    event.put("timestamp", Instant.ofEpochMilli(timeMillis).toString());
    event.put("robot_id", robot);
    ObjectNode data = event.putObject("data");
    data.put("robot_id", robot);
    data.put("cleared_by", "operator");
    data.put("next_action", "resume");
    return new DemoMessage(Topics.SAFETY, robot, event.toString());
  }

  private static DemoMessage event(
      String robot,
      String type,
      String severity,
      String description,
      double responseMillis,
      long timeMillis) {
    ObjectNode event = JSON.createObjectNode();
    event.put("id", robot + "-" + type + "-" + timeMillis);
    event.put("robot_id", robot);
    event.put("timestamp", Instant.ofEpochMilli(timeMillis).toString());
    event.put("event_type", type);
    event.put("severity", severity);
    event.put("description", description);
    event.put("source", "hardware");
    event.putObject("data").put("response_time_ms", responseMillis);
    event.put("is_acknowledged", false);
    event.putNull("acknowledged_by");
    event.putNull("acknowledged_at");
    return new DemoMessage(Topics.SAFETY, robot, event.toString());
  }
}
