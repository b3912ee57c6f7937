package oht50.metrics.source.kafka;

import java.util.List;

/** How urgent a mission is, as all sources are mapped to it. */
public enum MissionPriority {
  CRITICAL("critical", "emergency"),
  HIGH("high"),
  NORMAL("normal"),
  LOW("low", "maintenance");

  private final List<String> accepted;

  MissionPriority(String... accepted) {
    this.accepted = List.of(accepted);
  }

  /** The canonical word, as in labels. */
  public String word() {
    return accepted.get(0);
  }

  /** The priority a source's word means, or null. */
  public static MissionPriority ofWord(String word) {
    String canonical = Text.word(word);
    for (MissionPriority priority : values()) {
      if (priority.accepted.contains(canonical)) {
        return priority;
      }
    }
    return null;
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
}
