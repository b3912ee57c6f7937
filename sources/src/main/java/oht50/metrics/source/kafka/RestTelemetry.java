package oht50.metrics.source.kafka;

import oht50.metrics.model.RejectReason;

/**
 * What the backend of October 2025 answers to {@code /api/v1/telemetry/current}: {@code
 * {"timestamp", "motor_speed" rpm, "motor_temperature" °C, "dock_status", "safety_status"}}. No
 * list of the words of {@code dock_status} is known, so it is not read.
 */
final class RestTelemetry {
  private static final String RPM = "motor_speed";
  private static final String CELSIUS = "motor_temperature";

  private RestTelemetry() {}

  static boolean is(Fields body) {
    return body.has(RPM) || body.has(CELSIUS);
  }

  static void read(Fields body, Readings readings) {
    double rpm = body.number(RPM);
    double celsius = body.number(CELSIUS);
    if (StandInValues.isMotor(rpm, celsius)) {
      body.reject(RPM, RejectReason.NO_DATA, "saw the values of the mock mode");
      return;
    }
    readings.gauge(rpm, "oht50_robot_motor_speed_rpm");
    readings.gauge(celsius, "oht50_robot_temperature_celsius", "module_id", ModuleIds.TRAVEL_MOTOR);
    readings.block("motor", ModuleIds.TRAVEL_MOTOR);
    StatusWords.safety(body, readings);
    readings.block("safety", null);
  }
}
