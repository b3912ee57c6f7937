package oht50.metrics.source.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The area of a configuration: label {@code config_type}. An explicit area, else the first segment
 * of the key ({@code safety.e_stop_timeout} is of {@code safety}), else {@code system}. A key
 * without a dot has no segment in front, unless it is an area as a whole; the label stays bounded.
 */
final class ConfigAreas {
  static final String SYSTEM = "system";

  private static final Set<String> KNOWN =
      Set.of(
          "hardware",
          "safety",
          "telemetry",
          "comm",
          "robot",
          "network",
          "sensor",
          "rfid",
          "accelerometer",
          "proximity",
          "lidar",
          "fusion",
          SYSTEM);

  /**
   * What {@code config_type} says in the data model: how the value is written, not what it is of.
   */
  private static final Set<String> TYPES_OF_VALUES =
      Set.of("string", "number", "boolean", "json", "yaml");

  private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9_]{0,31}");

  private ConfigAreas() {}

  /** What {@code config_area}, {@code area} or {@code config_type} says, or null. */
  static String explicit(Fields fields) {
    for (String field : new String[] {"config_area", "area", "config_type"}) {
      String word = fields.text(field);
      String area = word == null ? null : Text.word(word);
      if (area != null && WORD.matcher(area).matches() && !TYPES_OF_VALUES.contains(area)) {
        return area;
      }
    }
    return null;
  }

  static String ofKey(String key) {
    int dot = key.indexOf('.');
    String first = Text.word(dot < 0 ? key : key.substring(0, dot));
    boolean isArea = dot < 0 ? isKnown(first) : WORD.matcher(first).matches();
    return isArea ? first : SYSTEM;
  }

  /** Whether a word is an area by itself, without a key or field that says so. */
  static boolean isKnown(String word) {
    return KNOWN.contains(Text.word(word));
  }

  /** The area of a whole configuration: the only one that it has, else {@code system}. */
  static String ofWhole(JsonNode config) {
    Set<String> areas = new TreeSet<>();
    config
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (isKnown(name)) {
                areas.add(Text.word(name));
              }
            });
    return areas.size() == 1 ? areas.iterator().next() : SYSTEM;
  }
}
