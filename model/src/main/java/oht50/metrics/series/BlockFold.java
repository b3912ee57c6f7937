package oht50.metrics.series;

import java.util.Arrays;
import oht50.metrics.model.StaleMarker;

/**
 * Makes blocks: a minute's from its sorted points, any longer window's from the blocks below it.
 *
 * <ul>
 *   <li>{@code sum} of a minute = ((v1 + v2) + v3) + ... in time order, starting from the first
 *       value; of a longer window the same over the sums of its children in time order
 *   <li>{@code min}, {@code max}, {@code sum} are NaN if a value is; {@code -0.0 < 0.0}
 *   <li>staleness markers are in no aggregate; a column with no other point has count 0
 * </ul>
 *
 * Scratch memory is kept between folds: one instance serves one thread.
 */
final class BlockFold {
  private int[] counts = new int[0];
  private double[] sums = new double[0];
  private double[] minima = new double[0];
  private double[] maxima = new double[0];
  private double[] firsts = new double[0];
  private double[] lasts = new double[0];
  private boolean[] present = new boolean[0];

  /** The block of a minute; a column without any point is not in it. */
  static AccumulatorBlock ofPoints(SortedPoints points) {
    int size = 0;
    for (int column = 0; column < points.columns(); column++) {
      if (points.from(column) < points.to(column)) {
        size++;
      }
    }
    AccumulatorBlock block = new AccumulatorBlock(size);
    block.conflicts = points.conflicts();
    int at = 0;
    for (int column = 0; column < points.columns(); column++) {
      if (points.from(column) < points.to(column)) {
        block.columns[at] = column;
        fold(points, points.from(column), points.to(column), block, at);
        at++;
      }
    }
    return block;
  }

  private static void fold(SortedPoints points, int from, int to, AccumulatorBlock block, int at) {
    int count = 0;
    double sum = 0;
    double min = Double.NaN;
    double max = Double.NaN;
    double first = Double.NaN;
    double last = Double.NaN;
    long digest = 0;
    for (int i = from; i < to; i++) {
      double value = points.value(i);
      digest = mix(digest, points.timestamp(i), Double.doubleToRawLongBits(value));
      if (StaleMarker.is(value)) {
        continue;
      }
      if (count == 0) {
        sum = value;
        min = value;
        max = value;
        first = value;
      } else {
        sum += value;
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
      last = value;
      count++;
    }
    block.sizes[at] = to - from;
    block.counts[at] = count;
    block.sums[at] = sum;
    block.minima[at] = min;
    block.maxima[at] = max;
    block.firsts[at] = first;
    block.lasts[at] = last;
    block.digests[at] = digest;
  }

  /** A step of a 64-bit multiply-xor hash (constants of SplitMix64, Steele et al. 2014). */
  private static long mix(long digest, long timestamp, long bits) {
    long h = digest + 0x9e3779b97f4a7c15L + timestamp;
    h = (h ^ (h >>> 30)) * 0xbf58476d1ce4e5b9L + bits;
    h = (h ^ (h >>> 27)) * 0x94d049bb133111ebL;
    return h ^ (h >>> 31);
  }

  /** Begins a fold of children; {@code columns} is the number of columns of the table. */
  void begin(int columns) {
    if (counts.length < columns) {
      counts = new int[columns];
      sums = new double[columns];
      minima = new double[columns];
      maxima = new double[columns];
      firsts = new double[columns];
      lasts = new double[columns];
      present = new boolean[columns];
    }
    Arrays.fill(present, false);
    Arrays.fill(counts, 0);
  }

  /** Adds the next child in time order; null adds nothing. */
  void add(AccumulatorBlock child) {
    if (child == null) {
      return;
    }
    for (int i = 0; i < child.size(); i++) {
      int column = child.columns[i];
      present[column] = true;
      if (child.counts[i] == 0) {
        continue;
      }
      if (counts[column] == 0) {
        sums[column] = child.sums[i];
        minima[column] = child.minima[i];
        maxima[column] = child.maxima[i];
        firsts[column] = child.firsts[i];
      } else {
        sums[column] += child.sums[i];
        minima[column] = Math.min(minima[column], child.minima[i]);
        maxima[column] = Math.max(maxima[column], child.maxima[i]);
      }
      lasts[column] = child.lasts[i];
      counts[column] += child.counts[i];
    }
  }

  AccumulatorBlock end() {
    int size = 0;
    for (boolean each : present) {
      size += each ? 1 : 0;
    }
    AccumulatorBlock block = new AccumulatorBlock(size);
    int at = 0;
    for (int column = 0; at < size; column++) {
      if (!present[column]) {
        continue;
      }
      boolean empty = counts[column] == 0;
      block.columns[at] = column;
      block.counts[at] = counts[column];
      block.sums[at] = empty ? 0 : sums[column];
      block.minima[at] = empty ? Double.NaN : minima[column];
      block.maxima[at] = empty ? Double.NaN : maxima[column];
      block.firsts[at] = empty ? Double.NaN : firsts[column];
      block.lasts[at] = empty ? Double.NaN : lasts[column];
      at++;
    }
    return block;
  }
}
