package oht50.metrics.source.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The life of a mission, as all sources are mapped to it. */
public enum MissionStatus {
  CREATED(false, "created", "pending"),
  VALIDATING(false, "validating", "validated"),
  QUEUED(false, "queued"),
  EXECUTING(false, "executing", "running", "in_progress"),
  PAUSED(false, "paused"),
  COMPLETED(true, "completed", "success"),
  FAILED(true, "failed"),
  CANCELLED(true, "cancelled", "canceled"),
  REJECTED(true, "rejected");

  // word of a source -> status
  private static final Map<String, MissionStatus> BY_WORD = new HashMap<>();

  static {
    for (MissionStatus status : values()) {
      status.accepted.forEach(word -> BY_WORD.put(word, status));
    }
  }

  private final boolean terminal;
  private final List<String> accepted;

  MissionStatus(boolean terminal, String... accepted) {
    this.terminal = terminal;
    this.accepted = List.of(accepted);
  }

  /** The canonical word, as in events and labels. */
  public String word() {
    return accepted.get(0);
  }

  /** Whether nothing follows it, except a new attempt. */
  public boolean isTerminal() {
    return terminal;
  }

  /** The status a source's word means, or null. */
  public static MissionStatus ofWord(String word) {
    return BY_WORD.get(Text.word(word));
  }
}
