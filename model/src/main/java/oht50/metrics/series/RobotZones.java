package oht50.metrics.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.ZoneId;
import oht50.metrics.model.Registration;
import oht50.metrics.time.WindowCalendar;
import oht50.metrics.wire.Codec;

/**
 * The zones of a robot: what the registry says of them, and by which its days are really cut. The
 * two differ before {@code daysFrom} only, where days could not be cut anew. Immutable.
 *
 * <ul>
 *   <li>A registration replaces what was known from its {@code effective_from} on; without one, and
 *       as the first of a robot, it holds for all time.
 *   <li>A zone cuts from its first midnight at or after that instant on; the day of the zone before
 *       ends there.
 *   <li>A removal brings back the configured zone for all time.
 * </ul>
 */
public final class RobotZones {
  private static final RobotZones NONE =
      new RobotZones(0, Long.MIN_VALUE, null, ZoneTimeline.DEFAULT, Long.MIN_VALUE);

  private final long sourceId; // of the newest registration
  private final long offset;
  private final ZoneTimeline registered; // null when not registered
  private final ZoneTimeline days; // as they are cut
  private final long daysFrom; // days before it cannot be cut anew

  private transient WindowCalendar calendar;

  private RobotZones(
      long sourceId, long offset, ZoneTimeline registered, ZoneTimeline days, long daysFrom) {
    this.sourceId = sourceId;
    this.offset = offset;
    this.registered = registered;
    this.days = days;
    this.daysFrom = daysFrom;
  }

  /**
   * @param zones of the key's store, or null
   */
  static RobotZones of(RobotZones zones) {
    return zones == null ? NONE : zones;
  }

  /** The calendar of what a store says of zones: of most keys nothing. */
  static WindowCalendar calendar(RobotZones zones, WindowCalendar configured, ZoneId zone) {
    return zones == null ? configured : zones.calendar(zone);
  }

  private WindowCalendar calendar(ZoneId configured) {
    if (calendar == null) {
      calendar = days.calendar(configured);
    }
    return calendar;
  }

  /** Whether a registration has been taken in before: records of a robot come in order. */
  boolean isKnown(Registration registration) {
    return registration.sourceId() == sourceId && registration.offset() <= offset;
  }

  /**
   * With a registration that is not known yet.
   *
   * @param heldFrom days before it have left state
   */
  RobotZones with(Registration registration, long heldFrom, ZoneId configured) {
    ZoneTimeline says = said(registration);
    long from = Math.max(daysFrom, heldFrom);
    return new RobotZones(
        registration.sourceId(),
        registration.offset(),
        says,
        days.then(from, daysOf(says, configured), configured),
        from);
  }

  private ZoneTimeline said(Registration registration) {
    if (registration.isRemoval()) {
      return null;
    }
    return registered == null || registration.effectiveFrom() == Registration.ALWAYS
        ? ZoneTimeline.always(registration.zone())
        : registered.then(registration.effectiveFrom(), registration.zone());
  }

  private static ZoneTimeline daysOf(ZoneTimeline registered, ZoneId configured) {
    return registered == null ? ZoneTimeline.DEFAULT : registered.fromMidnights(configured);
  }

  boolean cutsAs(RobotZones other) {
    return days.equals(other.days);
  }

  /** Whether days before {@link #daysFrom} are cut by another zone than the registry names. */
  boolean differsFromRegistry(ZoneId configured) {
    return !days.equals(daysOf(registered, configured));
  }

  long daysFrom() {
    return daysFrom;
  }

  /**
   * What stays when all else of the key has left.
   *
   * @param heldFrom days before it have left state
   * @return null when nothing has to
   */
  RobotZones afterAllHasLeft(long heldFrom) {
    return registered == null
        ? null
        : new RobotZones(sourceId, offset, registered, days, Math.max(daysFrom, heldFrom));
  }

  /** Source, offset, days from, how days are cut, whether registered and as what. */
  public static final class BinaryForm implements Codec<RobotZones> {
    private static final long serialVersionUID = 1L;
    private final ZoneTimeline.BinaryForm timelines = new ZoneTimeline.BinaryForm();

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(RobotZones zones, DataOutput out) throws IOException {
      out.writeLong(zones.sourceId);
      out.writeLong(zones.offset);
      out.writeLong(zones.daysFrom);
      timelines.write(zones.days, out);
      out.writeBoolean(zones.registered != null);
      if (zones.registered != null) {
        timelines.write(zones.registered, out);
      }
    }

    @Override
    public RobotZones read(int version, DataInput in) throws IOException {
      long sourceId = in.readLong();
      long offset = in.readLong();
      long daysFrom = in.readLong();
      ZoneTimeline days = timelines.read(timelines.version(), in);
      ZoneTimeline registered = in.readBoolean() ? timelines.read(timelines.version(), in) : null;
      return new RobotZones(sourceId, offset, registered, days, daysFrom);
    }
  }
}
