package oht50.metrics.job.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import oht50.metrics.job.config.KnownKey.Form;
import oht50.metrics.time.Durations;

/**
 * A tree of settings that is read key by key. Faults are collected and reported together; keys that
 * nobody read are faults too.
 */
final class Settings {
  private final SettingsTree tree;
  private final List<Finding> faults = new ArrayList<>();
  private final Map<String, KnownKey> known = new TreeMap<>(); // dotted key -> what was asked for

  Settings(SettingsTree tree) {
    this.tree = tree;
  }

  /**
   * @param source of the text, for messages
   * @param overrides dotted key -> value, over what the text says
   */
  static Settings parse(String source, String yaml, Map<String, String> overrides)
      throws InvalidConfig {
    SettingsTree tree = SettingsTree.read(source, yaml);
    tree.add(SettingsTree.ofCommandLine(overrides));
    return new Settings(tree);
  }

  boolean isSaid(String key) {
    return tree.at(key) != null;
  }

  /** Makes a key known without asking for what it says. */
  void accept(String key, Form form, List<String> words) {
    known.put(key, new KnownKey(key, form, false, null, words));
  }

  String text(String key, String otherwise) {
    return textAt(key, Form.TEXT, otherwise);
  }

  private String textAt(String key, Form form, String otherwise) {
    ask(key, form, otherwise);
    JsonNode node = valueAt(key, "a text");
    return node == null ? otherwise : node.asText();
  }

  String requiredText(String key) {
    known.put(key, new KnownKey(key, Form.TEXT, true, null, List.of()));
    boolean isSaid = tree.at(key) != null;
    JsonNode node = valueAt(key, "a text");
    String value = node == null ? "" : node.asText();
    if (value.isBlank() && (node != null || !isSaid)) {
      fault(key, "is missing");
    }
    return value;
  }

  Duration duration(String key, Duration otherwise) {
    return duration(key, Form.DURATION, otherwise);
  }

  private Duration duration(String key, Form form, Duration otherwise) {
    ask(key, form, Durations.print(otherwise));
    JsonNode node = valueAt(key, "a duration like 30s or 5m");
    if (node == null) {
      return otherwise;
    }
    try {
      return Durations.parse(node.asText());
    } catch (IllegalArgumentException e) {
      fault(key, notADuration(node.asText(), e));
      return otherwise;
    }
  }

  private static String notADuration(String text, IllegalArgumentException reason) {
    return DurationGuess.of(text)
        .map(guess -> "'" + text + "' is not a duration; did you mean '" + guess + "'?")
        .orElse(reason.getMessage());
  }

  Duration positiveDuration(String key, Duration otherwise) {
    Duration value = duration(key, Form.POSITIVE_DURATION, otherwise);
    if (value.isZero()) {
      fault(key, "must be longer than 0");
      return otherwise;
    }
    return value;
  }

