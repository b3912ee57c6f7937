package oht50.metrics.cli.rules;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import oht50.metrics.cli.CommandFailure;

/** Instants as options have them. */
final class InstantText {
  private InstantText() {}

  /**
   * An instant of ISO 8601 with an offset, or milliseconds since 1970; ends the command if none.
   */
  static long parse(String option, String text) {
    try {
      return text.matches("-?\\d{1,15}")
          ? Long.parseLong(text)
          : OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeParseException e) {
      throw CommandFailure.usage(
          option
              + " takes an instant such as 2026-11-24T18:50:00Z or milliseconds since 1970, not '"
              + text
              + "'");
    }
  }
}
