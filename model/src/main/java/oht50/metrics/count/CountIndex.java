package oht50.metrics.count;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import oht50.metrics.model.Hash64;
import oht50.metrics.model.Occurrence;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;

/**
 * Which minutes of a key have counted seconds in state. Immutable.
 *
 * @param life of the key in state, from the position of its first occurrence: the source of its
 *     counts, so counts that begin anew with an empty state are not taken for those of before
 * @param newest newest event time
 * @param arrival watermark at the last occurrence, or when the last second left state
 * @param frontier seconds before it are no longer in state
 * @param minutes starts of the minutes, ascending
 */
public record CountIndex(long life, long newest, long arrival, long frontier, long[] minutes) {
  /** The index of a key that begins with an occurrence. */
  static CountIndex startingWith(Occurrence first) {
    long life = Hash64.id("counted since " + first.sourceId() + "@" + first.offset());
    return new CountIndex(
        life & Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, new long[0]);
  }

  CountIndex with(long minute, long timestamp, long watermark) {
    int at = Arrays.binarySearch(minutes, minute);
    long[] more = minutes;
    if (at < 0) {
      int insertion = -at - 1;
      more = new long[minutes.length + 1];
      System.arraycopy(minutes, 0, more, 0, insertion);
      more[insertion] = minute;
      System.arraycopy(minutes, insertion, more, insertion + 1, minutes.length - insertion);
    }
    // After a restart the watermark begins low, and the key is no older for it.
    return new CountIndex(
        life, Math.max(newest, timestamp), Math.max(arrival, watermark), frontier, more);
  }

  /** The same as if the last occurrence had come at another watermark. */
  CountIndex arrivedAt(long watermark) {
    return new CountIndex(life, newest, watermark, frontier, minutes);
  }

  /** Whether no second is in state; the frontier still says which are beyond the horizon. */
  boolean isEmpty() {
    return minutes.length == 0;
  }

  boolean has(long minute) {
    return Arrays.binarySearch(minutes, minute) >= 0;
  }

  /** Life, newest, arrival, frontier, minutes. */
  public static final class BinaryForm implements Codec<CountIndex> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(CountIndex index, DataOutput out) throws IOException {
      out.writeLong(index.life);
      out.writeLong(index.newest);
      out.writeLong(index.arrival);
      out.writeLong(index.frontier);
      Primitives.writeLongs(index.minutes, out);
    }

    @Override
    public CountIndex read(int version, DataInput in) throws IOException {
      return new CountIndex(
          in.readLong(), in.readLong(), in.readLong(), in.readLong(), Primitives.readLongs(in));
    }
  }
}
