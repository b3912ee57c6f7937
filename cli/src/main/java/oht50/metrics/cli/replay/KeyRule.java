package oht50.metrics.cli.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Optional;
import oht50.metrics.cli.Topics;

/** Where the key of a record comes from: always the same text, or a field of the value. */
public sealed interface KeyRule {
  /** Null if the value has no such field: a record without key is for its reader to judge. */
  String keyOf(String value);

  /** {@code @field} or a text. */
  static KeyRule parse(String text) {
    return text.startsWith("@") ? new OfField(text.substring(1)) : new Constant(text);
  }

  /** What the topic's records are keyed by, where the value says it. */
  static Optional<KeyRule> defaultOf(String topic) {
    String field =
        Map.of(Topics.POINTS, "name", Topics.MISSIONS, "mission_id", Topics.REGISTRY, "robot_id")
            .get(topic);
    return Optional.ofNullable(field).map(OfField::new);
  }

  /** One key for all. */
  record Constant(String key) implements KeyRule {
    @Override
    public String keyOf(String value) {
      return key;
    }
  }

  /** The field of the value, of its first element if it is an array, or of its {@code data}. */
  record OfField(String field) implements KeyRule {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String keyOf(String value) {
      try {
        JsonNode node = JSON.readTree(value);
        JsonNode message = node.isArray() && !node.isEmpty() ? node.get(0) : node;
        JsonNode key = message.has(field) ? message.get(field) : message.path("data").path(field);
        return key.isValueNode() && !key.isNull() ? key.asText() : null;
      } catch (JsonProcessingException e) {
        return null;
      }
    }
  }
}
