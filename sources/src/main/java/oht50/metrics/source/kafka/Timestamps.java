package oht50.metrics.source.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Reads every spelling of an instant that the fleet uses.
 *
 * <ul>
 *   <li>numbers by magnitude: below 1e11 seconds, below 1e14 milliseconds, below 1e17 microseconds
 *   <li>ISO-8601 date and time with seconds, 0 to 9 digits of fraction, zone {@code Z}, {@code
 *       ±hh:mm}, {@code ±hhmm} or {@code ±hh}; without a zone it is UTC
 * </ul>
 *
 * What is finer than a millisecond is cut off, towards the past.
 */
final class Timestamps {
  /** Not a time, or one at or before the epoch. */
  static final long UNREADABLE = Long.MIN_VALUE;

  static final String ALLOWED = "epoch seconds, ms or µs, or ISO-8601";

  private Timestamps() {}

  /** The same, where a text without a zone is local time of a zone; of two readings the earlier. */
  static long parse(JsonNode value, ZoneId naive) {
    long millis = parse(value);
    if (naive.equals(ZoneOffset.UTC)
        || millis == UNREADABLE
        || !value.isTextual()
        || endOfFraction(value.textValue()) < value.textValue().length()) {
      return millis;
    }
    LocalDateTime local = LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    return local.atZone(naive).toInstant().toEpochMilli();
  }

  /** Milliseconds since the epoch, positive, or {@link #UNREADABLE}. */
  static long parse(JsonNode value) {
    long millis = UNREADABLE;
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      millis = ofInteger(value.longValue());
    } else if (value.isNumber()) {
      millis = ofDouble(value.doubleValue());
    } else if (value.isTextual()) {
      millis = ofText(value.textValue());
    }
    return millis > 0 ? millis : UNREADABLE;
  }

  private static long ofInteger(long number) {
    if (number < 100_000_000_000L) {
      return number > 0 ? number * 1000 : UNREADABLE;
    }
    if (number < 100_000_000_000_000L) {
      return number;
    }
    return number < 100_000_000_000_000_000L ? number / 1000 : UNREADABLE;
  }

  // Rounded to the microsecond first: 0.123 s is a little less than 0.123 in binary.
  private static long ofDouble(double number) {
    if (!(number > 0 && number < 1e17)) {
      return UNREADABLE;
    }
    if (number < 1e11) {
      return Math.floorDiv(Math.round(number * 1e6), 1000L);
    }
    return number < 1e14
        ? Math.floorDiv(Math.round(number * 1e3), 1000L)
        : Math.floorDiv(Math.round(number), 1000L);
  }

  /** {@code yyyy-MM-dd[T ]HH:mm:ss[.f{0,9}][zone]}; no regular expression, this is per record. */
  static long ofText(String text) {
    if (text.length() < 19
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || (text.charAt(10) != 'T' && text.charAt(10) != 't' && text.charAt(10) != ' ')
        || text.charAt(13) != ':'
        || text.charAt(16) != ':') {
      return UNREADABLE;
    }
    int year = digits(text, 0, 4);
    int month = digits(text, 5, 7);
    int day = digits(text, 8, 10);
    int hour = digits(text, 11, 13);
    int minute = digits(text, 14, 16);
    int second = digits(text, 17, 19);
    if (year < 1970 || !within(month, 1, 12) || day < 1) {
      return UNREADABLE;
    }
    YearMonth yearMonth = YearMonth.of(year, month);
    if (day > yearMonth.lengthOfMonth()
        || !within(hour, 0, 23)
        || !within(minute, 0, 59)
        || !within(second, 0, 59)) {
      return UNREADABLE;
    }
    int zoneStart = endOfFraction(text);
    int offsetMinutes = zoneStart < 0 ? NO_ZONE : zone(text, zoneStart);
    if (offsetMinutes == NO_ZONE) {
      return UNREADABLE;
    }
    long seconds =
        yearMonth.atDay(day).toEpochDay() * 86_400L
            + (hour * 3600L + minute * 60L + second)
            - offsetMinutes * 60L;
    return seconds * 1000 + millisOfFraction(text, zoneStart);
  }

  private static final int NO_ZONE = Integer.MIN_VALUE;

  /** Index after the fraction, or -1 when it has more than nine digits. */
  private static int endOfFraction(String text) {
    if (text.length() == 19 || (text.charAt(19) != '.' && text.charAt(19) != ',')) {
      return 19;
    }
    int end = 20;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end > 29 ? -1 : end;
  }

  private static int millisOfFraction(String text, int end) {
    int millis = 0;
    for (int i = 20; i < 23; i++) {
      millis = millis * 10 + (i < end ? text.charAt(i) - '0' : 0);
    }
    return millis;
  }

  private static int zone(String text, int start) {
    int rest = text.length() - start;
    if (rest == 0) {
      return 0;
    }
    char sign = text.charAt(start);
    if (rest == 1) {
      return sign == 'Z' || sign == 'z' ? 0 : NO_ZONE;
    }
    if (sign != '+' && sign != '-') {
      return NO_ZONE;
    }
    boolean colon = rest == 6 && text.charAt(start + 3) == ':';
    if (rest != 3 && rest != 5 && !colon) {
      return NO_ZONE;
    }
    int hours = digits(text, start + 1, start + 3);
    int minutes = rest == 3 ? 0 : digits(text, text.length() - 2, text.length());
    if (!within(hours, 0, 18) || !within(minutes, 0, 59)) {
      return NO_ZONE;
    }
    int offset = hours * 60 + minutes;
    return sign == '-' ? -offset : offset;
  }

  private static boolean within(int number, int min, int max) {
    return min <= number && number <= max;
  }

  /** The number written there, or -1. */
  private static int digits(String text, int start, int end) {
    int number = 0;
    for (int i = start; i < end; i++) {
      if (!isDigit(text.charAt(i))) {
        return -1;
      }
      number = number * 10 + (text.charAt(i) - '0');
    }
    return number;
  }

  private static boolean isDigit(char c) {
    return '0' <= c && c <= '9';
  }
}
