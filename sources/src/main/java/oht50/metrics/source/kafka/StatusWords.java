package oht50.metrics.source.kafka;

import java.util.Set;

/**
 * The words of a status block: {@code system_status}, {@code communication_status}, {@code
 * safety_status}, and {@code battery_level} in percent.
 */
final class StatusWords {
  private static final Set<String> SAFE = Set.of("safe", "normal");
  private static final Set<String> WARNING = Set.of("warning");
  private static final Set<String> CRITICAL = Set.of("critical", "danger", "emergency");

  private StatusWords() {}

  /**
   * @param module canonical id of the module that speaks, or null
   */
  static void read(Fields status, String module, Readings readings) {
    readings.robotState(status, "system_status");
    Battery.percent(readings, status.number("battery_level", 0, 100));
    if (module != null) {
      readings.state(communication(status), "oht50_module_up", "module_id", module);
    }
    safety(status, readings);
  }

  private static double communication(Fields status) {
    String word = status.text("communication_status");
    if (word == null) {
      return Double.NaN;
    }
    return switch (Text.word(word)) {
      case "connected" -> 1;
      case "disconnected", "error" -> 0;
      default -> {
        status.unknownWord("communication_status", word, "connected, disconnected, error");
        yield Double.NaN;
      }
    };
  }

  /** {@code oht50_robot_safety} with the signals {@code warning} and {@code critical}. */
  static void safety(Fields status, Readings readings) {
    String word = status.text("safety_status");
    if (word == null) {
      return;
    }
    String known = Text.word(word);
    boolean warning = WARNING.contains(known);
    boolean critical = CRITICAL.contains(known);
    if (!warning && !critical && !SAFE.contains(known)) {
      status.unknownWord("safety_status", word, "safe, normal, warning, critical, danger");
      return;
    }
    readings.state(warning ? 1 : 0, "oht50_robot_safety", "signal", "warning");
    readings.state(critical ? 1 : 0, "oht50_robot_safety", "signal", "critical");
  }
}
