package oht50.metrics.series;

import java.util.Arrays;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.model.ValueChanges;
import oht50.metrics.time.Interval;

/**
 * Makes blocks: a minute's from its sorted points, any longer window's from the blocks below it.
 *
 * <ul>
 *   <li>{@code sum} of a minute = ((v1 + v2) + v3) + ... in time order, starting from the first
 *       value; of a longer window the same over the sums of its children in time order
 *   <li>{@code min}, {@code max}, {@code sum} are NaN if a value is; {@code -0.0 < 0.0}
 *   <li>a counter's increase and a state's integral are folds in time order too, each step from a
 *       point to the next as {@link Continuity} has it; of children: of the first, and then of each
 *       the step to it and its own
 *   <li>staleness markers are in no aggregate; a column with no other point has count 0
 * </ul>
 *
 * Scratch memory is kept between folds: one instance serves one thread.
 */
final class BlockFold {
  private final Continuity continuity;
  private int[] counts = new int[0];
  private double[] sums = new double[0];
  private double[] minima = new double[0];
  private double[] maxima = new double[0];
  private double[] firsts = new double[0];
  private double[] lasts = new double[0];
  private long[] firstTimes = new long[0];
  private long[] lastTimes = new long[0];
  private int[] gaps = new int[0];
  private double[] inners = new double[0];
  private int[] covered = new int[0];
  private long[] carriedTimes = new long[0];
  private double[] carriedValues = new double[0];
  private double[] handedOn = new double[0];
  private boolean[] present = new boolean[0];
  private SeriesTable table;

  BlockFold(Continuity continuity) {
    this.continuity = continuity;
  }

  /** The block of a minute; a column without any point is not in it. */
  AccumulatorBlock ofPoints(SortedPoints points, SeriesTable table) {
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
        if (table.isCounter(column)) {
          foldCounter(points, points.from(column), points.to(column), block, at);
        } else if (table.isState(column)) {
          foldState(points, points.from(column), points.to(column), block, at);
          if (table.isTracked(column)) {
            block.carryOver.runs(at, runs(points, points.from(column), points.to(column)));
          }
        }
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
    long firstTime = SeriesTable.NO_TIME;
    long lastTime = SeriesTable.NO_TIME;
    long gap = 0;
    long digest = 0;
    for (int i = from; i < to; i++) {
      double value = points.value(i);
      digest = mix(digest, points.timestamp(i), Double.doubleToRawLongBits(value));
      if (points.isContested(i)) {
        // A value that comes back must be published again: before a crash another one may have
        // been, which this state knows nothing of.
        digest = mix(digest, points.sourceId(i), points.offset(i));
      }
      if (StaleMarker.is(value)) {
        continue;
      }
      if (count == 0) {
        sum = value;
        min = value;
        max = value;
        first = value;
        firstTime = points.timestamp(i);
      } else {
        sum += value;
        min = Math.min(min, value);
        max = Math.max(max, value);
        gap = Math.max(gap, points.timestamp(i) - lastTime);
      }
      last = value;
      lastTime = points.timestamp(i);
      count++;
    }
    block.sizes[at] = to - from;
    block.counts[at] = count;
    block.sums[at] = sum;
    block.minima[at] = min;
    block.maxima[at] = max;
    block.firsts[at] = first;
    block.lasts[at] = last;
    block.firstTimes[at] = firstTime;
    block.lastTimes[at] = lastTime;
    block.gaps[at] = (int) gap;
    block.digests[at] = digest;
  }

  private void foldCounter(SortedPoints points, int from, int to, AccumulatorBlock block, int at) {
    double increase = 0;
    long before = SeriesTable.NO_TIME;
    double said = Double.NaN;
    for (int i = from; i < to; i++) {
      if (StaleMarker.is(points.value(i))) {
        continue;
      }
      increase += continuity.step(before, said, points.timestamp(i), points.value(i));
      before = points.timestamp(i);
      said = points.value(i);
    }
    block.carryOver().inners[at] = increase;
    block.carryOver().handedOn[at] = said;
  }

  private void foldState(SortedPoints points, int from, int to, AccumulatorBlock block, int at) {
    double integral = 0;
    long covered = 0;
    long gap = 0;
    for (int i = from + 1; i < to; i++) {
      long before = points.timestamp(i - 1);
      long held = continuity.holds(before, points.value(i - 1), before, points.timestamp(i));
      if (held > 0) {
        integral += points.value(i - 1) * held;
        covered += held;
      }
      gap = Math.max(gap, points.timestamp(i) - before);
    }
    block.firstTimes[at] = points.timestamp(from);
    block.lastTimes[at] = points.timestamp(to - 1);
    block.gaps[at] = (int) gap;
    CarryOver carryOver = block.carryOver();
    carryOver.inners[at] = integral;
    carryOver.covered[at] = (int) covered;
    carryOver.handedOn[at] = points.value(to - 1);
  }

