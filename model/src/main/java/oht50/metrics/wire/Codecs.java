package oht50.metrics.wire;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import oht50.metrics.model.AlertState;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Backfill;
import oht50.metrics.model.Cause;
import oht50.metrics.model.Event;
import oht50.metrics.model.EventKind;
import oht50.metrics.model.Evidence;
import oht50.metrics.model.LatePoint;
import oht50.metrics.model.LatestPoint;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.PointChunk;
import oht50.metrics.model.Registration;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Rejected;
import oht50.metrics.model.RepairWindow;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.SeriesEntry;
import oht50.metrics.model.SeriesInput;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.model.ValueChanges;
import oht50.metrics.time.Interval;

/** The codecs of the model's types; each writes its fields in the order of the record. */
public final class Codecs {
  private Codecs() {}

  /** Layout, times, values (raw bits), source id, offset. */
  public static final class SampleBatchCodec implements Codec<SampleBatch> {
    private static final long serialVersionUID = 1L;
    private final SeriesLayoutCodec layouts = new SeriesLayoutCodec();

    @Override
    public Codec<SampleBatch> duplicate() {
      return new SampleBatchCodec();
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(SampleBatch batch, DataOutput out) throws IOException {
      layouts.write(batch.layout(), out);
      Primitives.writeLongs(batch.timestamps(), out);
      Primitives.writeDoubles(batch.values(), out);
      out.writeLong(batch.sourceId());
      out.writeLong(batch.offset());
    }

    @Override
    public SampleBatch read(int version, DataInput in) throws IOException {
      SeriesLayout layout = layouts.read(layouts.version(), in);
      long[] timestamps = Primitives.readLongs(in);
      double[] values = Primitives.readDoubles(in);
      return new SampleBatch(layout, timestamps, values, in.readLong(), in.readLong());
    }
  }

  public static final class OccurrenceCodec implements Codec<Occurrence> {
    private static final long serialVersionUID = 1L;
    private final SeriesLayoutCodec layouts = new SeriesLayoutCodec();

    @Override
    public Codec<Occurrence> duplicate() {
      return new OccurrenceCodec();
    }

    @Override
    public int version() {
      return 2;
    }

    @Override
    public void write(Occurrence occurrence, DataOutput out) throws IOException {
      layouts.write(occurrence.series(), out);
      out.writeLong(occurrence.naturalKey());
      out.writeLong(occurrence.timestamp());
      out.writeLong(occurrence.sourceId());
      out.writeLong(occurrence.offset());
      out.writeBoolean(occurrence.isWithdrawn());
    }

    @Override
    public Occurrence read(int version, DataInput in) throws IOException {
      SeriesLayout layout = layouts.read(layouts.version(), in);
      return new Occurrence(
          layout,
          in.readLong(),
          in.readLong(),
          in.readLong(),
          in.readLong(),
          version >= 2 && in.readBoolean());
    }
  }

  public static final class EventCodec implements Codec<Event> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 2;
    }

    @Override
    public void write(Event event, DataOutput out) throws IOException {
      out.writeByte(event.kind().code());
      Primitives.writeText(event.id(), out);
      Primitives.writeText(event.entity(), out);
      Primitives.writeText(event.type(), out);
      Primitives.writeText(event.severity(), out);
      Primitives.writeText(event.status(), out);
      out.writeBoolean(event.acknowledged());
      out.writeLong(event.timestamp());
      Primitives.writeText(event.payload(), out);
      Primitives.writePosition(event.position(), out);
      out.writeBoolean(event.isWithdrawn());
    }

