package oht50.metrics.source.kafka;

import java.util.Locale;

/**
 * What a robot says to the Center: {@code {"type": registration, heartbeat or telemetry,
 * "device_id", "timestamp", "status" or "data"}}. That it speaks to the Center is no sample of
 * {@code oht50_robot_link_up}: the robot's own telemetry says that, and a message never says that
 * the link is down.
 *
 * <p>The Center has a spelling of its own for a robot, as {@code OHT50-001} for {@code OHT-50-001}:
 * a {@code device_id} that differs from the key only in punctuation and case is the key's robot.
 */
final class CenterMessages {
  private CenterMessages() {}

  /** The robot, or null after a reject. */
  static String robot(Fields message, Draft draft) {
    String device = message.name("device_id");
    String key = draft.key();
    if (device != null && key == null) {
      return device;
    }
    if (device != null && !squeezed(device).equals(squeezed(key))) {
      JsonDecoder.keyMismatch(message, "device_id", device, draft);
      return null;
    }
    return JsonDecoder.keyedRobot(message, message, draft);
  }

  private static String squeezed(String robot) {
    StringBuilder letters = new StringBuilder(robot.length());
    robot
        .toLowerCase(Locale.ROOT)
        .chars()
        .filter(Character::isLetterOrDigit)
        .forEach(c -> letters.append((char) c));
    return letters.toString();
  }

  /** A registration or a heartbeat. */
  static void readSign(Fields message, Readings readings) {
    Fields status = message.object("status");
    if (status != null) {
      readings.robotState(status, "state");
      readings.block("status", null);
    }
  }

  static void readTelemetry(Fields message, Readings readings) {
    Fields data = message.requireObject("data");
    if (data == null) {
      return;
    }
    Fields power = data.object("power");
    if (power != null) {
      Battery.volts(readings, power.number("voltage"));
      Battery.amperes(readings, power.number("current"));
      readings.block("power", ModuleIds.POWER);
    }
    Fields modules = data.object("modules");
    if (modules != null) {
      for (String id : modules.names()) {
        Fields module = modules.object(id);
        if (module != null) {
          ModuleStatus.add(readings, ModuleIds.canonical(id), module, "status");
        }
      }
      readings.block("modules", null);
    }
  }
}
