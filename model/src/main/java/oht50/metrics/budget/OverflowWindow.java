package oht50.metrics.budget;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import oht50.metrics.model.Cause;
import oht50.metrics.model.Hash64;
import oht50.metrics.model.Rollup;
import oht50.metrics.time.Interval;
import oht50.metrics.wire.Codec;

/**
 * What has overflowed of a metric in one window.
 *
 * @param touchedAt watermark when it last changed
 * @param hasChanged since it was published
 * @param isFinal whether it has been published as final
 * @param incarnation the same for every window, but for one that begins anew after its sums have
 *     left state: its row must not replace what they said
 */
public record OverflowWindow(
    Interval interval,
    long end,
    OverflowSum sum,
    long touchedAt,
    boolean hasChanged,
    boolean isFinal,
    long incarnation) {
  private static final long UNKNOWN = -1;

  public static OverflowWindow begin(
      Interval interval, long end, OverflowSum sum, long watermark, boolean isAnew) {
    long incarnation = Hash64.id(isAnew ? "overflow from " + watermark : "overflow");
    return new OverflowWindow(interval, end, sum, watermark, true, false, incarnation);
  }

  public OverflowWindow plus(OverflowSum more, long watermark) {
    return new OverflowWindow(
        interval, end, sum.plus(more), Math.max(touchedAt, watermark), true, isFinal, incarnation);
  }

  public OverflowWindow published(long watermark) {
    return new OverflowWindow(
        interval, end, sum, touchedAt, false, isFinal || end <= watermark, incarnation);
  }

  /** Whether there is something to say at a watermark. */
  public boolean isDue(long watermark) {
    return hasChanged || (!isFinal && end <= watermark);
  }

  /** When it leaves state, if nothing changes any more. */
  public long leavesAt(long keep) {
    return Math.max(end, touchedAt) + keep;
  }

  /** Count, sum, min and max; first and last are not known. */
  public Rollup row(long seriesId, long watermark) {
    return new Rollup(
        seriesId,
        interval,
        sum.window(),
        end,
        sum.count(),
        sum.sum(),
        sum.min(),
        sum.max(),
        Double.NaN,
        Double.NaN,
        Rollup.NONE,
        Rollup.NONE,
        Rollup.NONE,
        UNKNOWN,
        UNKNOWN,
        isFinal || end <= watermark,
        isFinal ? Cause.LATE : Cause.ON_TIME,
        incarnation,
        0,
        0);
  }

  public static final class BinaryForm implements Codec<OverflowWindow> {
    private static final long serialVersionUID = 1L;
    private final OverflowSum.BinaryForm sums = new OverflowSum.BinaryForm();

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(OverflowWindow window, DataOutput out) throws IOException {
      out.writeByte(window.interval.code());
      out.writeLong(window.end);
      sums.write(window.sum, out);
      out.writeLong(window.touchedAt);
      out.writeBoolean(window.hasChanged);
      out.writeBoolean(window.isFinal);
      out.writeLong(window.incarnation);
    }

    @Override
    public OverflowWindow read(int version, DataInput in) throws IOException {
      return new OverflowWindow(
          Interval.ofCode(in.readByte()),
          in.readLong(),
          sums.read(sums.version(), in),
          in.readLong(),
          in.readBoolean(),
          in.readBoolean(),
          in.readLong());
    }
  }
}
