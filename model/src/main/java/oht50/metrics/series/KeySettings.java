package oht50.metrics.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.ZoneId;
import oht50.metrics.model.Registration;
import oht50.metrics.time.WindowCalendar;
import oht50.metrics.wire.Codec;

/**
 * What holds for a key beside the configuration: what the registry says of its robot, and by which
 * zones its days are cut. Immutable.
 *
 * <p>Of the expected interval only what was said last counts: there is no history of it.
 */
public final class KeySettings {
  private static final KeySettings NONE =
      new KeySettings(0, Long.MIN_VALUE, DayZones.CONFIGURED, Registration.NOT_SAID);

  private final long sourceId; // of the newest registration
  private final long offset;
  private final DayZones zones;
  private final long expectedIntervalMillis; // of telemetry

  private transient WindowCalendar calendar;

  private KeySettings(long sourceId, long offset, DayZones zones, long expectedIntervalMillis) {
    this.sourceId = sourceId;
    this.offset = offset;
    this.zones = zones;
    this.expectedIntervalMillis = expectedIntervalMillis;
  }

  /**
   * @param settings of the key's store, or null
   */
  static KeySettings of(KeySettings settings) {
    return settings == null ? NONE : settings;
  }

  /** The calendar of what a store says: of most keys nothing. */
  static WindowCalendar calendar(KeySettings settings, WindowCalendar configured, ZoneId zone) {
    return settings == null ? configured : settings.calendar(zone);
  }

  private WindowCalendar calendar(ZoneId configured) {
    if (calendar == null) {
      calendar = zones.calendar(configured);
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
  KeySettings with(Registration registration, long heldFrom, ZoneId configured) {
    return new KeySettings(
        registration.sourceId(),
        registration.offset(),
        zones.with(registration, heldFrom, configured),
        registration.expectedIntervalMillis());
  }

  /**
   * Once another zone is configured.
   *
   * @param former the zone that was configured before
   * @param heldFrom days before it have left state
   * @return these settings where they do not depend on the configured zone
   */
  KeySettings reconfigured(ZoneId former, ZoneId configured, long heldFrom) {
    DayZones after = zones.reconfigured(former, configured, heldFrom);
    return after == zones ? this : new KeySettings(sourceId, offset, after, expectedIntervalMillis);
  }

  /** Whether there is nothing to remember. */
  boolean areNone() {
    return offset == NONE.offset && zones.areConfigured();
  }

  DayZones zones() {
    return zones;
  }

  /** How often the robot sends its telemetry, ms, or {@link Registration#NOT_SAID}. */
  long expectedIntervalMillis() {
    return expectedIntervalMillis;
  }

  /**
   * What stays when all else of the key has left.
   *
   * @param heldFrom days before it have left state
   * @return null when nothing has to
   */
  KeySettings afterAllHasLeft(long heldFrom) {
    return zones.isRegistered()
        ? new KeySettings(sourceId, offset, zones.from(heldFrom), expectedIntervalMillis)
        : null;
  }

  /** Source, offset, expected interval, zones. */
  public static final class BinaryForm implements Codec<KeySettings> {
    private static final long serialVersionUID = 1L;
    private final DayZones.BinaryForm zones = new DayZones.BinaryForm();

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(KeySettings settings, DataOutput out) throws IOException {
      out.writeLong(settings.sourceId);
      out.writeLong(settings.offset);
      out.writeLong(settings.expectedIntervalMillis);
      zones.write(settings.zones, out);
    }

    @Override
    public KeySettings read(int version, DataInput in) throws IOException {
      long sourceId = in.readLong();
      long offset = in.readLong();
      long expectedIntervalMillis = in.readLong();
      return new KeySettings(
          sourceId, offset, zones.read(zones.version(), in), expectedIntervalMillis);
    }
  }
}
