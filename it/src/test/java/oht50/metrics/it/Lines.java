package oht50.metrics.it;

import java.time.Instant;
import java.util.Locale;

/** Lines of {@code {topic, key, value}} as {@code ./oht50 replay} takes them. */
final class Lines {
  private Lines() {}

  static String safety(String robot, String type, String severity, long timestamp) {
    return line(
        "oht50.safety",
        robot,
        String.format(
            Locale.ROOT,
            "{\"event_type\": \"%s\", \"severity\": \"%s\", \"timestamp\": \"%s\"}",
            type,
            severity,
            Instant.ofEpochMilli(timestamp)));
  }

  static String answeredSafety(
      String robot, String type, String severity, long timestamp, int responseMillis) {
    return line(
        "oht50.safety",
        robot,
        String.format(
            Locale.ROOT,
            "{\"event_type\": \"%s\", \"severity\": \"%s\", \"timestamp\": \"%s\", \"response_time_ms\": %d}",
            type,
            severity,
            Instant.ofEpochMilli(timestamp),
            responseMillis));
  }

  static String mission(String mission, String robot, String type, String status, long timestamp) {
    return line(
        "oht50.missions",
        mission,
        String.format(
            Locale.ROOT,
            "{\"mission_id\": \"%s\", \"robot_id\": \"%s\", \"mission_type\": \"%s\", \"status\": \"%s\", \"timestamp\": \"%s\"}",
            mission,
            robot,
            type,
            status,
            Instant.ofEpochMilli(timestamp)));
  }

  static String clear(String robot, long timestamp) {
    return line(
        "oht50.safety",
        robot,
        String.format(
            Locale.ROOT,
            "{\"type\": \"safety.clear\", \"timestamp\": \"%s\", \"data\": {\"cleared_by\": \"operator\"}}",
            Instant.ofEpochMilli(timestamp)));
  }

  static String point(String name, String labels, long timestamp, double value) {
    return line(
        "oht50.points",
        name,
        String.format(
            Locale.ROOT,
            "{\"name\": \"%s\", \"value\": %s, \"timestamp\": \"%s\", \"labels\": %s, \"metric_type\": \"gauge\"}",
            name,
            Double.toString(value),
            Instant.ofEpochMilli(timestamp),
            labels));
  }

  static String clock(long timestamp) {
    return line("oht50.clock", "clock", "{\"ts\": " + timestamp + "}");
  }

  static String raw(String topic, String key, String value) {
    String quoted = "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    return line(topic, key, quoted);
  }

  private static String line(String topic, String key, String value) {
    return "{\"topic\": \"" + topic + "\", \"key\": \"" + key + "\", \"value\": " + value + "}";
  }
}