  int positiveInt(String key, int otherwise) {
    ask(key, Form.POSITIVE_INT, Integer.toString(otherwise));
    JsonNode node = valueAt(key, "a whole number above 0");
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
    ask(key, Form.BOOLEAN, Boolean.toString(otherwise));
    JsonNode node = valueAt(key, "true or false");
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
    String name = textAt(key, Form.ZONE, otherwise.getId());
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      String guess =
          NearestWord.of(name, ZoneId.getAvailableZoneIds())
              .map(nearest -> "did you mean '" + nearest + "'?")
              .orElse("write one like Asia/Ho_Chi_Minh");
      fault(key, "'" + name + "' is not a time zone; " + guess);
      return otherwise;
    }
  }

  /** A list of texts; from outside they are set with commas between them. */
  List<String> list(String key) {
    known.put(key, new KnownKey(key, Form.LIST, false, "", List.of()));
    return listAt(key);
  }

  private List<String> listAt(String key) {
    List<String> texts = new ArrayList<>();
    JsonNode node = tree.at(key);
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
      fault(key, "expected a list of texts, found " + kind(node));
    }
    return texts;
  }

  /** Some of these words; all of them when nothing is said. */
  Set<String> words(String key, Collection<String> words) {
    known.put(
        key, new KnownKey(key, Form.LIST, false, String.join(", ", words), List.copyOf(words)));
    if (tree.at(key) == null) {
      return new LinkedHashSet<>(words);
    }
    Set<String> chosen = new LinkedHashSet<>(listAt(key));
    for (String word : chosen) {
      if (!words.contains(word)) {
        fault(key, "unknown word '" + word + "'; " + suggestion(word, words));
      }
    }
    return chosen;
  }

  /** A map of texts; keys of it are free, and may have dots. */
  Map<String, String> texts(String key) {
    known.put(key, new KnownKey(key, Form.TEXTS, false, "", List.of()));
    return textsAt(key);
  }

  private Map<String, String> textsAt(String key) {
    Map<String, String> texts = new TreeMap<>();
    JsonNode node = tree.at(key);
    if (node == null) {
      return texts;
    }
    if (!node.isObject()) {
      fault(key, "expected keys and values, found " + kind(node));
      return texts;
    }
    addTexts(key, "", node, texts);
    return texts;
  }

  /** A key with dots that was set from outside is a tree here. */
  private void addTexts(String key, String prefix, JsonNode node, Map<String, String> texts) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String name = prefix + entry.getKey();
      if (entry.getValue().isObject()) {
        addTexts(key, name + ".", entry.getValue(), texts);
      } else if (entry.getValue().isArray()) {
        fault(key + "." + name, "expected a text, found a list");
      } else {
        texts.put(name, entry.getValue().asText());
      }
    }
  }

  /** A map of durations; keys of it are free. */
  Map<String, Duration> durations(String key, Map<String, Duration> otherwise) {
    String defaults =
        new TreeMap<>(otherwise)
            .entrySet().stream()
                .map(entry -> entry.getKey() + ": " + Durations.print(entry.getValue()))
                .collect(Collectors.joining(", "));
    known.put(key, new KnownKey(key, Form.DURATIONS, false, defaults, List.of()));
    if (tree.at(key) == null) {
      return otherwise;
    }
    Map<String, Duration> durations = new TreeMap<>();
    textsAt(key)
        .forEach(
            (name, text) -> {
              try {
                durations.put(name, Durations.parse(text));
              } catch (IllegalArgumentException e) {
                fault(key + "." + name, notADuration(text, e));
              }
            });
    return durations;
  }

  /** Notes a fault of a key, whether it was written or should have been. */
  void fault(String key, String message) {
    Place written = tree.written(key);
    faults.add(new Finding(tree.place(key), written == null ? key : written.key(), message));
  }

  /** What was found to be wrong, in the order in which it was written. To be asked last. */
  List<Finding> faults() {
    List<Finding> all = new ArrayList<>(faults);
    faults.clear();
    findUnread("", tree.root());
    all.addAll(faults);
    faults.clear();
    faults.addAll(all);
    return all.stream()
        .distinct()
        .sorted(
            Comparator.comparing((Finding fault) -> fault.place().isCommandLine())
                .thenComparing(fault -> fault.place().source())
                .thenComparing(fault -> fault.place().line())
                .thenComparing(fault -> fault.place().column())
                .thenComparing(Finding::key))
        .toList();
  }

  /** Throws what was found to be wrong. */
  void check() throws InvalidConfig {
    List<Finding> found = faults();
    if (!found.isEmpty()) {
      throw new InvalidConfig(found.stream().map(Finding::toString).toList());
    }
  }

  /** All keys that were asked for. */
  Collection<KnownKey> known() {
    return known.values();
  }

  /** What holds for each key that was asked for; maps have one for each of their keys. */
  List<EffectiveSetting> effective() {
    List<EffectiveSetting> effective = new ArrayList<>();
    for (KnownKey key : known.values()) {
      JsonNode node = tree.at(key.key());
      if (node == null) {
        if (key.otherwise() != null) {
          effective.add(new EffectiveSetting(key.key(), key.otherwise(), null));
        }
      } else if (key.form() == Form.ANY && node.isContainerNode()) {
        effective.add(new EffectiveSetting(key.key(), "...", tree.place(key.key())));
      } else if (node.isObject()) {
        addEffective(key.key(), node, effective);
      } else {
        effective.add(effective(key.key(), node));
      }
    }
    return effective;
  }

  private void addEffective(String prefix, JsonNode node, List<EffectiveSetting> effective) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String key = prefix + "." + entry.getKey();
      if (entry.getValue().isObject()) {
        addEffective(key, entry.getValue(), effective);
      } else {
        effective.add(effective(key, entry.getValue()));
      }
    }
  }

  private EffectiveSetting effective(String key, JsonNode node) {
    List<String> elements = new ArrayList<>();
    node.forEach(element -> elements.add(element.asText()));
    String value = node.isArray() ? String.join(", ", elements) : node.asText();
    return new EffectiveSetting(key, Secrets.masked(key, value), tree.place(key));
  }

  private void findUnread(String prefix, ObjectNode node) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String key = prefix + entry.getKey();
      if (known.containsKey(key)) {
        continue;
      }
      boolean isSection = known.keySet().stream().anyMatch(each -> each.startsWith(key + "."));
      if (!isSection) {
        fault(key, "unknown key; " + keySuggestion(prefix, entry.getKey()));
      } else if (entry.getValue() instanceof ObjectNode section) {
        findUnread(key + ".", section);
      } else if (!entry.getValue().isNull()) {
        fault(key, "expected keys " + siblings(key + ".") + ", found " + kind(entry.getValue()));
      }
    }
  }

  private String keySuggestion(String prefix, String name) {
    Set<String> siblings = siblings(prefix);
    String nearest = NearestWord.of(name, siblings(prefix, true)).orElse(null);
    if (nearest == null) {
      // the right key at the wrong place
      List<String> elsewhere =
          known.keySet().stream().filter(key -> key.endsWith("." + name)).toList();
      nearest = elsewhere.size() == 1 ? elsewhere.get(0) : null;
    }
    return didYouMean(nearest) + "known are " + siblings;
  }

  private static String suggestion(String word, Collection<String> words) {
    return didYouMean(NearestWord.of(word, words).orElse(null)) + "known are " + words;
  }

  private static String didYouMean(String word) {
    return word == null ? "" : "did you mean '" + word + "'? ";
  }

  /** The job's own; those of another format only where there are no others. */
  private Set<String> siblings(String prefix) {
    Set<String> own = siblings(prefix, false);
    return own.isEmpty() ? siblings(prefix, true) : own;
  }

  private Set<String> siblings(String prefix, boolean foreignToo) {
    Set<String> siblings = new TreeSet<>();
    for (KnownKey each : known.values()) {
      if (each.key().startsWith(prefix) && (foreignToo || !each.isForeign())) {
        String rest = each.key().substring(prefix.length());
        int dot = rest.indexOf('.');
        siblings.add(dot < 0 ? rest : rest.substring(0, dot));
      }
    }
    return siblings;
  }

  private void ask(String key, Form form, String otherwise) {
    known.put(key, new KnownKey(key, form, false, otherwise, List.of()));
  }

  /** The value of a key, or null after a fault if it is a section or a list. */
  private JsonNode valueAt(String key, String expected) {
    JsonNode node = tree.at(key);
    if (node == null || node.isValueNode()) {
      return node;
    }
    fault(key, "expected " + expected + ", found " + kind(node));
    return null;
  }

  private static String kind(JsonNode node) {
    if (node.isObject()) {
      return "keys and values";
    }
    return node.isArray() ? "a list" : "'" + node.asText() + "'";
  }
}
