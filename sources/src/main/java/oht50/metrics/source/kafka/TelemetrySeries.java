package oht50.metrics.source.kafka;

import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Series;

/**
 * The series of a robot's telemetry; each also carries {@code robot_id}. At most 64: a set of them
 * is the bits of a long, in this order, which is also the order within a layout. Neither the order
 * nor the bits are persisted.
 */
enum TelemetrySeries {
  LATENCY("oht50_telemetry_latency_seconds", MetricKind.GAUGE, "data_type", "telemetry"),

  // One per canonical state, in the order of RobotState.
  STATE_IDLE(RobotState.IDLE),
  STATE_MOVING(RobotState.MOVING),
  STATE_DOCKING(RobotState.DOCKING),
  STATE_CHARGING(RobotState.CHARGING),
  STATE_PAUSED(RobotState.PAUSED),
  STATE_FAULT(RobotState.FAULT),
  STATE_ESTOP(RobotState.ESTOP),
  STATE_MAINTENANCE(RobotState.MAINTENANCE),
  STATE_STARTING(RobotState.STARTING),
  STATE_OFF(RobotState.OFF),

  TRACK_POSITION("oht50_robot_position_mm", MetricKind.STATE, "axis", "track"),
  POSITION_X("oht50_robot_position_mm", MetricKind.STATE, "axis", "x"),
  POSITION_Y("oht50_robot_position_mm", MetricKind.STATE, "axis", "y"),
  POSITION_Z("oht50_robot_position_mm", MetricKind.STATE, "axis", "z"),
  TRACK_VELOCITY("oht50_robot_velocity_mm_per_second", MetricKind.GAUGE, "axis", "track"),
  VELOCITY_X("oht50_robot_velocity_mm_per_second", MetricKind.GAUGE, "axis", "x"),
  VELOCITY_Y("oht50_robot_velocity_mm_per_second", MetricKind.GAUGE, "axis", "y"),
  VELOCITY_Z("oht50_robot_velocity_mm_per_second", MetricKind.GAUGE, "axis", "z"),
  TRACK_ACCELERATION(
      "oht50_robot_acceleration_mm_per_second_squared", MetricKind.GAUGE, "axis", "track"),
  ACCELERATION_X("oht50_robot_acceleration_mm_per_second_squared", MetricKind.GAUGE, "axis", "x"),
  ACCELERATION_Y("oht50_robot_acceleration_mm_per_second_squared", MetricKind.GAUGE, "axis", "y"),
  ACCELERATION_Z("oht50_robot_acceleration_mm_per_second_squared", MetricKind.GAUGE, "axis", "z"),
  PITCH("oht50_robot_pitch_degrees", MetricKind.GAUGE),
  ROLL("oht50_robot_roll_degrees", MetricKind.GAUGE),
  YAW("oht50_robot_yaw_degrees", MetricKind.GAUGE),
  ACCURACY("oht50_robot_position_accuracy_mm", MetricKind.GAUGE),

  ESTOP("oht50_robot_safety", MetricKind.TRACKED_STATE, "signal", "estop"),
  ZONE_BLOCKED("oht50_robot_safety", MetricKind.TRACKED_STATE, "signal", "zone_blocked"),
  INTERLOCK_ACTIVE("oht50_robot_safety", MetricKind.TRACKED_STATE, "signal", "interlock_active"),
  LOCATION_SAFE("oht50_robot_safety", MetricKind.TRACKED_STATE, "signal", "location_safe"),
  OBSTACLE_DETECTED("oht50_robot_safety", MetricKind.TRACKED_STATE, "signal", "obstacle_detected"),
  SAFETY_ZONE_CLEAR("oht50_robot_safety", MetricKind.TRACKED_STATE, "signal", "safety_zone_clear"),
  EMERGENCY_STOP("oht50_robot_safety", MetricKind.TRACKED_STATE, "signal", "emergency_stop"),

  PROGRESS("oht50_navigation_progress_percent", MetricKind.GAUGE),
  DISTANCE_TO_TARGET("oht50_navigation_distance_to_target_mm", MetricKind.GAUGE),

  DOCK_DISTANCE("oht50_dock_distance_mm", MetricKind.GAUGE),
  CHARGING(StateKinds.CHARGING, MetricKind.TRACKED_STATE),
  CHARGING_CURRENT("oht50_dock_charging_amperes", MetricKind.GAUGE),
  CHARGING_VOLTAGE("oht50_dock_charging_volts", MetricKind.GAUGE),

  MISSION_ACTIVE(StateKinds.MISSION_ACTIVE, MetricKind.TRACKED_STATE),
  CARGO_PRESENT("oht50_robot_cargo", MetricKind.STATE, "kind", "present"),
  CARGO_LOCKED("oht50_robot_cargo", MetricKind.STATE, "kind", "locked"),
  LINK_CENTER("oht50_robot_link_up", MetricKind.TRACKED_STATE, "link", "center"),
  LINK_RS485("oht50_robot_link_up", MetricKind.TRACKED_STATE, "link", "rs485"),
  CPU("oht50_robot_cpu_percent", MetricKind.GAUGE),
  MEMORY("oht50_robot_memory_percent", MetricKind.GAUGE),
  TEMPERATURE("oht50_robot_temperature_celsius", MetricKind.GAUGE),
  RSSI("oht50_robot_rssi_dbm", MetricKind.GAUGE);

  private static final TelemetrySeries[] ALL = values();

  private final String metric;
  private final MetricKind kind;
  private final Labels labels;

  TelemetrySeries(RobotState state) {
    this("oht50_robot_state", MetricKind.TRACKED_STATE, "state", state.word());
  }

  TelemetrySeries(String metric, MetricKind kind, String... labels) {
    this.metric = metric;
    this.kind = kind;
    this.labels = Labels.of(labels);
  }

  Series of(String robot) {
    return Series.of(metric, labels.with("robot_id", robot), kind);
  }

  long bit() {
    return 1L << ordinal();
  }

  static TelemetrySeries ofBit(int bit) {
    return ALL[bit];
  }

  static TelemetrySeries of(RobotState state) {
    return ALL[STATE_IDLE.ordinal() + state.ordinal()];
  }
}
