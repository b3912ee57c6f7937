package oht50.metrics.ruleexplain;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import oht50.metrics.time.Durations;

/** How times are written: of the day of a tick without the date; all in UTC. */
final class Moments {
  private final LocalDate day;

  Moments(long tick) {
    this.day = day(tick);
  }

  private static LocalDate day(long millis) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
  }

  static String full(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  String text(long millis) {
    String full = full(millis);
    return day(millis).equals(day)
        ? full.substring(full.indexOf('T') + 1, full.length() - 1)
        : full;
  }

  static String duration(long millis) {
    return Durations.print(Duration.ofMillis(millis));
  }
}
