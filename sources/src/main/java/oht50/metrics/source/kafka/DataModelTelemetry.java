package oht50.metrics.source.kafka;

import oht50.metrics.model.RejectReason;

/**
 * Telemetry as the data model has it: {@code {"module_id", "data_type": sensor, position, status or
 * combined, "sensor_data", "position_data", "status_data", "timestamp"}}. The block that {@code
 * data_type} names has to be there, of a combined message at least one; values outside the model's
 * ranges are rejected.
 *
 * <p>Position and state are the robot's, whichever module tells them; angles come in radians.
 */
final class DataModelTelemetry {
  private DataModelTelemetry() {}

  static void read(Fields body, Readings readings) {
    String module = ModuleIds.require(body, "module_id");
    if (module == null) {
      return;
    }
    String type = body.requireText("data_type");
    if (type == null) {
      return;
    }
    switch (Text.word(type)) {
      case "sensor" -> readSensor(body.requireObject("sensor_data"), Double.NaN, module, readings);
      case "position" -> readPosition(body.requireObject("position_data"), module, readings);
      case "status" -> readStatus(body.requireObject("status_data"), module, readings);
      case "combined" -> readCombined(body, module, readings);
      default -> body.unknownWord("data_type", type, "sensor, position, status, combined");
    }
  }

  private static void readCombined(Fields body, String module, Readings readings) {
    Fields sensor = body.object("sensor_data");
    Fields position = body.object("position_data");
    Fields status = body.object("status_data");
    if (!body.has("sensor_data") && !body.has("position_data") && !body.has("status_data")) {
      body.missing("sensor_data");
      return;
    }
    double percent = status == null ? Double.NaN : status.node().path("battery_level").asDouble();
    if (readSensor(sensor, percent, module, readings)) {
      readStatus(status, module, readings);
    }
    readPosition(position, module, readings);
  }

  /**
   * @param percent battery level that came with it, or NaN
   * @return false if the values are those of a firmware that does not answer
   */
  private static boolean readSensor(
      Fields sensor, double percent, String module, Readings readings) {
    if (sensor == null) {
      return true;
    }
    double celsius = sensor.number("temperature", -50, 100);
    double volts = sensor.number("voltage", 0, 50);
    double amperes = sensor.number("current", 0, 100);
    if (StandInValues.isBattery(percent, volts, amperes, celsius)) {
      sensor.reject("voltage", RejectReason.NO_DATA, "saw the values of an absent firmware");
      return false;
    }
    add(readings, module, "temperature", ModuleRegisters.CELSIUS, celsius);
    add(readings, module, "humidity", "%", sensor.number("humidity", 0, 100));
    add(readings, module, "voltage", "V", volts);
    add(readings, module, "current", "A", amperes);
    add(readings, module, "pressure", null, sensor.number("pressure", 0, 1000));
    add(readings, module, "vibration", null, sensor.number("vibration", 0, 100));
    readings.block("sensor", module);
    return true;
  }

  private static void add(
      Readings readings, String module, String register, String unit, double value) {
    ModuleRegisters.add(readings, module, register, unit, value);
  }

  private static void readPosition(Fields position, String module, Readings readings) {
    if (position == null) {
      return;
    }
    Kinematics.position(readings, "x", position.number("x", -10_000, 10_000));
    Kinematics.position(readings, "y", position.number("y", -10_000, 10_000));
    Kinematics.position(readings, "z", position.number("z", -1_000, 1_000));
    readings.gauge(
        Math.toDegrees(position.number("theta", -3.14159, 3.14159)), "oht50_robot_yaw_degrees");
    Kinematics.velocity(readings, position.number("velocity", 0, 1_000));
    Kinematics.acceleration(readings, position.number("acceleration", -500, 500));
    readings.block("position", module);
  }

  private static void readStatus(Fields status, String module, Readings readings) {
    if (status != null) {
      StatusWords.read(status, module, readings);
      readings.block("status", module);
    }
  }
}
