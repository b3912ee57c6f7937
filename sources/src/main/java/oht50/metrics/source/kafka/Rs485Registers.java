package oht50.metrics.source.kafka;

/**
 * Registers of a module as the firmware reads them from the RS485 bus: {@code {"module_addr",
 * "module_name", "registers": [{"addr", "name", "value", "unit", "mode", "scaling"}],
 * "timestamp"}}. The scaling has already been applied to the value.
 */
final class Rs485Registers {
  private Rs485Registers() {}

  static void read(Fields data, Readings readings) {
    String module = ModuleIds.require(data, "module_addr");
    if (module == null) {
      return;
    }
    for (Fields register : data.objects("registers")) {
      readRegister(register, module, readings);
    }
    readings.block("rs485", module);
  }

  private static void readRegister(Fields register, String module, Readings readings) {
    boolean isNamed = register.has("name") || !register.has("addr");
    String name = register.requireIdentifier(isNamed ? "name" : "addr");
    double value = register.requireNumber("value");
    String unit = register.name("unit");
    if (name != null) {
      ModuleRegisters.add(readings, module, name, unit, value);
    }
  }
}
