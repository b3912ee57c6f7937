package oht50.metrics.job.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Keys and values as they were written, and where. */
final class SettingsTree {
  private static final YAMLFactory YAML =
      YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final String source;
  private final ObjectNode root = NODES.objectNode();
  private final Map<String, Place> places = new HashMap<>(); // dotted key -> where it was written

  private SettingsTree(String source) {
    this.source = source;
  }

  /**
   * Reads YAML, and so JSON too.
   *
   * @param source of the text, for messages
   * @throws InvalidConfig if it is neither, or no mapping of keys to values
   */
  static SettingsTree read(String source, String text) throws InvalidConfig {
    SettingsTree tree = new SettingsTree(source);
    try (JsonParser parser = YAML.createParser(withoutAssignment(text))) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_OBJECT) {
        tree.readObject(parser, "", tree.root);
      } else if (first != null && first != JsonToken.VALUE_NULL) {
        throw tree.unusable(parser.currentTokenLocation(), "expected keys and their values");
      }
    } catch (JsonProcessingException e) {
      // what was read and what is wrong with it; the lines below each show where
      throw tree.unusable(
          e.getLocation(),
          e.getOriginalMessage()
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith(" "))
              .collect(Collectors.joining(": ")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tree;
  }

  /**
   * The specification has one configuration as a literal of Python: it is YAML too, but for the
   * {@code METRICS_CONFIG =} before it. Blanks take its place, so that columns stay.
   */
  private static String withoutAssignment(String text) {
    String name = SpecificationKeys.METRICS_CONFIG;
    int equals = text.indexOf('=');
    boolean isAssignment =
        text.startsWith(name) && equals > 0 && text.substring(name.length(), equals).isBlank();
    return isAssignment ? " ".repeat(equals + 1) + text.substring(equals + 1) : text;
  }

  /** What the command line sets: dotted key to value. */
  static SettingsTree ofCommandLine(Map<String, String> overrides) {
    SettingsTree tree = new SettingsTree(Place.COMMAND_LINE);
    overrides.forEach(tree::set);
    return tree;
  }

  private InvalidConfig unusable(JsonLocation location, String message) {
    Place place =
        location == null
            ? new Place(source, 0, 0, "")
            : new Place(source, location.getLineNr(), location.getColumnNr(), "");
    return InvalidConfig.of(List.of(new Finding(place, "", message)));
  }

  private void readObject(JsonParser parser, String prefix, ObjectNode object) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      String key = prefix + name;
      JsonLocation location = parser.currentTokenLocation();
      places.put(key, new Place(source, location.getLineNr(), location.getColumnNr(), key));
      parser.nextToken();
      object.set(name, readValue(parser, key));
    }
  }

  private JsonNode readValue(JsonParser parser, String key) throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT:
        ObjectNode object = NODES.objectNode();
        readObject(parser, key + ".", object);
        return object;
      case START_ARRAY:
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(readValue(parser, key));
        }
        return array;
      case VALUE_NULL:
        return NODES.nullNode();
      case VALUE_TRUE, VALUE_FALSE:
        return NODES.booleanNode(parser.getBooleanValue());
      default:
        return NODES.textNode(parser.getText()); // a number as it was written
    }
  }

  private void set(String dotted, String value) {
    String[] steps = dotted.split("\\.", -1);
    StringBuilder key = new StringBuilder();
    for (String step : steps) {
      key.append(key.isEmpty() ? "" : ".").append(step);
      places.putIfAbsent(key.toString(), Place.commandLine(dotted));
    }
    put(dotted, TextNode.valueOf(value), Place.commandLine(dotted));
  }

  /** Sets a value that was written elsewhere. */
  void put(String dotted, JsonNode value, Place place) {
    ObjectNode node = root;
    String[] steps = dotted.split("\\.", -1);
    for (int i = 0; i < steps.length - 1; i++) {
      JsonNode next = node.get(steps[i]);
      node = next instanceof ObjectNode object ? object : node.putObject(steps[i]);
    }
    node.set(steps[steps.length - 1], value);
    places.put(dotted, place);
  }

  /** Lays another tree over this one: what both say is as the other says it. */
  void add(SettingsTree other) {
    merge(root, other.root);
    other.places.forEach(
        (key, place) -> {
          // A section that both have stays where the file has it.
          if (!place.isCommandLine() || place.key().equals(key) || !places.containsKey(key)) {
            places.put(key, place);
          }
        });
  }

  private static void merge(ObjectNode base, ObjectNode over) {
    for (Map.Entry<String, JsonNode> entry : over.properties()) {
      JsonNode below = base.get(entry.getKey());
      if (below instanceof ObjectNode section && entry.getValue() instanceof ObjectNode other) {
        merge(section, other);
      } else {
        base.remove(entry.getKey()); // so that it comes last
        base.set(entry.getKey(), entry.getValue());
      }
    }
  }

  ObjectNode root() {
    return root;
  }

  /** Null if there is none, or nothing is said for it. */
  JsonNode at(String dotted) {
    JsonNode node = root;
    for (String step : dotted.split("\\.", -1)) {
      node = node.get(step);
      if (node == null || node.isNull()) {
        return null;
      }
    }
    return node;
  }

  /** Where a key was written, or null. */
  Place written(String key) {
    return places.get(key);
  }

  /** Where to look for a key: where it was written, else at the section of a file it belongs to. */
  Place place(String key) {
    Place place = places.get(key);
    if (place != null) {
      return place;
    }
    for (int dot = key.lastIndexOf('.'); dot > 0; dot = key.lastIndexOf('.', dot - 1)) {
      Place section = places.get(key.substring(0, dot));
      if (section != null && !section.isCommandLine()) {
        return section;
      }
    }
    return new Place(source, 0, 0, key);
  }
}
