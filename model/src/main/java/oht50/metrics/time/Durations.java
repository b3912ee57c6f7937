package oht50.metrics.time;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as configuration and rule files write them: {@code 30s}, {@code 2m}, {@code 1h30m}. A
 * year is 365 days; none is longer than the 292 years that Prometheus can count.
 */
public final class Durations {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(\\d{1,3})y)?(?:(\\d{1,5})w)?(?:(\\d{1,6})d)?(?:(\\d{1,7})h)?(?:(\\d{1,9})m)?"
              + "(?:(\\d{1,10})s)?(?:(\\d{1,13})ms)?");
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private Durations() {}

  /** Whether {@link #parse} reads a text. */
  public static boolean isDuration(String text) {
    return read(text) != null;
  }

  /**
   * @throws IllegalArgumentException if the text is not of that form, or empty
   */
  public static Duration parse(String text) {
    Duration duration = read(text);
    if (duration == null) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a duration; write it like 30s, 2m, 1h30m or 250ms");
    }
    return duration;
  }

  private static Duration read(String text) {
    Matcher matcher = FORM.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      return null;
    }
    Duration duration =
        Duration.ofDays(365 * number(matcher, 1) + 7 * number(matcher, 2) + number(matcher, 3))
            .plusHours(number(matcher, 4))
            .plusMinutes(number(matcher, 5))
            .plusSeconds(number(matcher, 6))
            .plusMillis(number(matcher, 7));
    return duration.compareTo(LONGEST) > 0 ? null : duration;
  }

  /**
   * The shortest text of that form; {@code 0s} for nothing. Parts of a millisecond are left out.
   */
  public static String print(Duration duration) {
    StringBuilder text = new StringBuilder();
    append(text, duration.toDays(), "d");
    append(text, duration.toHoursPart(), "h");
    append(text, duration.toMinutesPart(), "m");
    append(text, duration.toSecondsPart(), "s");
    append(text, duration.toMillisPart(), "ms");
    return text.isEmpty() ? "0s" : text.toString();
  }

  private static void append(StringBuilder text, long number, String unit) {
    if (number != 0) {
      text.append(number).append(unit);
    }
  }

  private static long number(Matcher matcher, int group) {
    return matcher.group(group) == null ? 0 : Long.parseLong(matcher.group(group));
  }
}
