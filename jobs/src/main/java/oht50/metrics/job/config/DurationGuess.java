package oht50.metrics.job.config;

import java.util.Locale;
import java.util.Optional;

/** Which duration was meant by one in another notation: {@code 30 sec}, {@code 5min}, 30. */
final class DurationGuess {
  private DurationGuess() {}

  /** In the notation of {@link oht50.metrics.time.Durations}. */
  static Optional<String> of(String text) {
    String stripped = text.strip();
    int digits = 0;
    while (digits < stripped.length() && isDigit(stripped.charAt(digits))) {
      digits++;
    }
    if (digits == 0 || digits > 6) {
      return Optional.empty();
    }
    String number = stripped.substring(0, digits);
    return unit(stripped.substring(digits).strip().toLowerCase(Locale.ROOT))
        .map(unit -> number + unit);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static Optional<String> unit(String word) {
    return switch (word) {
      case "ms", "msec", "msecs", "millis", "millisecond", "milliseconds" -> Optional.of("ms");
      case "", "s", "sec", "secs", "second", "seconds" -> Optional.of("s");
      case "m", "min", "mins", "minute", "minutes" -> Optional.of("m");
      case "h", "hr", "hrs", "hour", "hours" -> Optional.of("h");
      case "d", "day", "days" -> Optional.of("d");
      default -> Optional.empty();
    };
  }
}
