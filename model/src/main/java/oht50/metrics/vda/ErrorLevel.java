package oht50.metrics.vda;

/** How bad an error is, from the least on. The codes are persisted and never reused. */
public enum ErrorLevel {
  WARNING(1, "low"),
  URGENT(2, "medium"),
  CRITICAL(3, "high"),
  FATAL(4, "critical");

  private final int code;
  private final String severity;

  ErrorLevel(int code, String severity) {
    this.code = code;
    this.severity = severity;
  }

  int code() {
    return code;
  }

  /** The severity of the event that the error is. */
  String severity() {
    return severity;
  }

  static ErrorLevel ofCode(int code) {
    for (ErrorLevel level : values()) {
      if (level.code == code) {
        return level;
      }
    }
    throw new IllegalArgumentException("unknown error level code " + code);
  }
}
