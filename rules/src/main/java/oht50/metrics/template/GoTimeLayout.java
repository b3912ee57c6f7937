package oht50.metrics.template;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Layouts of Go's {@code time.Format}: how it would write Monday, 2 January 2006, 15:04:05. */
final class GoTimeLayout {
  /** A longer element comes before those that it begins with. */
  private static final Map<String, Function<ZonedDateTime, String>> ELEMENTS =
      new LinkedHashMap<>();

  static {
    put("January", "MMMM");
    put("Monday", "EEEE");
    put("2006", "yyyy");
    put("-07:00", "xxx");
    put("-0700", "xx");
    put("Z07:00", "XXX");
    put("Z0700", "XX");
    put("002", "DDD");
    put("Jan", "MMM");
    put("Mon", "EEE");
    ELEMENTS.put("MST", time -> "UTC");
    put("01", "MM");
    put("02", "dd");
    put("03", "hh");
    put("04", "mm");
    put("05", "ss");
    put("06", "yy");
    put("15", "HH");
    put("PM", "a");
    ELEMENTS.put("pm", time -> time.getHour() < 12 ? "am" : "pm");
    ELEMENTS.put("_2", time -> "%2d".formatted(time.getDayOfMonth()));
    put("1", "M");
    put("2", "d");
    put("3", "h");
    put("4", "m");
    put("5", "s");
  }

  private GoTimeLayout() {}

  private static void put(String element, String pattern) {
    ELEMENTS.put(element, DateTimeFormatter.ofPattern(pattern, Locale.US)::format);
  }

  static String format(String layout, ZonedDateTime time) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < layout.length()) {
      int fraction = lengthOfFraction(layout, at);
      String element = fraction > 0 ? null : elementAt(layout, at);
      if (fraction > 0) {
        text.append(fraction(layout.substring(at, at + fraction), time));
        at += fraction;
      } else if (element != null) {
        text.append(ELEMENTS.get(element).apply(time));
        at += element.length();
      } else {
        text.append(layout.charAt(at));
        at++;
      }
    }
    return text.toString();
  }

  private static String elementAt(String layout, int at) {
    for (String element : ELEMENTS.keySet()) {
      if (layout.startsWith(element, at)) {
        return element;
      }
    }
    return null;
  }

  /** The length of {@code .000} or {@code .999} behind seconds, or 0. */
  private static int lengthOfFraction(String layout, int at) {
    char mark = at + 1 < layout.length() ? layout.charAt(at + 1) : ' ';
    boolean isPoint = layout.charAt(at) == '.' || layout.charAt(at) == ',';
    if (!isPoint || (mark != '0' && mark != '9')) {
      return 0;
    }
    int end = at + 1;
    while (end < layout.length() && layout.charAt(end) == mark) {
      end++;
    }
    boolean isAtEnd = end == layout.length() || Character.digit(layout.charAt(end), 10) < 0;
    return isAtEnd ? end - at : 0;
  }

  private static String fraction(String element, ZonedDateTime time) {
    String digits = "%09d".formatted(time.getNano());
    String cut = digits.substring(0, Math.min(element.length() - 1, digits.length()));
    String kept = element.charAt(1) == '0' ? cut : cut.replaceAll("0+$", "");
    return kept.isEmpty() ? "" : element.charAt(0) + kept;
  }
}
