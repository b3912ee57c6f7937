package oht50.metrics.mission;

/**
 * How urgent a mission is, as all sources are mapped to it. The codes are persisted and never
 * reused.
 */
public enum MissionPriority {
  CRITICAL(1, "critical"),
  HIGH(2, "high"),
  NORMAL(3, "normal"),
  LOW(4, "low");

  /** The code of a priority that nobody said. */
  static final int NONE = 0;

  private final int code;
  private final String word;

  MissionPriority(int code, String word) {
    this.code = code;
    this.word = word;
  }

  int code() {
    return code;
  }

  /** The canonical word, as in labels. */
  public String word() {
    return word;
  }

  /** On the scale 1 (least) to 10 (most urgent); null outside of it. */
  public static MissionPriority ofTenSteps(int number) {
    if (number < 1 || number > 10) {
      return null;
    }
    if (number <= 3) {
      return LOW;
    }
    if (number <= 6) {
      return NORMAL;
    }
    return number <= 8 ? HIGH : CRITICAL;
  }

  /** On the scale of the mission document: 0 emergency to 4 maintenance; null outside of it. */
  public static MissionPriority ofFiveSteps(int number) {
    return switch (number) {
      case 0 -> CRITICAL;
      case 1 -> HIGH;
      case 2 -> NORMAL;
      case 3, 4 -> LOW;
      default -> null;
    };
  }

  /** Null for {@link #NONE}. */
  static MissionPriority ofCode(int code) {
    if (code == NONE) {
      return null;
    }
    for (MissionPriority priority : values()) {
      if (priority.code == code) {
        return priority;
      }
    }
    throw new IllegalArgumentException("unknown mission priority code " + code);
  }
}
