package oht50.metrics.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.ZoneId;
import oht50.metrics.model.Registration;
import oht50.metrics.time.WindowCalendar;
import oht50.metrics.wire.Codec;

/**
 * The zones of a key's days: what the registry says of them, and by which they are really cut. The
 * two differ before {@code daysFrom} only, where days could not be cut anew. Immutable.
 *
 * <ul>
 *   <li>A registration replaces what was known from its {@code effective_from} on; without one, and
 *       as the first of a robot, it holds for all time.
 *   <li>A zone cuts from its first midnight at or after that instant on; the day of the zone before
 *       ends there.
 *   <li>A removal brings back the configured zone for all time.
 *   <li>Another configured zone takes the place of the former one for all time.
 * </ul>
 */
final class DayZones {
  /** Those of the configured zone, for all time. */
  static final DayZones CONFIGURED = new DayZones(null, ZoneTimeline.DEFAULT, Long.MIN_VALUE);

  private final ZoneTimeline registered; // null when not registered
  private final ZoneTimeline days; // as they are cut
  private final long daysFrom; // days before it cannot be cut anew

  private DayZones(ZoneTimeline registered, ZoneTimeline days, long daysFrom) {
    this.registered = registered;
    this.days = days;
    this.daysFrom = daysFrom;
  }

  WindowCalendar calendar(ZoneId configured) {
    return days.calendar(configured);
  }

  /**
   * @param heldFrom days before it have left state
   */
  DayZones with(Registration registration, long heldFrom, ZoneId configured) {
    ZoneTimeline says = said(registration);
    long from = Math.max(daysFrom, heldFrom);
    return new DayZones(says, days.then(from, daysOf(says, configured), configured), from);
  }

  /**
   * Once another zone is configured.
   *
   * @param former the zone that was configured before
   * @param heldFrom days before it have left state
   * @return these zones where they do not depend on the configured one
   */
  DayZones reconfigured(ZoneId former, ZoneId configured, long heldFrom) {
    ZoneTimeline says = daysOf(registered, configured);
    if (!days.namesTheConfigured() && !says.namesTheConfigured()) {
      return this;
    }
    long from = Math.max(daysFrom, heldFrom);
    ZoneTimeline asCut = days.withConfigured(former);
    return new DayZones(registered, asCut.then(from, says, configured), from);
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

  /** Whether there is nothing to remember. */
  boolean areConfigured() {
    return registered == null && days.equals(ZoneTimeline.DEFAULT) && daysFrom == Long.MIN_VALUE;
  }

  boolean isRegistered() {
    return registered != null;
  }

  boolean cutAs(DayZones other) {
    return days.equals(other.days);
  }

  /** Whether days before {@link #daysFrom} are cut by another zone than the registry names. */
  boolean differFromRegistry(ZoneId configured) {
    return !days.equals(daysOf(registered, configured));
  }

  long daysFrom() {
    return daysFrom;
  }

  /**
   * When all else of the key has left.
   *
   * @param heldFrom days before it have left state
   */
  DayZones from(long heldFrom) {
    return new DayZones(registered, days, Math.max(daysFrom, heldFrom));
  }

  /** Days from, how days are cut, whether registered and as what. */
  static final class BinaryForm implements Codec<DayZones> {
    private static final long serialVersionUID = 1L;
    private final ZoneTimeline.BinaryForm timelines = new ZoneTimeline.BinaryForm();

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(DayZones zones, DataOutput out) throws IOException {
      out.writeLong(zones.daysFrom);
      timelines.write(zones.days, out);
      out.writeBoolean(zones.registered != null);
      if (zones.registered != null) {
        timelines.write(zones.registered, out);
      }
    }

    @Override
    public DayZones read(int version, DataInput in) throws IOException {
      long daysFrom = in.readLong();
      ZoneTimeline days = timelines.read(timelines.version(), in);
      ZoneTimeline registered = in.readBoolean() ? timelines.read(timelines.version(), in) : null;
      return new DayZones(registered, days, daysFrom);
    }
  }
}
