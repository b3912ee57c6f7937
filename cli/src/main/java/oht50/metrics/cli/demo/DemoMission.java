package oht50.metrics.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import oht50.metrics.cli.Topics;

/** A mission of one robot, and its records. */
record DemoMission(String id, String type, String priority, String robotId, Station target) {
  private static final ObjectMapper JSON = new ObjectMapper();

  DemoMessage record(String status, long timeMillis) {
    ObjectNode record = JSON.createObjectNode();
    record.put("mission_id", id);
    record.put("mission_type", type);
    record.put("robot_id", robotId);
    record.put("priority", priority);
    record.put("status", status);
    record.put("timestamp", Instant.ofEpochMilli(timeMillis).toString());
    return new DemoMessage(Topics.MISSIONS, id, record.toString());
  }
}
