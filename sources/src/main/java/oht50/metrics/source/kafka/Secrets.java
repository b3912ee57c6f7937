package oht50.metrics.source.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Passwords, hashes and tokens within messages that are kept: their values become {@code ***}. */
final class Secrets {
  private static final TextNode MASK = TextNode.valueOf("***");
  private static final List<String> WORDS =
      List.of("password", "passwd", "secret", "token", "hash", "credential", "api_key", "apikey");

  private Secrets() {}

  /** A copy in which what fields with a telling name hold is masked. */
  static JsonNode masked(JsonNode node) {
    JsonNode copy = node.deepCopy();
    mask(copy);
    return copy;
  }

  private static void mask(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        if (isTelling(field.getKey())) {
          field.setValue(MASK);
        } else {
          mask(field.getValue());
        }
      }
      // A stored setting has its name and its value side by side.
      if (isTelling(object.path("config_key").asText()) && object.has("config_value")) {
        object.set("config_value", MASK);
      }
    } else if (node instanceof ArrayNode array) {
      array.forEach(Secrets::mask);
    }
  }

  private static boolean isTelling(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return WORDS.stream().anyMatch(lower::contains);
  }
}
