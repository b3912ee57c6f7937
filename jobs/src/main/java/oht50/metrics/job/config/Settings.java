package oht50.metrics.job.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import oht50.metrics.time.Durations;

/**
 * A YAML tree that is read key by key. Faults are collected and reported together; keys that nobody
 * read are faults too.
 */
final class Settings {
  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  private final String source;
  private final ObjectNode root;
  private final Set<String> overridden;
  private final List<String> faults = new ArrayList<>();
  private final Set<String> read = new TreeSet<>();

  private Settings(String source, ObjectNode root, Set<String> overridden) {
    this.source = source;
    this.root = root;
    this.overridden = overridden;
  }

  /**
   * @param source of the text, for messages
   * @param overrides dotted key -> value, over what the text says
   */
  static Settings parse(String source, String yaml, Map<String, String> overrides)
      throws InvalidConfig {
    JsonNode tree;
    try {
      tree = YAML.readTree(yaml);
    } catch (JsonProcessingException e) {
      String place =
          e.getLocation() == null
              ? source
              : source + ":" + e.getLocation().getLineNr() + ":" + e.getLocation().getColumnNr();
      throw new InvalidConfig(
          List.of(place + ": " + e.getOriginalMessage().lines().findFirst().orElse("not YAML")));
    }
    ObjectNode root = tree instanceof ObjectNode object ? object : YAML.createObjectNode();
    if (tree != null && !tree.isMissingNode() && !tree.isNull() && !tree.isObject()) {
      throw new InvalidConfig(List.of(source + ": expected keys, found a " + tree.getNodeType()));
    }
    overrides.forEach((key, value) -> set(root, key, value));
    return new Settings(source, root, Set.copyOf(overrides.keySet()));
  }

  private static void set(ObjectNode root, String dotted, String value) {
    ObjectNode node = root;
    String[] steps = dotted.split("\\.", -1);
    for (int i = 0; i < steps.length - 1; i++) {
      JsonNode next = node.get(steps[i]);
      node = next instanceof ObjectNode object ? object : node.putObject(steps[i]);
    }
    node.set(steps[steps.length - 1], TextNode.valueOf(value));
  }

  String text(String key, String otherwise) {
    JsonNode node = at(key);
    if (node == null) {
      return otherwise;
    }
    if (!node.isValueNode()) {
      fault(key, "expected a text");
      return otherwise;
    }
    return node.asText();
  }

  String requiredText(String key) {
    String value = text(key, "");
    if (value.isBlank()) {
      fault(key, "is missing");
    }
    return value;
  }

  Duration duration(String key, Duration otherwise) {
    JsonNode node = at(key);
    if (node == null) {
      return otherwise;
    }
    try {
      return Durations.parse(node.asText());
    } catch (IllegalArgumentException e) {
      fault(key, e.getMessage());
      return otherwise;
    }
  }

  Duration positiveDuration(String key, Duration otherwise) {
    Duration value = duration(key, otherwise);
    if (value.isZero()) {
      fault(key, "must be longer than 0");
      return otherwise;
    }
    return value;
  }

  int positiveInt(String key, int otherwise) {
    JsonNode node = at(key);
    if (node == null) {
      return otherwise;
    }
    try {
      int value = Integer.parseInt(node.asText());
      if (value > 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // falls through to the fault
    }
    fault(key, "'" + node.asText() + "' is not a whole number above 0");
    return otherwise;
  }

  boolean bool(String key, boolean otherwise) {
    JsonNode node = at(key);
    if (node == null) {
      return otherwise;
    }
    if (node.asText().equals("true") || node.asText().equals("false")) {
      return node.asText().equals("true");
    }
    fault(key, "'" + node.asText() + "' is neither true nor false");
    return otherwise;
  }

  ZoneId zone(String key, ZoneId otherwise) {
    String name = text(key, otherwise.getId());
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      fault(key, "'" + name + "' is not a time zone; write one like Asia/Ho_Chi_Minh");
      return otherwise;
    }
  }

  /** A list of texts; from outside they are set with commas between them. */
  List<String> list(String key) {
    List<String> texts = new ArrayList<>();
    JsonNode node = at(key);
    if (node == null) {
      return texts;
    }
    if (node.isTextual()) {
      for (String text : node.asText().split(",", -1)) {
        texts.add(text.strip());
      }
      texts.removeIf(String::isEmpty);
      return texts;
    }
    for (JsonNode element : node) {
      if (element.isValueNode()) {
        texts.add(element.asText());
      }
    }
    if (!node.isArray() || texts.size() != node.size()) {
      fault(key, "expected a list of texts");
    }
    return texts;
  }

  /** A map of texts; keys of it are free, and may have dots. */
  Map<String, String> texts(String key) {
    Map<String, String> texts = new TreeMap<>();
    JsonNode node = at(key);
    if (node == null) {
      return texts;
    }
    if (!node.isObject()) {
      fault(key, "expected keys and values");
      return texts;
    }
    addTexts("", node, texts);
    return texts;
  }

  /** A key with dots that was set from outside is a tree here. */
  private static void addTexts(String prefix, JsonNode node, Map<String, String> texts) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String key = prefix + entry.getKey();
      if (entry.getValue().isObject()) {
        addTexts(key + ".", entry.getValue(), texts);
      } else {
        texts.put(key, entry.getValue().asText());
      }
    }
  }

  /** A map of durations; keys of it are free. */
  Map<String, Duration> durations(String key, Map<String, Duration> otherwise) {
    if (at(key) == null) {
      return otherwise;
    }
    Map<String, Duration> durations = new TreeMap<>();
    texts(key)
        .forEach(
            (name, text) -> {
              try {
                durations.put(name, Durations.parse(text));
              } catch (IllegalArgumentException e) {
                fault(key + "." + name, e.getMessage());
              }
            });
    return durations;
  }

  void fault(String key, String message) {
    faults.add(place(key) + ": " + message);
  }

  /** Where a key was written: on the command line, else in the file. */
  private String place(String key) {
    return overridden.stream()
        .filter(override -> override.equals(key) || override.startsWith(key + "."))
        .min(Comparator.naturalOrder())
        .map(override -> "--set " + override)
        .orElse(source + ": " + key);
  }

  /** Throws what was found to be wrong. */
  void check() throws InvalidConfig {
    findUnread("", root);
    if (!faults.isEmpty()) {
      throw new InvalidConfig(faults);
    }
  }

  private void findUnread(String prefix, ObjectNode node) {
    node.properties()
        .forEach(
            entry -> {
              String key = prefix + entry.getKey();
              if (read.contains(key)) {
                return;
              }
              boolean isSection = read.stream().anyMatch(known -> known.startsWith(key + "."));
              if (isSection && entry.getValue() instanceof ObjectNode section) {
                findUnread(key + ".", section);
              } else if (isSection && entry.getValue().isNull()) {
                return;
              } else {
                fault(key, "unknown key; known are " + siblings(prefix));
              }
            });
  }

  private Set<String> siblings(String prefix) {
    Set<String> siblings = new TreeSet<>();
    for (String key : read) {
      if (key.startsWith(prefix)) {
        String rest = key.substring(prefix.length());
        int dot = rest.indexOf('.');
        siblings.add(dot < 0 ? rest : rest.substring(0, dot));
      }
    }
    return siblings;
  }

  private JsonNode at(String key) {
    read.add(key);
    JsonNode node = root;
    for (String step : key.split("\\.", -1)) {
      node = node.get(step);
      if (node == null || node.isNull()) {
        return null;
      }
    }
    return node;
  }
}
