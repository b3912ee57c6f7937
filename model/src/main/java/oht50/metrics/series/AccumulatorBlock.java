package oht50.metrics.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.IntPredicate;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;

/**
 * The accumulators of all series of a key in one window, one column each: count, sum, min, max,
 * first and last, when they were, and the longest gap between two. Immutable.
 *
 * <p>The digest of a column covers its points: two folds with the same digest have the same points,
 * so a repeated sample is seen to change nothing. Only blocks of minutes have digests and sizes.
 */
public final class AccumulatorBlock {
  static final AccumulatorBlock EMPTY = new AccumulatorBlock(0);

  final int[] columns; // ascending
  final int[] sizes; // points, staleness markers included
  final int[] counts; // values aggregated
  final double[] sums;
  final double[] minima;
  final double[] maxima;
  final double[] firsts;
  final double[] lasts;
  final long[] firstTimes; // of the first sample, of a state also of a marker; or NO_TIME
  final long[] lastTimes;
  final int[] gaps; // longest ms between two
  final long[] digests;
  CarryOver carryOver; // null in a block without counters and states
  int conflicts;

  AccumulatorBlock(int size) {
    columns = new int[size];
    sizes = new int[size];
    counts = new int[size];
    sums = new double[size];
    minima = new double[size];
    maxima = new double[size];
    firsts = new double[size];
    lasts = new double[size];
    firstTimes = new long[size];
    lastTimes = new long[size];
    gaps = new int[size];
    digests = new long[size];
  }

  private AccumulatorBlock(AccumulatorBlock other) {
    columns = other.columns;
    sizes = other.sizes;
    counts = other.counts;
    sums = other.sums;
    minima = other.minima;
    maxima = other.maxima;
    firsts = other.firsts;
    lasts = other.lasts;
    firstTimes = other.firstTimes;
    lastTimes = other.lastTimes;
    gaps = other.gaps;
    digests = other.digests;
    carryOver = other.carryOver;
    conflicts = other.conflicts;
  }

  int size() {
    return columns.length;
  }

  /** Index of a column in this block, negative if it has none. */
  int indexOf(int column) {
    return Arrays.binarySearch(columns, column);
  }

  /** What columns take over; made when first asked for, while the block is made. */
  CarryOver carryOver() {
    if (carryOver == null) {
      carryOver = new CarryOver(size());
    }
    return carryOver;
  }

  boolean hasTimes(int at) {
    return firstTimes[at] != SeriesTable.NO_TIME;
  }

  /** This block with another newest point before the window for a counter or state. */
  AccumulatorBlock withCarried(int at, long time, double value) {
    AccumulatorBlock block = new AccumulatorBlock(this);
    block.carryOver = carryOver.with(at, time, value);
    return block;
  }

  /**
   * This block, and of an older one the columns that could not be computed anew.
   *
   * @param keeps whether an old column stays; such a column is not in this block
   */
  AccumulatorBlock withOld(AccumulatorBlock old, IntPredicate keeps) {
    int kept = 0;
    for (int column : old.columns) {
      kept += keeps.test(column) ? 1 : 0;
    }
    if (kept == 0) {
      return this;
    }
    AccumulatorBlock block = new AccumulatorBlock(size() + kept);
    int mine = 0;
    int to = 0;
    for (int from = 0; from < old.size(); from++) {
      if (!keeps.test(old.columns[from])) {
        continue;
      }
      while (mine < size() && columns[mine] < old.columns[from]) {
        copy(mine++, block, to++);
      }
      old.copy(from, block, to++);
    }
    while (mine < size()) {
      copy(mine++, block, to++);
    }
    block.conflicts = conflicts;
    return block;
  }

  /** This block without a column. */
  AccumulatorBlock without(int column) {
    int at = indexOf(column);
    if (at < 0) {
      return this;
    }
    AccumulatorBlock block = new AccumulatorBlock(size() - 1);
    for (int from = 0, to = 0; from < size(); from++) {
      if (from != at) {
        copy(from, block, to++);
      }
    }
    block.conflicts = conflicts;
    return block;
  }

  private void copy(int from, AccumulatorBlock target, int to) {
    target.columns[to] = columns[from];
    target.sizes[to] = sizes[from];
    target.counts[to] = counts[from];
    target.sums[to] = sums[from];
    target.minima[to] = minima[from];
    target.maxima[to] = maxima[from];
    target.firsts[to] = firsts[from];
    target.lasts[to] = lasts[from];
    target.firstTimes[to] = firstTimes[from];
    target.lastTimes[to] = lastTimes[from];
    target.gaps[to] = gaps[from];
    target.digests[to] = digests[from];
    if (carryOver != null) {
      carryOver.copy(from, target.carryOver(), to);
    }
  }

  /**
   * Size, conflicts, whether anything is carried over, then per column: column, size, count, sum,
   * min, max, first, last, time of the first, ms to the last, gap, digest, what is carried over.
   */
  public static final class BinaryForm implements Codec<AccumulatorBlock> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 2;
    }

    @Override
    public void write(AccumulatorBlock block, DataOutput out) throws IOException {
      Primitives.writeCount(block.size(), out);
      Primitives.writeCount(block.conflicts, out);
      out.writeBoolean(block.carryOver != null);
      for (int i = 0; i < block.size(); i++) {
        Primitives.writeCount(block.columns[i], out);
        Primitives.writeCount(block.sizes[i], out);
        Primitives.writeCount(block.counts[i], out);
        out.writeLong(Double.doubleToRawLongBits(block.sums[i]));
        out.writeLong(Double.doubleToRawLongBits(block.minima[i]));
        out.writeLong(Double.doubleToRawLongBits(block.maxima[i]));
        out.writeLong(Double.doubleToRawLongBits(block.firsts[i]));
        out.writeLong(Double.doubleToRawLongBits(block.lasts[i]));
        out.writeLong(block.firstTimes[i]);
        Primitives.writeCount((int) (block.lastTimes[i] - block.firstTimes[i]), out);
        Primitives.writeCount(block.gaps[i], out);
        out.writeLong(block.digests[i]);
        if (block.carryOver != null) {
          block.carryOver.write(i, out);
        }
      }
    }

    @Override
    public AccumulatorBlock read(int version, DataInput in) throws IOException {
      AccumulatorBlock block = new AccumulatorBlock(Primitives.readCount(in));
      block.conflicts = Primitives.readCount(in);
      if (in.readBoolean()) {
        block.carryOver();
      }
      for (int i = 0; i < block.size(); i++) {
        block.columns[i] = Primitives.readCount(in);
        block.sizes[i] = Primitives.readCount(in);
        block.counts[i] = Primitives.readCount(in);
        block.sums[i] = Double.longBitsToDouble(in.readLong());
        block.minima[i] = Double.longBitsToDouble(in.readLong());
        block.maxima[i] = Double.longBitsToDouble(in.readLong());
        block.firsts[i] = Double.longBitsToDouble(in.readLong());
        block.lasts[i] = Double.longBitsToDouble(in.readLong());
        block.firstTimes[i] = in.readLong();
        block.lastTimes[i] = block.firstTimes[i] + Primitives.readCount(in);
        block.gaps[i] = Primitives.readCount(in);
        block.digests[i] = in.readLong();
        if (block.carryOver != null) {
          block.carryOver.read(version, i, in);
        }
      }
      return block;
    }
  }
}
