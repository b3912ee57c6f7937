package oht50.metrics.model;

/** Why a final answer has the value it has. The words are persisted. */
public enum Cause {
  /** First published when its time had come. */
  ON_TIME(1, "on_time"),
  /** A late sample or event changed it. */
  LATE(2, "late"),
  /** A backfill or a repair changed it. */
  BACKFILL(3, "backfill"),
  /** A changed rule, zone or mapping changed it. */
  DEFINITION(4, "definition"),
  /** A restart published it again with what it knew by then. */
  REPLAY(5, "replay");

  private final int code;
  private final String word;

  Cause(int code, String word) {
    this.code = code;
    this.word = word;
  }

  public int code() {
    return code;
  }

  public String word() {
    return word;
  }

  public static Cause ofCode(int code) {
    for (Cause cause : values()) {
      if (cause.code == code) {
        return cause;
      }
    }
    throw new IllegalArgumentException("unknown cause code " + code);
  }

  public static Cause ofWord(String word) {
    for (Cause cause : values()) {
      if (cause.word.equals(word)) {
        return cause;
      }
    }
    throw new IllegalArgumentException("unknown cause " + word);
  }
}
