package oht50.metrics.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.ZoneId;
import java.util.Arrays;
import oht50.metrics.time.Interval;
import oht50.metrics.time.WindowCalendar;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;

/**
 * Which zone counts from when on, until the next one does. Immutable.
 *
 * @param from first ms of each, ascending; the first is {@link Long#MIN_VALUE}
 * @param zones ids; empty text stands for the configured zone
 */
record ZoneTimeline(long[] from, String[] zones) {
  private static final String CONFIGURED = "";

  /** The configured zone, always. */
  static final ZoneTimeline DEFAULT = always(null);

  /**
   * @param zone id, or null for the configured one
   */
  static ZoneTimeline always(String zone) {
    return new ZoneTimeline(new long[] {Long.MIN_VALUE}, new String[] {idOf(zone)});
  }

  private static String idOf(String zone) {
    return zone == null ? CONFIGURED : zone;
  }

  private static ZoneId zoneOf(String id, ZoneId configured) {
    return id.equals(CONFIGURED) ? configured : ZoneId.of(id);
  }

  /** This one until an instant, and another zone from there on, whatever was said of later. */
  ZoneTimeline then(long instant, String zone) {
    return until(instant, 1).and(instant, idOf(zone));
  }

  /**
   * As days are cut by it: each zone from its first midnight on, so that of the days of a zone only
   * the last may be short. A zone that another one overtakes before that cuts none.
   */
  ZoneTimeline fromMidnights(ZoneId configured) {
    ZoneTimeline days = new ZoneTimeline(new long[] {from[0]}, new String[] {zones[0]});
    for (int i = 1; i < from.length; i++) {
      long midnight = midnightFrom(from[i], zoneOf(zones[i], configured));
      days = days.until(midnight, 1).and(midnight, zones[i]);
    }
    return days.withoutRepeats(configured);
  }

  /** The days of this one before an instant, and those of another one from there on. */
  ZoneTimeline then(long instant, ZoneTimeline other, ZoneId configured) {
    if (instant == Long.MIN_VALUE) {
      return other;
    }
    ZoneTimeline days = until(instant, 1);
    for (int i = 0; i < other.from.length; i++) {
      boolean endsBefore = i + 1 < other.from.length && other.from[i + 1] <= instant;
      if (!endsBefore) {
        days = days.and(Math.max(instant, other.from[i]), other.zones[i]);
      }
    }
    return days.withoutRepeats(configured);
  }

  private static long midnightFrom(long instant, ZoneId zone) {
    WindowCalendar calendar = new WindowCalendar(zone);
    long midnight = calendar.start(Interval.DAY, instant);
    return midnight == instant ? midnight : calendar.end(Interval.DAY, midnight);
  }

  /**
   * What begins before an instant.
   *
   * @param least so many parts stay anyway
   */
  private ZoneTimeline until(long instant, int least) {
    int parts = from.length;
    while (parts > least && from[parts - 1] >= instant) {
      parts--;
    }
    return new ZoneTimeline(Arrays.copyOf(from, parts), Arrays.copyOf(zones, parts));
  }

  private ZoneTimeline and(long instant, String zone) {
    int parts = from.length;
    long[] more = Arrays.copyOf(from, parts + 1);
    String[] moreZones = Arrays.copyOf(zones, parts + 1);
    more[parts] = instant;
    moreZones[parts] = zone;
    return new ZoneTimeline(more, moreZones);
  }

  /** Where a zone follows upon itself at one of its midnights, nothing changes. */
  private ZoneTimeline withoutRepeats(ZoneId configured) {
    ZoneTimeline days = until(Long.MIN_VALUE, 1);
    for (int i = 1; i < from.length; i++) {
      boolean isSame =
          zones[i].equals(days.zones[days.zones.length - 1])
              && midnightFrom(from[i], zoneOf(zones[i], configured)) == from[i];
      if (!isSame) {
        days = days.and(from[i], zones[i]);
      }
    }
    return days;
  }

  boolean namesTheConfigured() {
    return Arrays.asList(zones).contains(CONFIGURED);
  }

  /** With an id where the configured zone stands. */
  ZoneTimeline withConfigured(ZoneId zone) {
    String[] ids = zones.clone();
    for (int i = 0; i < ids.length; i++) {
      ids[i] = ids[i].equals(CONFIGURED) ? zone.getId() : ids[i];
    }
    return new ZoneTimeline(from, ids);
  }

  WindowCalendar calendar(ZoneId configured) {
    ZoneId[] ids = new ZoneId[zones.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = zoneOf(zones[i], configured);
    }
    return new WindowCalendar(from, ids);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ZoneTimeline timeline
        && Arrays.equals(from, timeline.from)
        && Arrays.equals(zones, timeline.zones);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(from) * 31 + Arrays.hashCode(zones);
  }

  @Override
  public String toString() {
    return Arrays.toString(from) + Arrays.toString(zones);
  }

  /** First instants, then as many ids. */
  static final class BinaryForm implements Codec<ZoneTimeline> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(ZoneTimeline timeline, DataOutput out) throws IOException {
      Primitives.writeLongs(timeline.from, out);
      for (String zone : timeline.zones) {
        Primitives.writeText(zone, out);
      }
    }

    @Override
    public ZoneTimeline read(int version, DataInput in) throws IOException {
      long[] from = Primitives.readLongs(in);
      String[] zones = new String[from.length];
      for (int i = 0; i < zones.length; i++) {
        zones[i] = Primitives.readText(in);
      }
      return new ZoneTimeline(from, zones);
    }
  }
}
