package oht50.metrics.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import oht50.metrics.model.Evidence;

/** What a change of an alert rests on, as JSON: the same on the topic and in the table. */
public final class EvidenceJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private EvidenceJson() {}

  /** An array of objects. */
  public static String write(List<Evidence.Point> points) {
    ArrayNode all = JSON.createArrayNode();
    for (Evidence.Point point : points) {
      ObjectNode object = all.addObject();
      object.put(point.isEvent() ? "event" : "series", point.subject());
      object.put("timestamp", Instant.ofEpochMilli(point.timestamp()).toString());
      if (!point.isEvent()) {
        writeValue(object, point.value());
      }
      if (!point.source().isEmpty()) {
        object.put("topic", point.source());
        object.put("partition", point.partition());
        object.put("offset", point.offset());
      }
    }
    return all.toString();
  }

  /** As Prometheus writes numbers that JSON has not. */
  private static void writeValue(ObjectNode object, double value) {
    if (Double.isNaN(value)) {
      object.put("value", "NaN");
    } else if (Double.isInfinite(value)) {
      object.put("value", value > 0 ? "+Inf" : "-Inf");
    } else {
      object.put("value", value);
    }
  }

  /**
   * @throws IllegalStateException if it is not what was written
   */
  public static List<Evidence.Point> read(String json) {
    try {
      List<Evidence.Point> points = new ArrayList<>();
      for (JsonNode object : JSON.readTree(json)) {
        boolean isEvent = object.has("event");
        points.add(
            new Evidence.Point(
                object.path(isEvent ? "event" : "series").asText(),
                isEvent,
                Instant.parse(object.path("timestamp").asText()).toEpochMilli(),
                readValue(object.path("value")),
                object.path("topic").asText(""),
                object.path("partition").asInt(),
                object.path("offset").asLong()));
      }
      return points;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("evidence that this job has written cannot be read", e);
    }
  }

  private static double readValue(JsonNode value) {
    if (value.isNumber()) {
      return value.doubleValue();
    }
    return switch (value.asText()) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.NaN;
    };
  }
}
