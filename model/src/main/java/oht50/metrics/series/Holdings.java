package oht50.metrics.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;

/**
 * Which minutes and quarters of an hour a key has in state, ascending. Immutable.
 *
 * @param minutes starts of minutes that have a block, and a log unless before {@code logsFrom}
 * @param quarters starts of quarters that have a block
 * @param logsFrom first ms whose logs are still there
 * @param daysFrom end of the newest day of which a quarter has left, or a series: days before it
 *     cannot be cut anew
 */
public record Holdings(long[] minutes, long[] quarters, long logsFrom, long daysFrom) {
  public static final Holdings EMPTY =
      new Holdings(new long[0], new long[0], Long.MIN_VALUE, Long.MIN_VALUE);

  boolean isEmpty() {
    return minutes.length == 0 && quarters.length == 0;
  }

  boolean hasLog(long minute) {
    return minute >= logsFrom && Arrays.binarySearch(minutes, minute) >= 0;
  }

  Holdings withMinute(long minute) {
    return new Holdings(with(minutes, minute), quarters, Math.min(logsFrom, minute), daysFrom);
  }

  /** With a minute of which there is a block, and no log. */
  Holdings withBlockOfMinute(long minute) {
    return new Holdings(with(minutes, minute), quarters, logsFrom, daysFrom);
  }

  Holdings withQuarter(long quarter) {
    return new Holdings(minutes, with(quarters, quarter), logsFrom, daysFrom);
  }

  /** With the end of a day that has left; an older one changes nothing. */
  Holdings withDaysFrom(long dayEnd) {
    return new Holdings(minutes, quarters, logsFrom, Math.max(daysFrom, dayEnd));
  }

  static boolean contains(long[] ascending, long start) {
    return Arrays.binarySearch(ascending, start) >= 0;
  }

  /** Index of the first element at or after an instant. */
  static int firstFrom(long[] ascending, long instant) {
    int at = Arrays.binarySearch(ascending, instant);
    return at >= 0 ? at : -at - 1;
  }

  private static long[] with(long[] ascending, long value) {
    int at = Arrays.binarySearch(ascending, value);
    if (at >= 0) {
      return ascending;
    }
    int insertion = -at - 1;
    long[] more = new long[ascending.length + 1];
    System.arraycopy(ascending, 0, more, 0, insertion);
    more[insertion] = value;
    System.arraycopy(ascending, insertion, more, insertion + 1, ascending.length - insertion);
    return more;
  }

  /** Minutes, quarters, logs from, days from (since version 2). */
  public static final class BinaryForm implements Codec<Holdings> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 2;
    }

    @Override
    public void write(Holdings holdings, DataOutput out) throws IOException {
      Primitives.writeLongs(holdings.minutes, out);
      Primitives.writeLongs(holdings.quarters, out);
      out.writeLong(holdings.logsFrom);
      out.writeLong(holdings.daysFrom);
    }

    @Override
    public Holdings read(int version, DataInput in) throws IOException {
      return new Holdings(
          Primitives.readLongs(in),
          Primitives.readLongs(in),
          in.readLong(),
          version < 2 ? Long.MIN_VALUE : in.readLong());
    }
  }
}
