package oht50.metrics.mission;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;
import oht50.metrics.model.Position;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;

/**
 * A mission has had a status since an instant. Its natural key is (mission, status, timestamp).
 *
 * @param timestamp event time, ms
 * @param robot the robot that the message names, or null
 * @param type of the mission, as the message says, or null
 * @param priority as the message says, or null
 * @param sourceId {@link Position#sourceId()} of the record that carried it
 * @param offset offset of that record
 * @param standing whether it is to be believed
 */
public record MissionFact(
    String mission,
    MissionStatus status,
    long timestamp,
    String robot,
    String type,
    MissionPriority priority,
    long sourceId,
    long offset,
    Standing standing) {
  /** The codes are persisted and never reused. */
  public enum Standing {
    COUNTS(0),
    /** The registry says that the missions of its robot are told by another topic. */
    TOLD_ELSEWHERE(1),
    /** It is known by now not to have happened. */
    WITHDRAWN(2);

    private final int code;

    Standing(int code) {
      this.code = code;
    }

    private static Standing ofCode(int code) {
      for (Standing standing : values()) {
        if (standing.code == code) {
          return standing;
        }
      }
      throw new IllegalArgumentException("unknown standing code " + code);
    }
  }

  public MissionFact(
      String mission,
      MissionStatus status,
      long timestamp,
      String robot,
      String type,
      MissionPriority priority,
      long sourceId,
      long offset) {
    this(mission, status, timestamp, robot, type, priority, sourceId, offset, Standing.COUNTS);
  }

  /** By time; of one instant in the order of a mission's life. */
  static final Comparator<MissionFact> BY_TIME =
      Comparator.comparingLong(MissionFact::timestamp).thenComparing(MissionFact::status);

  public MissionFact standing(Standing other) {
    return new MissionFact(
        mission, status, timestamp, robot, type, priority, sourceId, offset, other);
  }

  /**
   * This fact told again: what the message of the higher position says, else the other. How it
   * stands is a matter of its robot; of one message the last word on it counts.
   */
  MissionFact and(MissionFact other) {
    boolean isAfter =
        sourceId != other.sourceId ? sourceId > other.sourceId : offset > other.offset;
    MissionFact newer = isAfter ? this : other;
    MissionFact older = isAfter ? other : this;
    return new MissionFact(
        mission,
        status,
        timestamp,
        newer.robot == null ? older.robot : newer.robot,
        newer.type == null ? older.type : newer.type,
        newer.priority == null ? older.priority : newer.priority,
        newer.sourceId,
        newer.offset,
        newer.robot == null ? older.standing : newer.standing);
  }

  /** Mission, status, timestamp, robot, type, priority, source id, offset, standing. */
  public static final class BinaryForm implements Codec<MissionFact> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 2;
    }

    @Override
    public void write(MissionFact fact, DataOutput out) throws IOException {
      Primitives.writeText(fact.mission, out);
      out.writeByte(fact.status.code());
      out.writeLong(fact.timestamp);
      Primitives.writeText(fact.robot, out);
      Primitives.writeText(fact.type, out);
      out.writeByte(fact.priority == null ? MissionPriority.NONE : fact.priority.code());
      out.writeLong(fact.sourceId);
      out.writeLong(fact.offset);
      out.writeByte(fact.standing.code);
    }

    @Override
    public MissionFact read(int version, DataInput in) throws IOException {
      return new MissionFact(
          Primitives.readText(in),
          MissionStatus.ofCode(in.readByte()),
          in.readLong(),
          Primitives.readText(in),
          Primitives.readText(in),
          MissionPriority.ofCode(in.readByte()),
          in.readLong(),
          in.readLong(),
          version < 2 ? Standing.COUNTS : Standing.ofCode(in.readByte()));
    }
  }
}
