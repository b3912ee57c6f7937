package oht50.metrics.yaml;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import oht50.metrics.time.Durations;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** The fields of a mapping, read one by one; what is wrong with them is noted. */
public final class YamlFields {
  /** Fields that another mapping has too. */
  private static final String MERGE = "<<";

  private static final Set<String> TRUE = Set.of("true", "yes", "on");

  private final YamlValue whole;
  private final String what;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Set<Node> merged = Collections.newSetFromMap(new IdentityHashMap<>());

  private record Entry(YamlValue key, YamlValue value) {}

  YamlFields(YamlValue whole, String what, List<String> known) {
    this.whole = whole;
    this.what = what;
    if (whole.node() instanceof MappingNode mapping) {
      read(mapping, true);
    }
    for (Map.Entry<String, Entry> entry : entries.entrySet()) {
      if (!known.isEmpty() && !known.contains(entry.getKey()) && !whole.source().ignoresUnknown()) {
        entry
            .getValue()
            .key
            .fault(
                "%s has no field '%s'; its fields are %s"
                    .formatted(what, entry.getKey(), String.join(", ", known)));
      }
    }
  }

  private void read(MappingNode mapping, boolean isOwn) {
    List<Node> others = new ArrayList<>();
    Map<String, Integer> lines = new LinkedHashMap<>(); // key -> line of its first
    for (NodeTuple tuple : mapping.getValue()) {
      YamlValue key = new YamlValue(whole.source(), tuple.getKeyNode());
      String name = key.text("a field's name");
      if (name == null) {
        continue;
      }
      if (name.equals(MERGE) && key.isOfType(Tag.MERGE)) {
        others.add(tuple.getValueNode());
        continue;
      }
      Integer before = lines.putIfAbsent(name, key.line());
      if (before != null && isOwn) {
        key.fault("'" + name + "' is there already, at line " + before + "; leave one out");
      }
      Entry entry = new Entry(key, new YamlValue(whole.source(), tuple.getValueNode()));
      entries.putIfAbsent(name, entry);
    }
    others.forEach(this::merge);
  }

  private void merge(Node node) {
    if (!merged.add(node)) {
      return; // as one that merges itself
    }
    if (node instanceof MappingNode mapping) {
      read(mapping, false);
    } else if (node instanceof SequenceNode sequence) {
      sequence.getValue().forEach(this::merge);
    } else {
      new YamlValue(whole.source(), node).fault("'<<' takes fields of other mappings");
    }
  }

  /** The mapping itself, for its place. */
  public YamlValue whole() {
    return whole;
  }

  /** The value of a field; null if it is missing or nothing is said. */
  public YamlValue get(String name) {
    Entry entry = entries.get(name);
    return entry == null || entry.value.isNull() ? null : entry.value;
  }

  /** Where a field's name stands, or the mapping if it is missing. */
  public YamlValue key(String name) {
    Entry entry = entries.get(name);
    return entry == null ? whole : entry.key;
  }

  /** The text of a field; empty if it is missing. */
  public String text(String name) {
    YamlValue value = get(name);
    String text = value == null ? "" : value.text("'" + name + "' of " + what);
    return text == null ? "" : text;
  }

  /** The elements of a field that is a list. */
  public List<YamlValue> items(String name) {
    YamlValue value = get(name);
    return value == null ? List.of() : value.items("'" + name + "' of " + what);
  }

  /** Fields of any names, like labels. */
  public Map<YamlValue, YamlValue> map(String name) {
    Map<YamlValue, YamlValue> pairs = new LinkedHashMap<>();
    YamlValue value = get(name);
    if (value != null) {
      YamlFields fields = value.fields("'" + name + "' of " + what);
      fields.entries.values().forEach(entry -> pairs.put(entry.key, entry.value));
    }
    return pairs;
  }

  /** The length of time of a field, or null if it is missing or wrong. */
  public Duration duration(String name) {
    YamlValue value = get(name);
    if (value == null) {
      return null;
    }
    String text = text(name);
    try {
      return text.equals("0") ? Duration.ZERO : Durations.parse(text);
    } catch (IllegalArgumentException e) {
      value.fault("'" + name + "' of " + what + ": " + e.getMessage());
      return null;
    }
  }

  /** The whole number of a field; 0 if it is missing or wrong. */
  public int number(String name) {
    YamlValue value = get(name);
    if (value == null) {
      return 0;
    }
    try {
      if (value.isOfType(Tag.INT)) {
        return Integer.parseInt(((ScalarNode) value.node()).getValue());
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    value.fault("'" + name + "' of " + what + " is a whole number, like 10");
    return 0;
  }

  /** The truth value of a field; false if it is missing or wrong. */
  public boolean isTrue(String name) {
    YamlValue value = get(name);
    if (value == null) {
      return false;
    }
    if (!value.isOfType(Tag.BOOL)) {
      value.fault("'" + name + "' of " + what + " is true or false");
    }
    return TRUE.contains(text(name).toLowerCase(Locale.ROOT));
  }
}