    @Override
    public Event read(int version, DataInput in) throws IOException {
      return new Event(
          EventKind.ofCode(in.readByte()),
          Primitives.readText(in),
          Primitives.readText(in),
          Primitives.readText(in),
          Primitives.readText(in),
          Primitives.readText(in),
          in.readBoolean(),
          in.readLong(),
          Primitives.readText(in),
          Primitives.readPosition(in),
          version >= 2 && in.readBoolean());
    }
  }

  /**
   * The removal has no site and no zone; the expected interval is there since version 2, the topics
   * since version 4.
   */
  public static final class RegistrationCodec implements Codec<Registration> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 4;
    }

    @Override
    public void write(Registration registration, DataOutput out) throws IOException {
      Primitives.writeText(registration.robotId(), out);
      out.writeBoolean(registration.isRemoval());
      Primitives.writeText(registration.site(), out);
      Primitives.writeText(registration.zone(), out);
      out.writeLong(registration.effectiveFrom());
      out.writeLong(registration.expectedIntervalMillis());
      Primitives.writeText(registration.missionsFrom(), out);
      Primitives.writeText(registration.safetyFrom(), out);
      out.writeLong(registration.sourceId());
      out.writeLong(registration.offset());
      Primitives.writeText(registration.attributes(), out);
    }

    @Override
    public Registration read(int version, DataInput in) throws IOException {
      return new Registration(
          Primitives.readText(in),
          in.readBoolean(),
          Primitives.readText(in),
          Primitives.readText(in),
          in.readLong(),
          version < 2 ? Registration.NOT_SAID : in.readLong(),
          version < 4 ? null : Primitives.readText(in),
          version < 4 ? null : Primitives.readText(in),
          in.readLong(),
          in.readLong(),
          version < 3 ? null : Primitives.readText(in));
    }
  }

  /**
   * 1 and a batch, 2 and a registration, or 3 and a backfill. When the version of one of these
   * codecs rises, so must this one's.
   */
  public static final class SeriesInputCodec implements Codec<SeriesInput> {
    private static final long serialVersionUID = 1L;
    private static final byte BATCH = 1;
    private static final byte REGISTRATION = 2;
    private static final byte BACKFILL = 3;
    private final SampleBatchCodec batches = new SampleBatchCodec();
    private final RegistrationCodec registrations = new RegistrationCodec();
    private final BackfillCodec backfills = new BackfillCodec();

    @Override
    public Codec<SeriesInput> duplicate() {
      return new SeriesInputCodec();
    }

    @Override
    public int version() {
      return 4;
    }

    @Override
    public void write(SeriesInput input, DataOutput out) throws IOException {
      if (input instanceof SampleBatch batch) {
        out.writeByte(BATCH);
        batches.write(batch, out);
      } else if (input instanceof Registration registration) {
        out.writeByte(REGISTRATION);
        registrations.write(registration, out);
      } else {
        out.writeByte(BACKFILL);
        backfills.write((Backfill) input, out);
      }
    }

    @Override
    public SeriesInput read(int version, DataInput in) throws IOException {
      byte kind = in.readByte();
      return switch (kind) {
        case BATCH -> batches.read(batches.version(), in);
        case REGISTRATION -> registrations.read(version < 4 ? 3 : registrations.version(), in);
        case BACKFILL -> backfills.read(backfills.version(), in);
        default -> throw new IOException("unknown kind of input " + kind);
      };
    }
  }

  /** The reason travels as its name. */
  public static final class RejectedCodec implements Codec<Rejected> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(Rejected rejected, DataOutput out) throws IOException {
      Primitives.writePosition(rejected.position(), out);
      Primitives.writeText(rejected.path(), out);
      Primitives.writeText(rejected.reason().name(), out);
      Primitives.writeText(rejected.detail(), out);
      Primitives.writeText(rejected.key(), out);
      Primitives.writeText(rejected.value(), out);
      out.writeLong(rejected.appendTime());
    }

    @Override
    public Rejected read(int version, DataInput in) throws IOException {
      return new Rejected(
          Primitives.readPosition(in),
          Primitives.readText(in),
          RejectReason.valueOf(Primitives.readText(in)),
          Primitives.readText(in),
          Primitives.readText(in),
          Primitives.readText(in),
          in.readLong());
    }
  }

  public static final class RollupCodec implements Codec<Rollup> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 2;
    }

    @Override
    public void write(Rollup rollup, DataOutput out) throws IOException {
      out.writeLong(rollup.seriesId());
      out.writeByte(rollup.interval().code());
      out.writeLong(rollup.windowStart());
      out.writeLong(rollup.windowEnd());
      out.writeLong(rollup.count());
      Primitives.writeDouble(rollup.sum(), out);
      Primitives.writeDouble(rollup.min(), out);
      Primitives.writeDouble(rollup.max(), out);
      Primitives.writeDouble(rollup.first(), out);
      Primitives.writeDouble(rollup.last(), out);
      Primitives.writeDouble(rollup.increase(), out);
      Primitives.writeDouble(rollup.boundaryIncrease(), out);
      Primitives.writeDouble(rollup.timeWeightedAvg(), out);
      out.writeLong(rollup.coveredMillis());
      out.writeLong(rollup.largestGapMillis());
      rollup.changes().write(out);
      out.writeBoolean(rollup.isFinal());
      out.writeByte(rollup.cause().code());
      out.writeLong(rollup.incarnation());
      out.writeLong(rollup.epoch());
      out.writeLong(rollup.seq());
    }

    @Override
    public Rollup read(int version, DataInput in) throws IOException {
      return new Rollup(
          in.readLong(),
          Interval.ofCode(in.readByte()),
          in.readLong(),
          in.readLong(),
          in.readLong(),
          Primitives.readDouble(in),
          Primitives.readDouble(in),
          Primitives.readDouble(in),
          Primitives.readDouble(in),
          Primitives.readDouble(in),
          Primitives.readDouble(in),
          Primitives.readDouble(in),
          Primitives.readDouble(in),
          in.readLong(),
          in.readLong(),
          version == 1 ? ValueChanges.NONE : ValueChanges.read(in),
          in.readBoolean(),
          Cause.ofCode(in.readByte()),
          in.readLong(),
          in.readLong(),
          in.readLong());
    }
  }

  public static final class PointChunkCodec implements Codec<PointChunk> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(PointChunk chunk, DataOutput out) throws IOException {
      out.writeLong(chunk.seriesId());
      out.writeLong(chunk.chunkStart());
      out.writeLong(chunk.chunkEnd());
      Primitives.writeInts(chunk.offsets(), out);
      Primitives.writeDoubles(chunk.values(), out);
      out.writeLong(chunk.incarnation());
      out.writeLong(chunk.epoch());
      out.writeLong(chunk.seq());
    }

    @Override
    public PointChunk read(int version, DataInput in) throws IOException {
      return new PointChunk(
          in.readLong(),
          in.readLong(),
          in.readLong(),
          Primitives.readInts(in),
          Primitives.readDoubles(in),
          in.readLong(),
          in.readLong(),
          in.readLong());
    }
  }

  public static final class LatePointCodec implements Codec<LatePoint> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 2;
    }

    @Override
    public void write(LatePoint point, DataOutput out) throws IOException {
      out.writeLong(point.seriesId());
      out.writeLong(point.timestamp());
      Primitives.writeDouble(point.value(), out);
      out.writeLong(point.sourceId());
      out.writeLong(point.offset());
      out.writeLong(point.frontier());
      out.writeLong(point.epoch());
      out.writeLong(point.seq());
    }

    @Override
    public LatePoint read(int version, DataInput in) throws IOException {
      return new LatePoint(
          in.readLong(),
          in.readLong(),
          Primitives.readDouble(in),
          in.readLong(),
          in.readLong(),
          version < 2 ? RepairWindow.UNKNOWN : in.readLong(),
          in.readLong(),
          in.readLong());
    }
  }

  public static final class LatestPointCodec implements Codec<LatestPoint> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(LatestPoint point, DataOutput out) throws IOException {
      out.writeLong(point.seriesId());
      out.writeLong(point.timestamp());
      Primitives.writeDouble(point.value(), out);
      out.writeLong(point.sourceId());
      out.writeLong(point.offset());
      out.writeLong(point.incarnation());
      out.writeLong(point.knownFrom());
      out.writeLong(point.epoch());
      out.writeLong(point.seq());
    }

    @Override
    public LatestPoint read(int version, DataInput in) throws IOException {
      return new LatestPoint(
          in.readLong(),
          in.readLong(),
          Primitives.readDouble(in),
          in.readLong(),
          in.readLong(),
          in.readLong(),
          in.readLong(),
          in.readLong(),
          in.readLong());
    }
  }

  /** Series, interval, start, cause (since version 2). */
  public static final class RepairWindowCodec implements Codec<RepairWindow> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 3;
    }

    @Override
    public void write(RepairWindow window, DataOutput out) throws IOException {
      out.writeLong(window.seriesId());
      out.writeByte(window.interval().code());
      out.writeLong(window.windowStart());
      out.writeByte(window.cause().code());
      out.writeLong(window.frontier());
    }

    @Override
    public RepairWindow read(int version, DataInput in) throws IOException {
      return new RepairWindow(
          in.readLong(),
          Interval.ofCode(in.readByte()),
          in.readLong(),
          version < 2 ? Cause.LATE : Cause.ofCode(in.readByte()),
          version < 3 ? RepairWindow.UNKNOWN : in.readLong());
    }
  }

  public static final class SeriesEntryCodec implements Codec<SeriesEntry> {
    private static final long serialVersionUID = 1L;
    private final SeriesLayoutCodec layouts = new SeriesLayoutCodec();

    @Override
    public Codec<SeriesEntry> duplicate() {
      return new SeriesEntryCodec();
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(SeriesEntry entry, DataOutput out) throws IOException {
      layouts.write(SeriesLayout.of(entry.series()), out);
      out.writeLong(entry.incarnation());
      out.writeLong(entry.firstTimestamp());
      out.writeLong(entry.expectedIntervalMillis());
      out.writeLong(entry.epoch());
      out.writeLong(entry.seq());
    }

    @Override
    public SeriesEntry read(int version, DataInput in) throws IOException {
      SeriesLayout layout = layouts.read(layouts.version(), in);
      return new SeriesEntry(
          layout.series(0),
          in.readLong(),
          in.readLong(),
          in.readLong(),
          in.readLong(),
          in.readLong());
    }
  }

  public static final class AlertTransitionCodec implements Codec<AlertTransition> {
    private static final long serialVersionUID = 1L;

    private final Evidence.BinaryForm evidence = new Evidence.BinaryForm();

    @Override
    public int version() {
      return 2;
    }

    @Override
    public void write(AlertTransition transition, DataOutput out) throws IOException {
      Primitives.writeText(transition.transitionId(), out);
      Primitives.writeText(transition.alertId(), out);
      Primitives.writeText(transition.rule(), out);
      out.writeByte(transition.state().code());
      out.writeByte(transition.previousState().code());
      out.writeBoolean(transition.withdrawn());
      out.writeInt(transition.turn());
      out.writeByte(transition.cause().code());
      Primitives.writeLabels(transition.labels(), out);
      Primitives.writeLabels(transition.annotations(), out);
      Primitives.writeDouble(transition.value(), out);
      out.writeLong(transition.activeAt());
      out.writeLong(transition.startsAt());
      out.writeLong(transition.endsAt());
      out.writeLong(transition.decidedAt());
      Primitives.writeText(transition.replaces(), out);
      evidence.write(transition.evidence(), out);
      out.writeLong(transition.epoch());
      out.writeLong(transition.seq());
    }

    @Override
    public AlertTransition read(int version, DataInput in) throws IOException {
      return new AlertTransition(
          Primitives.readText(in),
          Primitives.readText(in),
          Primitives.readText(in),
          AlertState.ofCode(in.readByte()),
          AlertState.ofCode(in.readByte()),
          in.readBoolean(),
          in.readInt(),
          Cause.ofCode(in.readByte()),
          Primitives.readLabels(in),
          Primitives.readLabels(in),
          Primitives.readDouble(in),
          in.readLong(),
          in.readLong(),
          in.readLong(),
          in.readLong(),
          Primitives.readText(in),
          version == 1 ? Evidence.NONE : evidence.read(evidence.version(), in),
          in.readLong(),
          in.readLong());
    }
  }
}
