package oht50.metrics.source.kafka;

/**
 * The WebSocket events of the documents, {@code telemetry.realtime}, {@code telemetry.status} and
 * {@code telemetry} with a {@code module_id}: {@code {"data": {"position" mm, "velocity": {"linear"
 * m/s}, "acceleration": {"linear" m/s²}, "orientation" degrees, "sensors": {"battery" %,
 * "temperature" °C, "humidity" %}, "status"}}}. The unit of {@code velocity.angular} is written
 * nowhere, so it is not read.
 */
final class DocumentTelemetry {
  private static final double MILLIMETRES_PER_METRE = 1_000;

  private DocumentTelemetry() {}

  static void read(Fields body, Readings readings) {
    String module = ModuleIds.of(body, "module_id");
    Fields data = body.requireObject("data");
    if (data == null) {
      return;
    }
    readMotion(data, readings);
    readings.block("location", module);
    readSensors(data.object("sensors"), module, readings);
    readings.block("sensor", module);
    Fields status = data.node().path("status").isObject() ? data.object("status") : data;
    StatusWords.read(status, module, readings);
    readings.block("status", module);
  }

  private static void readMotion(Fields data, Readings readings) {
    Fields position = data.object("position");
    if (position != null) {
      Kinematics.position(readings, "x", position.number("x"));
      Kinematics.position(readings, "y", position.number("y"));
      Kinematics.position(readings, "z", position.number("z"));
    }
    Fields velocity = data.object("velocity");
    if (velocity != null) {
      Kinematics.velocity(readings, velocity.number("linear") * MILLIMETRES_PER_METRE);
    }
    Fields acceleration = data.object("acceleration");
    if (acceleration != null) {
      Kinematics.acceleration(readings, acceleration.number("linear") * MILLIMETRES_PER_METRE);
    }
    Fields orientation = data.object("orientation");
    if (orientation != null) {
      readings.gauge(orientation.number("pitch"), "oht50_robot_pitch_degrees");
      readings.gauge(orientation.number("roll"), "oht50_robot_roll_degrees");
      readings.gauge(orientation.number("yaw"), "oht50_robot_yaw_degrees");
    }
  }

  private static void readSensors(Fields sensors, String module, Readings readings) {
    if (sensors == null) {
      return;
    }
    Battery.percent(readings, sensors.number("battery", 0, 100));
    readings.gauge(
        sensors.number("temperature"), "oht50_robot_temperature_celsius", "module_id", module);
    readings.gauge(
        sensors.number("humidity", 0, 100), "oht50_robot_humidity_percent", "module_id", module);
  }
}
