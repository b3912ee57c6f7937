package oht50.metrics.time;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as configuration and rule files write them: {@code 30s}, {@code 2m}, {@code 1h30m}. */
public final class Durations {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(\\d{1,6})d)?(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");

  private Durations() {}

  /**
   * @throws IllegalArgumentException if the text is not of that form, or empty
   */
  public static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a duration; write it like 30s, 2m, 1h30m or 250ms");
    }
    return Duration.ofDays(number(matcher, 1))
        .plusHours(number(matcher, 2))
        .plusMinutes(number(matcher, 3))
        .plusSeconds(number(matcher, 4))
        .plusMillis(number(matcher, 5));
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
