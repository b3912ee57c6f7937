package oht50.metrics.vda;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;
import oht50.metrics.model.Position;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;

/**
 * A state message of VDA 5050.
 *
 * @param robot {@code manufacturer/serialNumber}
 * @param timestamp event time, ms
 * @param headerId number of the message in its topic; −1 without one
 * @param sourceId {@link Position#sourceId()} of the record that carried it
 * @param offset offset of that record
 */
public record StateReport(
    String robot, long timestamp, long headerId, RobotState state, long sourceId, long offset) {
  /** By time; of one instant by the number of the message. */
  static final Comparator<StateReport> BY_TIME =
      Comparator.comparingLong(StateReport::timestamp).thenComparingLong(StateReport::headerId);

  /**
   * Of two messages with one time and one number, which a robot does not send, the one that counts:
   * whichever it is, it is not a matter of which came first.
   */
  StateReport or(StateReport other) {
    return state.toString().compareTo(other.state.toString()) >= 0 ? this : other;
  }

  /** Robot, timestamp, header id, state, source id, offset. */
  public static final class BinaryForm implements Codec<StateReport> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(StateReport report, DataOutput out) throws IOException {
      Primitives.writeText(report.robot, out);
      out.writeLong(report.timestamp);
      out.writeLong(report.headerId);
      RobotState.write(report.state, out);
      out.writeLong(report.sourceId);
      out.writeLong(report.offset);
    }

    @Override
    public StateReport read(int version, DataInput in) throws IOException {
      return new StateReport(
          Primitives.readText(in),
          in.readLong(),
          in.readLong(),
          RobotState.read(in),
          in.readLong(),
          in.readLong());
    }
  }
}
