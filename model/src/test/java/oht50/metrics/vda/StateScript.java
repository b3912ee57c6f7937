package oht50.metrics.vda;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** States in one line each. */
final class StateScript {
  private StateScript() {}

  /**
   * {@code SECONDS [order=ID] [done|open] [failed] [cancel=ACTION] [stop=WORD] [field]
   * [errors=TYPE:LEVEL,...] [unknown]}
   */
  static StateReport report(String script, long offset) {
    String[] words = script.split(" ", -1);
    EmergencyStop stop = EmergencyStop.NONE;
    boolean field = false;
    boolean failed = false;
    boolean unknown = false;
    Boolean open = null;
    long seconds = 0;
    String order = "";
    List<String> cancels = new ArrayList<>();
    SortedMap<String, ErrorLevel> errors = new TreeMap<>();
    for (String word : words) {
      String value = word.substring(word.indexOf('=') + 1);
      switch (word.split("=", -1)[0]) {
        case "order" -> order = value;
        case "done" -> open = false;
        case "open" -> open = true;
        case "failed" -> failed = true;
        case "cancel" -> cancels.add(value);
        case "stop" -> stop = EmergencyStop.valueOf(value.toUpperCase(Locale.ROOT));
        case "field" -> field = true;
        case "unknown" -> unknown = true;
        case "errors" -> {
          for (String error : value.split(",", -1)) {
            errors.put(error.split(":", -1)[0], ErrorLevel.valueOf(error.split(":", -1)[1]));
          }
        }
        default -> seconds = Long.parseLong(word);
      }
    }
    RobotState state =
        unknown
            ? new RobotState(EmergencyStop.UNKNOWN, null, null, null)
            : new RobotState(
                stop,
                field,
                errors,
                new RobotState.Order(
                    order, open == null ? !order.isEmpty() : open, failed, cancels));
    return new StateReport(StateCoreTest.ROBOT, seconds * 1_000, seconds, state, 7, offset);
  }
}
