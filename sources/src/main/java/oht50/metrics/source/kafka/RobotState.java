package oht50.metrics.source.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The states every generation of the software is mapped to. */
enum RobotState {
  IDLE("idle", "ready", "docked", "safe"),
  MOVING("moving", "move", "navigating", "positioning", "busy"),
  DOCKING("docking", "dock", "undocking"),
  CHARGING("charging"),
  PAUSED("paused"),
  FAULT("fault", "error"),
  ESTOP("estop", "emergency", "emergencystop"),
  MAINTENANCE("maintenance", "config"),
  STARTING("starting", "init", "initializing", "boot"),
  OFF("off", "shutdown");

  // word of a source, lower case without dashes, underscores and spaces -> state
  private static final Map<String, RobotState> BY_WORD = new HashMap<>();

  static {
    for (RobotState state : values()) {
      state.accepted.forEach(word -> BY_WORD.put(word, state));
    }
  }

  private final List<String> accepted;

  RobotState(String... accepted) {
    this.accepted = List.of(accepted);
  }

  /** The canonical word. */
  String word() {
    return accepted.get(0);
  }

  /** The state a source's word means, or null. */
  static RobotState ofWord(String word) {
    RobotState state = BY_WORD.get(word); // most sources spell it like this: no new text
    return state != null ? state : BY_WORD.get(squeeze(word));
  }

  private static String squeeze(String word) {
    return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "").replace(" ", "");
  }
}
