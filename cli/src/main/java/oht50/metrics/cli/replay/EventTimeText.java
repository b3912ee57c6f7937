package oht50.metrics.cli.replay;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A point in time as a message spells it: ISO 8601 text (with or without zone, fraction or seconds;
 * without zone it is UTC), or a number of seconds, milliseconds, microseconds or nanoseconds since
 * 1970, told apart by its size.
 */
final class EventTimeText {
  private static final Pattern ISO =
      Pattern.compile(
          "(\\d{4}-\\d{2}-\\d{2})([T ])(\\d{2}:\\d{2})((?::\\d{2}(?:[.,]\\d+)?)?\\s?(Z|z|[+-]\\d{2}(?::?\\d{2})?|))");
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm");

  // The year 2001 and later in seconds; anything smaller is a duration or a count.
  private static final BigDecimal SMALLEST_SECONDS = new BigDecimal("1e9");
  private static final BigDecimal SMALLEST_MILLIS = new BigDecimal("1e11");
  private static final BigDecimal SMALLEST_MICROS = new BigDecimal("1e14");
  private static final BigDecimal SMALLEST_NANOS = new BigDecimal("1e17");
  private static final BigDecimal LARGEST_NANOS = new BigDecimal("1e20");

  private EventTimeText() {}

  static Optional<Instant> ofText(String text) {
    Matcher iso = ISO.matcher(text);
    if (!iso.matches()) {
      return Optional.empty();
    }
    String rest = iso.group(4).strip().replace(',', '.').toUpperCase(java.util.Locale.ROOT);
    String zone = iso.group(5).toUpperCase(java.util.Locale.ROOT);
    String clock = rest.substring(0, rest.length() - zone.length()).strip();
    String local = iso.group(1) + "T" + iso.group(3) + clock;
    try {
      return Optional.of(
          zone.isEmpty()
              ? LocalDateTime.parse(local).toInstant(ZoneOffset.UTC)
              : OffsetDateTime.of(LocalDateTime.parse(local), ZoneOffset.of(offset(zone)))
                  .toInstant());
    } catch (java.time.DateTimeException e) {
      return Optional.empty();
    }
  }

  static Optional<Instant> ofNumber(String text) {
    BigDecimal number;
    try {
      number = new BigDecimal(text);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
    BigDecimal perSecond = perSecond(number);
    if (perSecond == null) {
      return Optional.empty();
    }
    BigDecimal nanos =
        number.multiply(new BigDecimal(1_000_000_000L)).divideToIntegralValue(perSecond);
    return Optional.of(
        Instant.ofEpochSecond(
            nanos.divideToIntegralValue(new BigDecimal(1_000_000_000L)).longValue(),
            nanos.remainder(new BigDecimal(1_000_000_000L)).longValue()));
  }

  /** The same spelling, so many minutes later. Seconds, fraction and zone stay as they are. */
  static String shiftText(String text, long minutes) {
    Matcher iso = ISO.matcher(text);
    if (!iso.matches()) {
      throw new IllegalArgumentException("no time: " + text);
    }
    LocalDateTime shifted;
    try {
      shifted = LocalDateTime.parse(iso.group(1) + "T" + iso.group(3)).plusMinutes(minutes);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("no time: " + text, e);
    }
    return MINUTE.format(shifted).replace("T", iso.group(2)) + iso.group(4);
  }

  /** The same unit and the same number of decimals. */
  static String shiftNumber(String text, long minutes) {
    BigDecimal number = new BigDecimal(text);
    BigDecimal perSecond = perSecond(number);
    if (perSecond == null) {
      throw new IllegalArgumentException("no time: " + text);
    }
    return number.add(perSecond.multiply(BigDecimal.valueOf(minutes * 60))).toPlainString();
  }

  private static BigDecimal perSecond(BigDecimal number) {
    if (number.compareTo(SMALLEST_SECONDS) < 0 || number.compareTo(LARGEST_NANOS) >= 0) {
      return null;
    }
    if (number.compareTo(SMALLEST_MILLIS) < 0) {
      return BigDecimal.ONE;
    }
    if (number.compareTo(SMALLEST_MICROS) < 0) {
      return BigDecimal.valueOf(1_000);
    }
    return number.compareTo(SMALLEST_NANOS) < 0
        ? BigDecimal.valueOf(1_000_000)
        : BigDecimal.valueOf(1_000_000_000);
  }

  private static String offset(String zone) {
    return zone.length() == 5 && !zone.contains(":")
        ? zone.substring(0, 3) + ":" + zone.substring(3)
        : zone;
  }
}
