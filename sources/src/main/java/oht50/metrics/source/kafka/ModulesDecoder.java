package oht50.metrics.source.kafka;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.ZoneId;
import oht50.metrics.model.RejectReason;

/**
 * What becomes of a robot's modules, its bus and its mode: {@code {"type", "timestamp", "data"}}
 * with the types {@code module.discovered}, {@code module.status_change}, {@code rs485_bus_health}
 * and {@code robot.mode}. The robot is the record's key, or {@code robot_id} inside.
 */
public final class ModulesDecoder extends JsonDecoder {
  private final ZoneId site;

  /**
   * @param site the zone of times that name none in {@link BackendFrames}
   */
  public ModulesDecoder(Duration maxAhead, ZoneId site) {
    super(maxAhead);
    this.site = site;
  }

  private interface Form {
    void read(Fields data, Readings readings);
  }

  @Override
  Unnamed unnamed(ObjectNode message, String type) {
    return !message.hasNonNull("type") && form(type) != null ? Unnamed.ENVELOPE : null;
  }

  @Override
  void decode(Fields message, Draft draft) {
    String type = message.requireText("type");
    if (type == null) {
      return;
    }
    Form form = form(type);
    if (form == null) {
      message.reject(
          "type",
          RejectReason.UNKNOWN_MESSAGE_TYPE,
          "saw \""
              + Text.brief(type)
              + "\", module.discovered, module.status_change, rs485_bus_health or robot.mode is"
              + " allowed");
      return;
    }
    Fields data = message.requireObject("data");
    if (data == null) {
      return;
    }
    String robot = keyedRobot(message, data, draft);
    if (robot == null) {
      return;
    }
    long timestamp = message.requireTimestamp("timestamp", BackendFrames.zone(message, site));
    if (timestamp != Timestamps.UNREADABLE) {
      Readings readings = new Readings(robot, timestamp);
      form.read(data, readings);
      readings.emit(draft);
    }
  }

  private static Form form(String type) {
    return switch (type) {
      case "module.discovered" -> (data, readings) -> status(data, "status", readings);
      case "module.status_change" -> (data, readings) -> status(data, "new_status", readings);
      case "rs485_bus_health" ->
          (data, readings) ->
              readings.gauge(data.number("error_rate", 0, 100), "oht50_rs485_error_percent");
      case "robot.mode" -> (data, readings) -> RobotMode.read(data, "mode", readings);
      default -> null;
    };
  }

  private static void status(Fields data, String field, Readings readings) {
    String module = ModuleIds.require(data, "module_id");
    if (module == null) {
      return;
    }
    if (data.has(field)) {
      ModuleStatus.add(readings, module, data, field);
    } else {
      data.missing(field);
    }
  }
}
