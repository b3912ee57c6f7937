package oht50.metrics.vda;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;

/**
 * Which slices of a robot's reports are in state. Immutable.
 *
 * @param starts of the slices, ascending
 * @param carried what is believed before the first slice
 * @param frontier reports before it are no longer taken in
 * @param sourceId of the first report: the source of all that follows, in positions
 * @param issued the highest offset that anything was published with
 */
public record ReportIndex(
    long[] starts, Belief carried, long frontier, long sourceId, long issued) {
  static ReportIndex startingWith(StateReport first) {
    return new ReportIndex(
        new long[0], Belief.NOTHING, Long.MIN_VALUE, first.sourceId(), Long.MIN_VALUE);
  }

  /** Index of the slice, or {@code -(place where it would be) - 1}. */
  int find(long start) {
    return Arrays.binarySearch(starts, start);
  }

  ReportIndex with(long start) {
    int at = find(start);
    if (at >= 0) {
      return this;
    }
    int place = -at - 1;
    long[] more = new long[starts.length + 1];
    System.arraycopy(starts, 0, more, 0, place);
    more[place] = start;
    System.arraycopy(starts, place, more, place + 1, starts.length - place);
    return new ReportIndex(more, carried, frontier, sourceId, issued);
  }

  /** Without its first slices. */
  ReportIndex without(int slices, Belief before, long newFrontier) {
    return new ReportIndex(
        Arrays.copyOfRange(starts, slices, starts.length), before, newFrontier, sourceId, issued);
  }

  ReportIndex issued(long offset) {
    return new ReportIndex(starts, carried, frontier, sourceId, offset);
  }

  /** Starts, carried, frontier, source, issued. */
  public static final class BinaryForm implements Codec<ReportIndex> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(ReportIndex index, DataOutput out) throws IOException {
      Primitives.writeLongs(index.starts, out);
      Belief.write(index.carried, out);
      out.writeLong(index.frontier);
      out.writeLong(index.sourceId);
      out.writeLong(index.issued);
    }

    @Override
    public ReportIndex read(int version, DataInput in) throws IOException {
      return new ReportIndex(
          Primitives.readLongs(in), Belief.read(in), in.readLong(), in.readLong(), in.readLong());
    }
  }
}
