package oht50.metrics.mission;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import oht50.metrics.model.Stampable;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;

/**
 * One try to carry out a mission: a row of the table of missions. A mission that fails and begins
 * anew has several. Instants are event time, ms, or {@link #UNKNOWN}.
 *
 * @param number from 1
 * @param robot the robot that was named last, or null
 * @param type of the mission, or null
 * @param priority that was named last, or null
 * @param status the last one; of an attempt that is no longer believed in, null
 * @param since when it got the status
 * @param queuedAt when it was first in the queue
 * @param leftQueueAt when it left the queue: the next status that is not before execution, or the
 *     time-out of the queue
 * @param executingAt when it first was carried out
 * @param endedAt when it ended, for whatever reason
 * @param incarnation life of the mission in state: another life may know less of it
 */
public record MissionAttempt(
    String mission,
    int number,
    String robot,
    String type,
    MissionPriority priority,
    MissionStatus status,
    long since,
    long queuedAt,
    long leftQueueAt,
    long executingAt,
    long endedAt,
    long incarnation,
    long epoch,
    long seq)
    implements Stampable<MissionAttempt> {
  /** The instant of what has not happened, or has not been told. */
  public static final long UNKNOWN = Long.MIN_VALUE;

  /** In place of this one, when later facts have shown that it has not been. */
  public MissionAttempt withdrawn() {
    return new MissionAttempt(
        mission,
        number,
        null,
        null,
        null,
        null,
        UNKNOWN,
        UNKNOWN,
        UNKNOWN,
        UNKNOWN,
        UNKNOWN,
        incarnation,
        0,
        0);
  }

  public boolean isWithdrawn() {
    return status == null;
  }

  public boolean hasEnded() {
    return endedAt != UNKNOWN;
  }

  /** Whether it is known from when to when it was carried out. */
  public boolean hasDuration() {
    return hasEnded() && executingAt != UNKNOWN;
  }

  /** Seconds from execution to the end; NaN if that is not known. */
  public double durationSeconds() {
    return hasDuration() ? (endedAt - executingAt) / 1000.0 : Double.NaN;
  }

  @Override
  public MissionAttempt stamped(long newEpoch, long newSeq) {
    return new MissionAttempt(
        mission,
        number,
        robot,
        type,
        priority,
        status,
        since,
        queuedAt,
        leftQueueAt,
        executingAt,
        endedAt,
        incarnation,
        newEpoch,
        newSeq);
  }

  /** The fields in their order; a status of 0 is that of a withdrawn attempt. */
  public static final class BinaryForm implements Codec<MissionAttempt> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(MissionAttempt attempt, DataOutput out) throws IOException {
      Primitives.writeText(attempt.mission, out);
      out.writeInt(attempt.number);
      Primitives.writeText(attempt.robot, out);
      Primitives.writeText(attempt.type, out);
      out.writeByte(attempt.priority == null ? MissionPriority.NONE : attempt.priority.code());
      out.writeByte(attempt.status == null ? 0 : attempt.status.code());
      out.writeLong(attempt.since);
      out.writeLong(attempt.queuedAt);
      out.writeLong(attempt.leftQueueAt);
      out.writeLong(attempt.executingAt);
      out.writeLong(attempt.endedAt);
      out.writeLong(attempt.incarnation);
      out.writeLong(attempt.epoch);
      out.writeLong(attempt.seq);
    }

    @Override
    public MissionAttempt read(int version, DataInput in) throws IOException {
      String mission = Primitives.readText(in);
      int number = in.readInt();
      String robot = Primitives.readText(in);
      String type = Primitives.readText(in);
      MissionPriority priority = MissionPriority.ofCode(in.readByte());
      int status = in.readByte();
      return new MissionAttempt(
          mission,
          number,
          robot,
          type,
          priority,
          status == 0 ? null : MissionStatus.ofCode(status),
          in.readLong(),
          in.readLong(),
          in.readLong(),
          in.readLong(),
          in.readLong(),
          in.readLong(),
          in.readLong(),
          in.readLong());
    }
  }
}
