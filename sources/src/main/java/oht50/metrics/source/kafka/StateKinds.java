package oht50.metrics.source.kafka;

import java.util.Set;
import oht50.metrics.model.MetricKind;

/**
 * Which states are facts: those of which it counts when exactly a value began, because a robot's
 * times and failures are reckoned from them. They have few values that change now and then.
 */
final class StateKinds {
  /** Whether a mission is being carried out: 0 or 1. */
  static final String MISSION_ACTIVE = "oht50_robot_mission_active";

  /** Whether a battery is being charged, 0 once it is full: 0 or 1. */
  static final String CHARGING = "oht50_robot_charging";

  /** Whether the robot says that it drives: 0 or 1. */
  static final String DRIVING = "oht50_robot_driving";

  private static final Set<String> METRICS =
      Set.of(
          "oht50_robot_state",
          "oht50_robot_mode",
          "oht50_robot_safety",
          "oht50_robot_errors",
          "oht50_robot_link_up",
          MISSION_ACTIVE,
          CHARGING,
          DRIVING);

  private StateKinds() {}

  /** The kind of a metric whose value holds until the next one. */
  static MetricKind kindOfState(String metric) {
    return METRICS.contains(metric) ? MetricKind.TRACKED_STATE : MetricKind.STATE;
  }
}
