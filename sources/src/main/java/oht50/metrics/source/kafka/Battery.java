package oht50.metrics.source.kafka;

/** The series of a robot's battery. */
final class Battery {
  private Battery() {}

  static void percent(Readings readings, double percent) {
    readings.state(percent, "oht50_robot_battery_percent");
  }

  static void volts(Readings readings, double volts) {
    readings.gauge(volts, "oht50_robot_battery_volts");
  }

  /** Negative while it gives. */
  static void amperes(Readings readings, double amperes) {
    readings.gauge(amperes, "oht50_robot_battery_amperes");
  }
}
