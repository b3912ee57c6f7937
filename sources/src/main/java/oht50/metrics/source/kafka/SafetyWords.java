package oht50.metrics.source.kafka;

import java.util.Map;
import java.util.regex.Pattern;

/** One spelling for each kind of safety event and four severities for all sources. */
final class SafetyWords {
  static final String CLEAR = "clear";
  static final String ACK = "ack";
  static final String ACKNOWLEDGED = "acknowledged";

  /** Type of a {@code safety.zone_entered} that forbids the zone. */
  static final String ZONE_VIOLATION = "zone_violation";

  private static final String ENVELOPE = "safety.";
  private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9_]{0,63}");

  private static final Map<String, String> ALIASES =
      Map.ofEntries(
          Map.entry("estop", "e_stop"),
          Map.entry("e_stop_pressed", "e_stop"),
          Map.entry("estop_pressed", "e_stop"),
          Map.entry("emergency_stop", "e_stop"),
          Map.entry("estop_activated", "e_stop"),
          Map.entry("collision_detected", "collision"),
          Map.entry("communication_timeout", "communication_error"),
          Map.entry("communication_loss", "communication_error"),
          Map.entry("acknowledge", ACK),
          Map.entry(ACKNOWLEDGED, ACK));

  private static final Map<String, String> SEVERITIES =
      Map.of(
          "low", "low",
          "info", "low",
          "normal", "low",
          "medium", "medium",
          "warning", "medium",
          "high", "high",
          "error", "high",
          "critical", "critical",
          "emergency", "critical");

  private SafetyWords() {}

  /**
   * The canonical type of a source's word; null when it is not a word, or an envelope that nobody
   * knows. Words that have no alias stay: a new kind of event must not be lost.
   *
   * @param zoneType of a zone event, else null
   */
  static String type(String source, String zoneType) {
    if (source.startsWith(ENVELOPE)) {
      return switch (source) {
        case "safety.estop" -> "e_stop";
        case "safety.clear" -> CLEAR;
        case "safety.zone_entered" ->
            "restricted".equals(zoneType) ? ZONE_VIOLATION : "zone_entered";
        case "safety.ack", "safety.acknowledge", "safety.acknowledged" -> ACK;
        default -> null;
      };
    }
    String word = Text.word(source);
    return WORD.matcher(word).matches() ? ALIASES.getOrDefault(word, word) : null;
  }

  /** low, medium, high or critical; null for another word. */
  static String severity(String source) {
    return SEVERITIES.get(Text.word(source));
  }

  /**
   * The canonical severity that a field names, or null when absent; an unknown word is rejected.
   */
  static String severity(Fields fields, String field) {
    String word = fields.text(field);
    String severity = word == null ? null : severity(word);
    if (word != null && severity == null) {
      fields.unknownWord(field, word, "low, medium, high, critical and their aliases");
    }
    return severity;
  }

  /** Whether an event of the type is a fact that counts, and not the end or the notice of one. */
  static boolean isFact(String type) {
    return !type.equals(CLEAR) && !type.equals(ACK) && !type.equals(ACKNOWLEDGED);
  }
}
