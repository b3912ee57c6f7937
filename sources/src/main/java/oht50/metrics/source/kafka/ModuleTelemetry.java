package oht50.metrics.source.kafka;

import oht50.metrics.model.RejectReason;

/**
 * A module as the backend of October 2025 sees it: {@code {"module_id", "module_name", "telemetry":
 * {field: {"value", "min_value", "max_value", "unit", "valid"}}, "timestamp"}}. A value outside its
 * range is kept; what the source thinks of it is {@code oht50_module_register_valid}.
 */
final class ModuleTelemetry {
  private ModuleTelemetry() {}

  static void read(Fields body, Readings readings) {
    String module = ModuleIds.require(body, "module_id");
    Fields telemetry = body.requireObject("telemetry");
    if (module == null || telemetry == null) {
      return;
    }
    if (isStandIn(telemetry)) {
      body.reject("telemetry", RejectReason.NO_DATA, "saw the values of an absent firmware");
      return;
    }
    for (String name : telemetry.names()) {
      Fields field = telemetry.object(name);
      if (field != null) {
        double value = field.requireNumber("value");
        ModuleRegisters.add(readings, module, name, field.name("unit"), value);
        if (!Double.isNaN(value)) {
          readings.state(
              field.flag("valid"),
              "oht50_module_register_valid",
              "module_id",
              module,
              "register",
              name);
        }
      }
    }
    readings.block("module", module);
  }

  private static boolean isStandIn(Fields telemetry) {
    return StandInValues.isBattery(
        value(telemetry, "battery_level"),
        value(telemetry, "voltage"),
        value(telemetry, "current"),
        value(telemetry, "temperature"));
  }

  private static double value(Fields telemetry, String name) {
    return telemetry.node().path(name).path("value").asDouble();
  }
}
