package oht50.metrics.vda;

import oht50.metrics.mission.MissionStatus;

/**
 * Something that follows from two states of a robot. Exactly one of {@code type} and {@code status}
 * is not null.
 *
 * @param type of a safety event
 * @param severity of it, or null
 * @param detail what the robot said: the type of its error, or how its emergency stop stands; null
 *     where there is nothing to say
 * @param order id of the order that has got a status
 * @param timestamp event time of the later of the two states, ms
 */
record DerivedFact(
    String type,
    String severity,
    String detail,
    String order,
    MissionStatus status,
    long timestamp) {
  static DerivedFact safety(String type, String severity, String detail, long timestamp) {
    return new DerivedFact(type, severity, detail, null, null, timestamp);
  }

  static DerivedFact mission(String order, MissionStatus status, long timestamp) {
    return new DerivedFact(null, null, null, order, status, timestamp);
  }

  boolean isOfMission() {
    return status != null;
  }

  /** What identifies it among the facts of its robot. */
  String id() {
    if (isOfMission()) {
      return order + '/' + status.word() + '/' + timestamp;
    }
    // One robot may have several new errors at once, but only one emergency stop.
    boolean isError = type.equals(StateFold.HARDWARE_ERROR);
    return type + '/' + timestamp + (isError ? '/' + detail : "");
  }
}
