package oht50.metrics.vda;

/** How a robot's emergency stop stands. The codes are persisted and never reused. */
public enum EmergencyStop {
  /** Nobody has said. */
  UNKNOWN(0),
  NONE(1),
  /** Active, and acknowledged by itself once its cause is gone. */
  AUTOACK(2),
  MANUAL(3),
  REMOTE(4);

  private final int code;

  EmergencyStop(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  boolean isActive() {
    return this != UNKNOWN && this != NONE;
  }

  static EmergencyStop ofCode(int code) {
    for (EmergencyStop stop : values()) {
      if (stop.code == code) {
        return stop;
      }
    }
    throw new IllegalArgumentException("unknown emergency stop code " + code);
  }
}
