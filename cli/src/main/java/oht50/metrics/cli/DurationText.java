package oht50.metrics.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 500ms 30s 5m 2h 1d}; a bare number is seconds. */
public final class DurationText {
  private static final Pattern SHAPE = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ms|s|m|h|d|)");

  private DurationText() {}

  /** Throws IllegalArgumentException with a message for a person. */
  public static Duration parse(String text) {
    Matcher matcher = SHAPE.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no duration; write for instance 500ms, 30s, 5m or 2h");
    }
    double millisPerUnit =
        switch (matcher.group(2)) {
          case "ms" -> 1;
          case "m" -> 60_000;
          case "h" -> 3_600_000;
          case "d" -> 86_400_000;
          default -> 1_000;
        };
    return Duration.ofMillis(Math.round(Double.parseDouble(matcher.group(1)) * millisPerUnit));
  }

  /** For a table: {@code 0.4 s}, {@code 12 s}, {@code 3 min 5 s}, {@code 2 h 10 min}. */
  public static String print(Duration duration) {
    long seconds = duration.toSeconds();
    if (duration.toMillis() < 10_000) {
      return String.format(java.util.Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? seconds / 60 + " min " + seconds % 60 + " s"
        : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
  }
}
