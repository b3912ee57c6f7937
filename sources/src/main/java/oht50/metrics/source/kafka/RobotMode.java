package oht50.metrics.source.kafka;

import java.util.List;
import java.util.Locale;

/** Who decides what a robot does, from the words of all sources. */
enum RobotMode {
  AUTO("auto", "automatic"),
  SEMI_AUTO("semi_auto", "semiauto", "semi", "semiautomatic"),
  MANUAL("manual"),
  MAINTENANCE("maintenance"),
  EMERGENCY("emergency");

  private final String word;
  private final List<String> accepted;

  RobotMode(String word, String... aliases) {
    this.word = word;
    this.accepted = List.of(aliases);
  }

  /** The canonical word: label {@code mode}. */
  String word() {
    return word;
  }

  /** The mode a source's word means, or null. */
  static RobotMode ofWord(String source) {
    String squeezed =
        source.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "").replace(" ", "");
    for (RobotMode mode : values()) {
      if (mode.word.equals(squeezed) || mode.accepted.contains(squeezed)) {
        return mode;
      }
    }
    return null;
  }

  /** 1 for the mode that a required field names and 0 for each other. */
  static void read(Fields fields, String field, Readings readings) {
    String word = fields.requireText(field);
    RobotMode current = word == null ? null : ofWord(word);
    if (current != null) {
      for (RobotMode mode : values()) {
        readings.state(mode == current ? 1 : 0, "oht50_robot_mode", "mode", mode.word());
      }
    } else if (word != null) {
      fields.unknownWord(field, word, "auto, semi_auto, manual, maintenance, emergency");
    }
  }
}
