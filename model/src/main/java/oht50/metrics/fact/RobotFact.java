package oht50.metrics.fact;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import oht50.metrics.mission.MissionFact;
import oht50.metrics.model.Event;
import oht50.metrics.model.Hash64;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.Position;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Codecs;
import oht50.metrics.wire.Primitives;

/**
 * Something that is told of a robot, with all that it adds to results.
 *
 * @param domain what it is about, and so which choice of the registry decides whether it counts
 * @param id natural key among the facts of the robot
 * @param event for the sequences, without payload; null of a bare status of a mission
 * @param missionFact what it says of the life of a mission, or null
 * @param counted what it adds to counts
 * @param samples what it measures
 * @param sourceId {@link Position#sourceId()} of the record that carried it
 * @param offset offset of that record; of a fact that is told again the newer one
 * @param isWithdrawn whether it is known by now not to have happened
 */
public record RobotFact(
    String robot,
    Domain domain,
    long id,
    long timestamp,
    Event event,
    MissionFact missionFact,
    List<Occurrence> counted,
    List<SampleBatch> samples,
    long sourceId,
    long offset,
    boolean isWithdrawn) {
  /** The codes are persisted and never reused. */
  public enum Domain {
    /** Always counts: nobody else tells of it. */
    OTHER(0),
    MISSION(1),
    SAFETY(2);

    private final int code;

    Domain(int code) {
      this.code = code;
    }

    private static Domain ofCode(int code) {
      for (Domain domain : values()) {
        if (domain.code == code) {
          return domain;
        }
      }
      throw new IllegalArgumentException("unknown domain code " + code);
    }
  }

  public RobotFact {
    counted = List.copyOf(counted);
    samples = List.copyOf(samples);
  }

  /**
   * An event of a robot.
   *
   * @param counted what it adds to counts
   * @param samples what it measures
   */
  public static RobotFact of(
      Domain domain, Event event, List<Occurrence> counted, List<SampleBatch> samples) {
    Event bare = event.withoutPayload();
    return new RobotFact(
        event.entity(),
        domain,
        Hash64.id("event " + event.kind().word() + '/' + event.id()),
        event.timestamp(),
        bare,
        null,
        counted,
        samples,
        event.position().sourceId(),
        event.position().offset(),
        event.isWithdrawn());
  }

  /** A status of a mission that names its robot. */
  public static RobotFact of(MissionFact fact) {
    return new RobotFact(
        fact.robot(),
        Domain.MISSION,
        Hash64.id("status " + fact.mission() + '/' + fact.status().word() + '/' + fact.timestamp()),
        fact.timestamp(),
        null,
        fact,
        List.of(),
        List.of(),
        fact.sourceId(),
        fact.offset(),
        fact.standing() == MissionFact.Standing.WITHDRAWN);
  }

  /** Whether it is the newer word on the same fact. */
  boolean isAfter(RobotFact other) {
    return sourceId != other.sourceId ? sourceId > other.sourceId : offset > other.offset;
  }

  /** In the order of the components. */
  public static final class BinaryForm implements Codec<RobotFact> {
    private static final long serialVersionUID = 1L;

    private final Codec<Event> events = new Codecs.EventCodec();
    private final Codec<MissionFact> missionFacts = new MissionFact.BinaryForm();
    private final Codec<Occurrence> occurrences = new Codecs.OccurrenceCodec();
    private final Codec<SampleBatch> batches = new Codecs.SampleBatchCodec();

    @Override
    public int version() {
      return 1;
    }

    @Override
    public Codec<RobotFact> duplicate() {
      return new BinaryForm();
    }

    @Override
    public void write(RobotFact fact, DataOutput out) throws IOException {
      Primitives.writeText(fact.robot, out);
      out.writeByte(fact.domain.code);
      out.writeLong(fact.id);
      out.writeLong(fact.timestamp);
      out.writeBoolean(fact.event != null);
      if (fact.event != null) {
        events.write(fact.event, out);
      }
      out.writeBoolean(fact.missionFact != null);
      if (fact.missionFact != null) {
        missionFacts.write(fact.missionFact, out);
      }
      Primitives.writeAll(fact.counted, occurrences, out);
      Primitives.writeAll(fact.samples, batches, out);
      out.writeLong(fact.sourceId);
      out.writeLong(fact.offset);
      out.writeBoolean(fact.isWithdrawn);
    }

    @Override
    public RobotFact read(int version, DataInput in) throws IOException {
      return new RobotFact(
          Primitives.readText(in),
          Domain.ofCode(in.readByte()),
          in.readLong(),
          in.readLong(),
          in.readBoolean() ? events.read(events.version(), in) : null,
          in.readBoolean() ? missionFacts.read(missionFacts.version(), in) : null,
          Primitives.readAll(occurrences, in),
          Primitives.readAll(batches, in),
          in.readLong(),
          in.readLong(),
          in.readBoolean());
    }
  }
}
