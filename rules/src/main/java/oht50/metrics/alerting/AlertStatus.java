package oht50.metrics.alerting;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import oht50.metrics.model.AlertState;
import oht50.metrics.wire.Codec;

/**
 * Where an alert is in its life. Times are ticks, in milliseconds since the epoch, or {@link
 * #NEVER}.
 *
 * @param activeAt since when its condition has held
 * @param firedAt when it fired
 * @param resolvedAt when it ended, if it has and is still remembered
 * @param keepFiringSince since when it fires on although its condition no longer holds
 */
public record AlertStatus(
    AlertState state, long activeAt, long firedAt, long resolvedAt, long keepFiringSince)
    implements Serializable {
  public static final long NEVER = Long.MIN_VALUE;

  /** An alert of which nothing is known; it need not be kept. */
  public static final AlertStatus NONE =
      new AlertStatus(AlertState.INACTIVE, NEVER, NEVER, NEVER, NEVER);

  static AlertStatus pendingSince(long tick) {
    return new AlertStatus(AlertState.PENDING, tick, NEVER, NEVER, NEVER);
  }

  AlertStatus fired(long tick) {
    return new AlertStatus(AlertState.FIRING, activeAt, tick, resolvedAt, keepFiringSince);
  }

  AlertStatus resolved(long tick) {
    return new AlertStatus(AlertState.INACTIVE, activeAt, firedAt, tick, keepFiringSince);
  }

  AlertStatus keptSince(long tick) {
    return new AlertStatus(state, activeAt, firedAt, resolvedAt, tick);
  }

  /** Whether it is pending or firing. */
  public boolean isActive() {
    return state != AlertState.INACTIVE;
  }

  /** The code of the state, then the times in the order of the record. */
  public static final class BinaryForm implements Codec<AlertStatus> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(AlertStatus status, DataOutput out) throws IOException {
      out.writeByte(status.state.code());
      out.writeLong(status.activeAt);
      out.writeLong(status.firedAt);
      out.writeLong(status.resolvedAt);
      out.writeLong(status.keepFiringSince);
    }

    @Override
    public AlertStatus read(int version, DataInput in) throws IOException {
      return new AlertStatus(
          AlertState.ofCode(in.readByte()),
          in.readLong(),
          in.readLong(),
          in.readLong(),
          in.readLong());
    }
  }
}
