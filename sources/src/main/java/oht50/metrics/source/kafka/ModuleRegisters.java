package oht50.metrics.source.kafka;

import java.util.Locale;

/**
 * A value of a module as {@code oht50_module_register{module_id, register, unit}}. Some also have a
 * series that does not depend on who measured: a module's temperature, and what the power module
 * knows of the battery.
 */
final class ModuleRegisters {
  static final String CELSIUS = "°C";

  private ModuleRegisters() {}

  /**
   * @param register the source's name of it
   * @param unit as the source spells it, or null
   */
  static void add(Readings readings, String module, String register, String unit, double value) {
    readings.gauge(
        value, "oht50_module_register", "module_id", module, "register", register, "unit", unit);
    String name = register.toLowerCase(Locale.ROOT);
    if (name.equals("temperature")) {
      readings.gauge(value, "oht50_robot_temperature_celsius", "module_id", module);
    } else if (module.equals(ModuleIds.POWER)) {
      addBattery(readings, name, value);
    }
  }

  private static void addBattery(Readings readings, String register, double value) {
    switch (register) {
      case "battery_soc", "battery_level" -> Battery.percent(readings, value);
      case "battery_voltage" -> Battery.volts(readings, value);
      case "battery_current" -> Battery.amperes(readings, value);
      default -> {
        // a register like any other
      }
    }
  }
}
