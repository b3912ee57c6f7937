package oht50.metrics.mission;

/**
 * The life of a mission, as all sources are mapped to it, in the order in which it goes by. The
 * codes are persisted and never reused.
 */
public enum MissionStatus {
  CREATED(1, "created", false),
  VALIDATING(2, "validating", false),
  QUEUED(3, "queued", false),
  EXECUTING(4, "executing", false),
  PAUSED(5, "paused", false),
  COMPLETED(6, "completed", true),
  FAILED(7, "failed", true),
  CANCELLED(8, "cancelled", true),
  REJECTED(9, "rejected", true);

  private final int code;
  private final String word;
  private final boolean terminal;

  MissionStatus(int code, String word, boolean terminal) {
    this.code = code;
    this.word = word;
    this.terminal = terminal;
  }

  public int code() {
    return code;
  }

  /** The canonical word, as in events and labels. */
  public String word() {
    return word;
  }

  /** Whether nothing follows it, except a new attempt. */
  public boolean isTerminal() {
    return terminal;
  }

  /** Whether a mission that has failed begins anew with it. */
  boolean beginsAnew() {
    return !terminal && this != PAUSED;
  }

  /** Whether a mission with it has not yet been taken out of the queue. */
  boolean isBeforeExecution() {
    return this == CREATED || this == VALIDATING || this == QUEUED;
  }

  static MissionStatus ofCode(int code) {
    for (MissionStatus status : values()) {
      if (status.code == code) {
        return status;
      }
    }
    throw new IllegalArgumentException("unknown mission status code " + code);
  }
}
