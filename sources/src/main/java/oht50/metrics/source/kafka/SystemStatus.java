package oht50.metrics.source.kafka;

/**
 * How the robot's own computer is: {@code system.status} of the documents, {@code {"data":
 * {"status", "state", "health": {"cpu", "memory", "disk" %, "temperature" °C}}}}, and {@code
 * telemetry_update} of the backend's WebSocket, {@code {"data": {"cpu_percent", "memory_percent",
 * "disk_percent"}}}, which is about that computer despite its name.
 */
final class SystemStatus {
  private SystemStatus() {}

  static void read(Fields body, Readings readings) {
    Fields data = body.requireObject("data");
    if (data == null) {
      return;
    }
    // The state says ready or busy, the status also what it is busy with.
    readings.robotState(data, data.has("status") ? "status" : "state");
    readings.block("status", null);
    readComputer(data, "cpu_percent", "memory_percent", "disk_percent", readings);
    Fields health = data.object("health");
    if (health != null) {
      readComputer(health, "cpu", "memory", "disk", readings);
      readings.gauge(health.number("temperature"), "oht50_robot_temperature_celsius");
    }
    readings.block("system", null);
  }

  private static void readComputer(
      Fields fields, String cpu, String memory, String disk, Readings readings) {
    readings.gauge(fields.number(cpu, 0, 100), "oht50_robot_cpu_percent");
    readings.gauge(fields.number(memory, 0, 100), "oht50_robot_memory_percent");
    readings.gauge(fields.number(disk, 0, 100), "oht50_robot_disk_percent");
  }
}
