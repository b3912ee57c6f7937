package oht50.metrics.source.kafka;

/** The series of where a robot is and how it moves, in mm. */
final class Kinematics {
  private Kinematics() {}

  static void position(Readings readings, String axis, double millimetres) {
    readings.state(millimetres, "oht50_robot_position_mm", "axis", axis);
  }

  /** Along the track, mm/s. */
  static void velocity(Readings readings, double millimetresPerSecond) {
    readings.gauge(millimetresPerSecond, "oht50_robot_velocity_mm_per_second", "axis", "track");
  }

  /** Along the track, mm/s². */
  static void acceleration(Readings readings, double millimetresPerSecondSquared) {
    readings.gauge(
        millimetresPerSecondSquared,
        "oht50_robot_acceleration_mm_per_second_squared",
        "axis",
        "track");
  }
}
