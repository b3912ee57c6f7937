package oht50.metrics.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import oht50.metrics.cli.Topics;

/** A robot's state as a telemetry message, version 2.0, all blocks. */
final class TelemetryMessage {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double CHARGING_VOLTS = 26.4;

  private TelemetryMessage() {}

  static DemoMessage of(DemoRobot robot, String missionId, long timeMillis) {
    ObjectNode message = JSON.createObjectNode();
    message.put("ts", timeMillis);
    addStatus(message.putObject("status"), robot);
    addLocation(message.putObject("location"), robot);
    addNavigation(message.putObject("navigation"), robot);
    addDock(message.putObject("dock"), robot);
    Station here = robot.stationHere();
    message.put("mission_id", missionId);
    message.put("station_id", here == null ? null : here.id());
    message.put("cargo_present", robot.cargo);
    message.put("cargo_locked", robot.cargo);
    message.put("cpu_usage", tenths(robot.cpuPercent));
    message.put("memory_usage", tenths(robot.memoryPercent));
    message.put("temperature", tenths(robot.temperatureC));
    message.put("center_connected", true);
    message.put("rs485_connected", true);
    message.put("tag_id", here == null ? null : "RFID-" + here.id());
    message.put("rssi", -45);
    return new DemoMessage(Topics.TELEMETRY, robot.id, message.toString());
  }

  private static void addStatus(ObjectNode status, DemoRobot robot) {
    status.put("state", robot.activity.word());
    status.put("pos_mm", tenths(robot.positionMm));
    status.put("vel_mms", tenths(robot.velocityMms));
    status.put("acc_mms2", tenths(robot.accelerationMms2));
    ObjectNode target = status.putObject("target");
    target.put("pos_mm", tenths(targetMm(robot)));
    target.put("vel_mms", robot.target == null ? 0.0 : 800.0);
    ObjectNode safety = status.putObject("safety");
    safety.put("estop", robot.isStopped());
    safety.put("zone_blocked", false);
    safety.put("interlock_active", false);
    safety.put("location_safe", true);
    safety.put("obstacle_detected", false);
    safety.put("safety_zone_clear", true);
    safety.put("emergency_stop", robot.isStopped());
    ObjectNode encoder = status.putObject("enc");
    encoder.put("health", "ok");
    encoder.putNull("fault");
    encoder.put("count", robot.encoderCount);
    status.putArray("errors");
    if (robot.batteryPercent < 30) {
      status.putArray("warn").add("Low battery: " + Math.round(robot.batteryPercent) + "%");
    } else {
      status.putArray("warn");
    }
  }

  private static void addLocation(ObjectNode location, DemoRobot robot) {
    addVector(location.putObject("position"), robot.positionMm);
    ObjectNode orientation = location.putObject("orientation");
    orientation.put("pitch", 0.0);
    orientation.put("roll", 0.0);
    orientation.put("yaw", robot.velocityMms < 0 ? 180.0 : 0.0);
    addVector(location.putObject("velocity"), robot.velocityMms);
    addVector(location.putObject("acceleration"), robot.accelerationMms2);
    location.put("accuracy", 10.0);
    location.put("system_status", "ok");
    location.put("imu_status", "ok");
    location.put("magnetic_status", "ok");
  }

  private static void addNavigation(ObjectNode navigation, DemoRobot robot) {
    boolean drives = robot.target != null;
    navigation.put("status", drives ? "navigating" : "idle");
    addVector(navigation.putObject("target"), targetMm(robot));
    navigation.put("progress", tenths(robot.progressPercent()));
    navigation.put("distance_to_target", tenths(robot.distanceToTargetMm()));
    navigation.put("estimated_time", tenths(robot.distanceToTargetMm() / 600));
    navigation.put("path_clear", true);
    navigation.put("obstacle_detected", false);
    navigation.putNull("obstacle_distance");
    navigation.putNull("obstacle_angle");
    navigation.put("speed_limit", 1000.0);
    navigation.put("zone_type", "safe");
  }

  private static void addDock(ObjectNode dock, DemoRobot robot) {
    boolean docked = robot.activity == DemoRobot.Activity.DOCKED;
    Station here = robot.stationHere();
    dock.put("status", docked ? "docked" : "not_docking");
    dock.put("station_id", docked ? here.id() : null);
    dock.put("target_station_id", robot.target == null ? null : robot.target.id());
    dock.put("alignment_status", docked ? "aligned" : "not_aligned");
    dock.put("distance", docked ? 0.0 : tenths(robot.distanceToTargetMm()));
    dock.put("angle", 0.0);
    dock.put("charging_status", docked ? "charging" : "not_charging");
    if (docked) {
      dock.put("charging_current", tenths(4_000 - 20 * robot.batteryPercent));
      dock.put("charging_voltage", CHARGING_VOLTS);
    } else {
      dock.putNull("charging_current");
      dock.putNull("charging_voltage");
    }
    dock.put("rfid_tag_id", here == null ? null : "RFID-" + here.id());
    dock.put("rfid_signal_strength", -45);
    dock.put("safety_status", "safe");
  }

  private static void addVector(ObjectNode vector, double x) {
    vector.put("x", tenths(x));
    vector.put("y", 0.0);
    vector.put("z", 0.0);
  }

  private static double targetMm(DemoRobot robot) {
    return robot.target == null ? robot.positionMm : robot.target.positionMm();
  }

  private static double tenths(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