  /** What the points say one after the other; null if that is one value. */
  private static ValueChanges runs(SortedPoints points, int from, int to) {
    int size = 1;
    for (int i = from + 1; i < to; i++) {
      size += isSame(points.value(i - 1), points.value(i)) ? 0 : 1;
    }
    if (size == 1 && !StaleMarker.is(points.value(from))) {
      return null;
    }
    ValueChanges runs = new ValueChanges(new int[size], new double[size]);
    int at = 0;
    for (int i = from; i < to; i++) {
      if (i == from || !isSame(points.value(i - 1), points.value(i))) {
        runs.offsets()[at] = (int) Math.floorMod(points.timestamp(i), Interval.MINUTE.millis());
        runs.values()[at] = points.value(i);
        at++;
      }
    }
    return runs;
  }

  private static boolean isSame(double a, double b) {
    return Double.doubleToRawLongBits(a) == Double.doubleToRawLongBits(b);
  }

  /** A step of a 64-bit multiply-xor hash (constants of SplitMix64, Steele et al. 2014). */
  private static long mix(long digest, long timestamp, long bits) {
    long h = digest + 0x9e3779b97f4a7c15L + timestamp;
    h = (h ^ (h >>> 30)) * 0xbf58476d1ce4e5b9L + bits;
    h = (h ^ (h >>> 27)) * 0x94d049bb133111ebL;
    return h ^ (h >>> 31);
  }

  /** Begins a fold of children. */
  void begin(SeriesTable of) {
    table = of;
    int columns = of.columns();
    if (counts.length < columns) {
      counts = new int[columns];
      sums = new double[columns];
      minima = new double[columns];
      maxima = new double[columns];
      firsts = new double[columns];
      lasts = new double[columns];
      firstTimes = new long[columns];
      lastTimes = new long[columns];
      gaps = new int[columns];
      inners = new double[columns];
      covered = new int[columns];
      carriedTimes = new long[columns];
      carriedValues = new double[columns];
      handedOn = new double[columns];
      present = new boolean[columns];
    }
    Arrays.fill(present, false);
    Arrays.fill(counts, 0);
    Arrays.fill(firstTimes, SeriesTable.NO_TIME);
  }

  /** Adds the next child in time order; null adds nothing. */
  void add(AccumulatorBlock child) {
    if (child == null) {
      return;
    }
    for (int i = 0; i < child.size(); i++) {
      int column = child.columns[i];
      present[column] = true;
      if (!child.hasTimes(i)) {
        continue;
      }
      if (firstTimes[column] == SeriesTable.NO_TIME) {
        begin(column, child, i);
      } else {
        goOn(column, child, i);
      }
      lastTimes[column] = child.lastTimes[i];
      if (child.counts[i] > 0) {
        aggregate(column, child, i);
      }
    }
  }

  private void begin(int column, AccumulatorBlock child, int i) {
    firstTimes[column] = child.firstTimes[i];
    gaps[column] = child.gaps[i];
    if (table.carriesOver(column)) {
      CarryOver of = child.carryOver;
      carriedTimes[column] = of.times[i];
      carriedValues[column] = of.values[i];
      inners[column] = of.inners[i];
      covered[column] = of.covered[i];
      handedOn[column] = of.handedOn[i];
    }
  }

  private void goOn(int column, AccumulatorBlock child, int i) {
    long before = lastTimes[column];
    long time = child.firstTimes[i];
    gaps[column] = Math.max(gaps[column], Math.max(child.gaps[i], (int) (time - before)));
    if (table.isCounter(column)) {
      CarryOver of = child.carryOver;
      double step = continuity.step(before, handedOn[column], time, child.firsts[i]);
      inners[column] += step + of.inners[i];
      handedOn[column] = of.handedOn[i];
    } else if (table.isState(column)) {
      CarryOver of = child.carryOver;
      long held = continuity.holds(before, handedOn[column], before, time);
      if (held > 0) {
        inners[column] += handedOn[column] * held;
      }
      inners[column] += of.inners[i];
      covered[column] += (int) held + of.covered[i];
      handedOn[column] = of.handedOn[i];
    }
  }

  private void aggregate(int column, AccumulatorBlock child, int i) {
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
      boolean timeless = firstTimes[column] == SeriesTable.NO_TIME;
      block.columns[at] = column;
      block.counts[at] = counts[column];
      block.sums[at] = empty ? 0 : sums[column];
      block.minima[at] = empty ? Double.NaN : minima[column];
      block.maxima[at] = empty ? Double.NaN : maxima[column];
      block.firsts[at] = empty ? Double.NaN : firsts[column];
      block.lasts[at] = empty ? Double.NaN : lasts[column];
      block.firstTimes[at] = firstTimes[column];
      block.lastTimes[at] = timeless ? SeriesTable.NO_TIME : lastTimes[column];
      block.gaps[at] = timeless ? 0 : gaps[column];
      if (!timeless && table.carriesOver(column)) {
        CarryOver carryOver = block.carryOver();
        carryOver.times[at] = carriedTimes[column];
        carryOver.values[at] = carriedValues[column];
        carryOver.inners[at] = inners[column];
        carryOver.covered[at] = covered[column];
        carryOver.handedOn[at] = handedOn[column];
      }
      at++;
    }
    return block;
  }
}
