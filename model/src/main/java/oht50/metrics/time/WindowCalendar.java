package oht50.metrics.time;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * Cuts time into windows: UTC-aligned up to the hour, days by the calendar of a zone.
 *
 * <p>For every t: {@code start(i, t) <= t < end(i, start(i, t))}, and windows of one interval
 * neither overlap nor leave gaps.
 */
public final class WindowCalendar {
  public static final WindowCalendar UTC = new WindowCalendar(ZoneOffset.UTC);

  private final ZoneId zone;
  private final boolean utc;

  // The last day asked for: samples mostly stay within one.
  private long cachedDayStart = 1;
  private long cachedDayEnd;

  public WindowCalendar(ZoneId zone) {
    this.zone = zone;
    this.utc = zone.normalized().equals(ZoneOffset.UTC);
  }

  public ZoneId zone() {
    return zone;
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
    ZonedDateTime day = Instant.ofEpochMilli(instant).atZone(zone).toLocalDate().atStartOfDay(zone);
    cachedDayStart = day.toInstant().toEpochMilli();
    cachedDayEnd = day.toLocalDate().plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli();
  }
}
