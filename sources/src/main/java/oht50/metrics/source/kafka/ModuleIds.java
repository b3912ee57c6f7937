package oht50.metrics.source.kafka;

import java.util.Locale;
import oht50.metrics.model.RejectReason;

/** One spelling of a module for all sources: its address as {@code 0x02}, or the name it has. */
final class ModuleIds {
  /** Battery management, charger, rails. */
  static final String POWER = "0x02";

  static final String TRAVEL_MOTOR = "0x04";

  private static final int LONGEST = 50;
  private static final int LAST_ADDRESS = 0xff;

  private ModuleIds() {}

  /** The module that a field names, or null when absent; one with a longer name is rejected. */
  static String of(Fields fields, String field) {
    return limited(fields, field, fields.identifier(field));
  }

  /** The module that a field has to name, else null after a reject. */
  static String require(Fields fields, String field) {
    return limited(fields, field, fields.requireIdentifier(field));
  }

  private static String limited(Fields fields, String field, String id) {
    if (id == null || id.length() <= LONGEST) {
      return id == null ? null : canonical(id);
    }
    fields.reject(
        field,
        RejectReason.OUT_OF_RANGE,
        "saw " + id.length() + " characters, 1 to " + LONGEST + " are allowed");
    return null;
  }

  /** {@code 2}, {@code 0x2} and {@code 0X02} are {@code 0x02}; another name stays. */
  static String canonical(String id) {
    boolean hexadecimal = id.startsWith("0x") || id.startsWith("0X");
    try {
      int address =
          hexadecimal ? Integer.parseUnsignedInt(id.substring(2), 16) : Integer.parseInt(id);
      return 0 <= address && address <= LAST_ADDRESS
          ? String.format(Locale.ROOT, "0x%02X", address)
          : id;
    } catch (NumberFormatException e) {
      return id;
    }
  }
}
