package oht50.metrics.publication;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Labels;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;

/**
 * What has been published of an alert, so that only differences are published again.
 *
 * @param rule name of the rule or sequence
 * @param robot the robot that a sequence is about; null of a rule
 * @param labels identity of the alert; kept, because the rule may be gone when it ends
 * @param activeAt event time at which its condition began, ms
 * @param startsAt event time at which it fires, ms
 * @param endsAt published end, ms, or {@link AlertTransition#OPEN}
 * @param turn number of publications so far
 * @param withdrawn whether it has been taken back
 */
public record IssuedAlert(
    String rule,
    String alertId,
    String robot,
    Labels labels,
    long activeAt,
    long startsAt,
    long endsAt,
    int turn,
    boolean withdrawn) {

  /** With another end, published once more. */
  public IssuedAlert published(long newEnd, int newTurn) {
    return new IssuedAlert(
        rule, alertId, robot, labels, activeAt, startsAt, newEnd, newTurn, withdrawn);
  }

  /** Withdrawn. */
  public IssuedAlert taken() {
    return new IssuedAlert(
        rule, alertId, robot, labels, activeAt, startsAt, endsAt, turn + 1, true);
  }

  /** Fields in the order of the record; version 1 had no labels. */
  public static final class BinaryForm implements Codec<IssuedAlert> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 2;
    }

    @Override
    public void write(IssuedAlert alert, DataOutput out) throws IOException {
      Primitives.writeText(alert.rule, out);
      Primitives.writeText(alert.alertId, out);
      Primitives.writeText(alert.robot, out);
      Primitives.writeLabels(alert.labels, out);
      out.writeLong(alert.activeAt);
      out.writeLong(alert.startsAt);
      out.writeLong(alert.endsAt);
      out.writeInt(alert.turn);
      out.writeBoolean(alert.withdrawn);
    }

    @Override
    public IssuedAlert read(int version, DataInput in) throws IOException {
      String rule = Primitives.readText(in);
      String alertId = Primitives.readText(in);
      String robot = Primitives.readText(in);
      return new IssuedAlert(
          rule,
          alertId,
          robot,
          version == 1
              ? Labels.of("alertname", rule, "robot_id", robot)
              : Primitives.readLabels(in),
          in.readLong(),
          in.readLong(),
          in.readLong(),
          in.readInt(),
          in.readBoolean());
    }
  }
}
