package oht50.metrics.model;

/** The life of an alert, as in Prometheus. The words are persisted. */
public enum AlertState {
  /** Its condition does not hold. */
  INACTIVE(1, "inactive"),
  /** Its condition holds, not yet for long enough. */
  PENDING(2, "pending"),
  /** Its condition has held for long enough. */
  FIRING(3, "firing");

  private final int code;
  private final String word;

  AlertState(int code, String word) {
    this.code = code;
    this.word = word;
  }

  public int code() {
    return code;
  }

  public String word() {
    return word;
  }

  public static AlertState ofCode(int code) {
    for (AlertState state : values()) {
      if (state.code == code) {
        return state;
      }
    }
    throw new IllegalArgumentException("unknown alert state code " + code);
  }

  public static AlertState ofWord(String word) {
    for (AlertState state : values()) {
      if (state.word.equals(word)) {
        return state;
      }
    }
    throw new IllegalArgumentException("unknown alert state " + word);
  }
}
