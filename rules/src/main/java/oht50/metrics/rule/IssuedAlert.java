package oht50.metrics.rule;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;

/**
 * What has been published of an alert, so that only differences are published again.
 *
 * @param rule name of the sequence
 * @param robot the robot it is about
 * @param activeAt event time of that event, ms
 * @param startsAt event time at which it fires, ms
 * @param endsAt published end, ms, or {@link AlertTransition#OPEN}
 * @param turn number of publications so far
 * @param withdrawn whether it has been taken back
 */
public record IssuedAlert(
    String rule,
    String alertId,
    String robot,
    long activeAt,
    long startsAt,
    long endsAt,
    int turn,
    boolean withdrawn) {

  /** Fields in the order of the record. */
  public static final class BinaryForm implements Codec<IssuedAlert> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(IssuedAlert alert, DataOutput out) throws IOException {
      Primitives.writeText(alert.rule, out);
      Primitives.writeText(alert.alertId, out);
      Primitives.writeText(alert.robot, out);
      out.writeLong(alert.activeAt);
      out.writeLong(alert.startsAt);
      out.writeLong(alert.endsAt);
      out.writeInt(alert.turn);
      out.writeBoolean(alert.withdrawn);
    }

    @Override
    public IssuedAlert read(int version, DataInput in) throws IOException {
      return new IssuedAlert(
          Primitives.readText(in),
          Primitives.readText(in),
          Primitives.readText(in),
          in.readLong(),
          in.readLong(),
          in.readLong(),
          in.readInt(),
          in.readBoolean());
    }
  }
}
