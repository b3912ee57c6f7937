package oht50.metrics.model;

/** The domain an event belongs to. The codes are persisted and never reused. */
public enum EventKind {
  MISSION(1, "mission"),
  SAFETY(2, "safety"),
  /** A change of configuration, or one that was refused. */
  CONFIG(3, "config"),
  /** An alert that somebody else raised, or what became of it. */
  ALERT(4, "alert"),
  /** An error of the robot's own software. */
  SYSTEM(5, "system");

  private final int code;
  private final String word;

  EventKind(int code, String word) {
    this.code = code;
    this.word = word;
  }

  public int code() {
    return code;
  }

  /** The word in tables and in sequence files. */
  public String word() {
    return word;
  }

  public static EventKind ofCode(int code) {
    for (EventKind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new IllegalArgumentException("unknown event kind code " + code);
  }
}
