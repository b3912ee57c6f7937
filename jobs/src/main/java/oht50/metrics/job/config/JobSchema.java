package oht50.metrics.job.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** The JSON Schema (2020-12) of {@code job.yaml}: made of the keys that the job asks for. */
public final class JobSchema {
  private static final String DURATION =
      "^(?=.)(\\d{1,6}d)?(\\d{1,6}h)?(\\d{1,6}m)?(\\d{1,9}s)?(\\d{1,9}ms)?$";
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Map<String, String> comments;
  private final ObjectNode root = section(NODES.objectNode());

  private JobSchema(Map<String, String> comments) {
    this.comments = comments;
  }

  /**
   * @param jobYaml whose comments become the descriptions of its keys
   */
  public static String print(String jobYaml) {
    JobSchema schema = new JobSchema(KeyComments.of(jobYaml));
    Settings settings;
    try {
      settings = Settings.parse("none", "", Map.of());
    } catch (InvalidConfig e) {
      throw new IllegalStateException(e);
    }
    JobConfig.read(settings, null);
    settings.known().forEach(schema::add);
    return schema.print();
  }

  private String print() {
    ObjectNode all = NODES.objectNode();
    all.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    all.put("title", "job.yaml of OHT-50 metrics");
    all.put("description", "Written by ./oht50 config schema.");
    all.setAll(root);
    ObjectNode definitions = all.putObject("$defs");
    text(definitions.putObject("duration"), DURATION).put("description", "Like 30s, 5m or 1h30m.");
    definitions
        .putObject("positive-duration")
        .put("$ref", "#/$defs/duration")
        .put("pattern", "[1-9]")
        .put("description", "Longer than 0, like 30s, 5m or 1h30m.");
    ObjectNode seconds = definitions.putObject("seconds");
    ArrayNode forms = seconds.putArray("anyOf");
    forms.addObject().put("type", "integer").put("minimum", 1);
    forms.addObject().put("$ref", "#/$defs/positive-duration");
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
    try {
      return new ObjectMapper().writer(printer).writeValueAsString(all) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private void add(KnownKey key) {
    String[] steps = key.key().split("\\.", -1);
    ObjectNode section = root;
    String above = "";
    for (int i = 0; i < steps.length - 1; i++) {
      above = above + (i == 0 ? "" : ".") + steps[i];
      if (key.isRequired()) {
        require(section, steps[i]);
      }
      ObjectNode properties = (ObjectNode) section.get("properties");
      if (!properties.has(steps[i])) {
        ObjectNode child = section(properties.putObject(steps[i]));
        describe(above, child);
      }
      section = (ObjectNode) properties.get(steps[i]);
    }
    String name = steps[steps.length - 1];
    if (key.isRequired()) {
      require(section, name);
    }
    ObjectNode property = ((ObjectNode) section.get("properties")).putObject(name);
    fill(property, key);
    describe(key.key(), property);
  }

  private void describe(String key, ObjectNode node) {
    if (comments.containsKey(key)) {
      node.put("description", comments.get(key));
    }
  }

  private static ObjectNode section(ObjectNode node) {
    node.put("type", "object");
    node.put("additionalProperties", false);
    node.putObject("properties");
    return node;
  }

  private static void require(ObjectNode section, String name) {
    ArrayNode required = section.withArray("required");
    for (int i = 0; i < required.size(); i++) {
      if (required.get(i).asText().equals(name)) {
        return;
      }
    }
    required.add(name);
  }

  private static void fill(ObjectNode node, KnownKey key) {
    String otherwise = key.otherwise();
    switch (key.form()) {
      case ANY -> {
        return;
      }
      case TEXT, ZONE -> node.put("type", "string");
      case DURATION -> node.put("$ref", "#/$defs/duration");
      case POSITIVE_DURATION -> node.put("$ref", "#/$defs/positive-duration");
      case SECONDS -> node.put("$ref", "#/$defs/seconds");
      case POSITIVE_INT -> node.put("type", "integer").put("minimum", 1);
      case BOOLEAN -> node.put("type", "boolean");
      case LIST -> list(node, key.words());
      case TEXTS ->
          node.put("type", "object")
              .putObject("additionalProperties")
              .putArray("type")
              .add("string")
              .add("number")
              .add("boolean");
      case DURATIONS ->
          node.put("type", "object")
              .putObject("additionalProperties")
              .put("$ref", "#/$defs/duration");
    }
    if (otherwise == null) {
      return;
    }
    switch (key.form()) {
      case TEXT, ZONE, DURATION, POSITIVE_DURATION -> node.put("default", otherwise);
      case POSITIVE_INT -> node.put("default", Integer.parseInt(otherwise));
      case BOOLEAN -> node.put("default", Boolean.parseBoolean(otherwise));
      case ANY, SECONDS, LIST, TEXTS, DURATIONS -> {
        // a list or map of defaults says more in job.yaml
      }
    }
  }

  private static void list(ObjectNode node, List<String> words) {
    ObjectNode items = node.put("type", "array").putObject("items");
    items.put("type", "string");
    if (!words.isEmpty()) {
      ArrayNode allowed = items.putArray("enum");
      words.forEach(allowed::add);
    }
  }

  private static ObjectNode text(ObjectNode node, String pattern) {
    return node.put("type", "string").put("pattern", pattern);
  }
}
