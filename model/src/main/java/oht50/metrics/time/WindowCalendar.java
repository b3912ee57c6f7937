package oht50.metrics.time;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * Cuts time into windows: UTC-aligned up to the hour, days by the calendar of a zone, or of one
 * zone after another.
 *
 * <p>For every t: {@code start(i, t) <= t < end(i, start(i, t))}, and windows of one interval
 * neither overlap nor leave gaps. Where another zone begins to count, a day begins: the one before
 * may be cut short.
 */
public final class WindowCalendar {
  public static final WindowCalendar UTC = new WindowCalendar(ZoneOffset.UTC);

  private final long[] from; // first ms that a zone cuts, ascending; the first is Long.MIN_VALUE
  private final ZoneId[] zones;
  private final boolean utc;

  // The last day asked for: samples mostly stay within one.
  private long cachedDayStart = 1;
  private long cachedDayEnd;

  public WindowCalendar(ZoneId zone) {
    this(new long[] {Long.MIN_VALUE}, new ZoneId[] {zone});
  }

  /**
   * @param from first ms that each zone cuts, ascending, the first of them {@link Long#MIN_VALUE}
   */
  public WindowCalendar(long[] from, ZoneId[] zones) {
    this.from = from.clone();
    this.zones = zones.clone();
    this.utc = zones.length == 1 && zones[0].normalized().equals(ZoneOffset.UTC);
  }

  /** First ms of the window that holds the instant. */
  public long start(Interval interval, long instant) {
    if (interval != Interval.DAY || utc) {
      return Math.floorDiv(instant, interval.millis()) * interval.millis();
    }
    findDay(instant);
    return cachedDayStart;
  }

  /** First ms after the window that starts at {@code windowStart}. */
  public long end(Interval interval, long windowStart) {
    if (interval != Interval.DAY || utc) {
      return windowStart + interval.millis();
    }
    findDay(windowStart);
    return cachedDayEnd;
  }

  private void findDay(long instant) {
    if (cachedDayStart <= instant && instant < cachedDayEnd) {
      return;
    }
    int part = from.length - 1;
    while (from[part] > instant) {
      part--;
    }
    ZoneId zone = zones[part];
    ZonedDateTime day = Instant.ofEpochMilli(instant).atZone(zone).toLocalDate().atStartOfDay(zone);
    long start = day.toInstant().toEpochMilli();
    long end = day.toLocalDate().plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli();
    cachedDayStart = Math.max(start, from[part]);
    cachedDayEnd = part == from.length - 1 ? end : Math.min(end, from[part + 1]);
  }
}
