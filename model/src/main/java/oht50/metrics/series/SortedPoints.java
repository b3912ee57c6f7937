package oht50.metrics.series;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import oht50.metrics.model.MetricKind;

/**
 * The points of some columns out of the logs they arrived in: per column ascending by time, each
 * time once. Of several values for one (series, time) the one of the highest position stays; where
 * positions are equal too, as inside one record, the later one does.
 *
 * <p>A delta of 0 retracts its point. Scratch memory is kept between loads: one instance serves one
 * thread, and a load makes the previous result invalid.
 */
final class SortedPoints {
  private static final Comparator<LogBatch> BY_TIME_AND_POSITION =
      Comparator.<LogBatch>comparingLong(batch -> batch.timestamp(0))
          .thenComparingLong(LogBatch::sourceId)
          .thenComparingLong(LogBatch::offset);

  private int columns;
  private int[] starts = new int[0]; // column -> index of its first point; one more at the end
  private int[] ends = new int[0]; // column -> index after its last point
  private long[] timestamps = new long[0];
  private double[] values = new double[0];
  private int[] batches = new int[0]; // point -> index of its batch, for the position
  private long[] order = new long[0];
  private long[] unsortedTimestamps = new long[0];
  private double[] unsortedValues = new double[0];
  private int[] unsortedBatches = new int[0];
  private final BitSet contested = new BitSet(); // points whose time was given different values
  private List<LogBatch> log = List.of();
  private int conflicts;

  /**
   * @param log batches in order of arrival; may be left in order of time
   * @param wanted columns to load, or null for all
   */
  void load(List<LogBatch> log, SeriesTable table, BitSet wanted) {
    columns = table.columns();
    conflicts = 0;
    contested.clear();
    this.log = log;
    sortBatches(log);
    int total = countPerColumn(log, wanted);
    grow(total);
    distribute(log, wanted);
    for (int column = 0; column < columns; column++) {
      settle(log, column, table.kind(column) == MetricKind.DELTA.code());
    }
  }

  int columns() {
    return columns;
  }

  /** Index of the first point of a column. */
  int from(int column) {
    return starts[column];
  }

  /** Index after the last point of a column. */
  int to(int column) {
    return ends[column];
  }

  long timestamp(int point) {
    return timestamps[point];
  }

  double value(int point) {
    return values[point];
  }

  /** Whether the time of a point was given different values. */
  boolean isContested(int point) {
    return contested.get(point);
  }

  /** Whether the time of any point of a column was. */
  boolean hasContested(int column) {
    int next = contested.nextSetBit(starts[column]);
    return next >= 0 && next < ends[column];
  }

  /** First part of the position of a point. */
  long sourceId(int point) {
    return log.get(batches[point]).sourceId();
  }

  /** Second part of the position of a point. */
  long offset(int point) {
    return log.get(batches[point]).offset();
  }

  /** The values of a column, in time order. */
  double[] values(int column) {
    return Arrays.copyOfRange(values, starts[column], ends[column]);
  }

  /** How many times were given a second, different value. */
  int conflicts() {
    return conflicts;
  }

  /**
   * Sorts the log once where that orders every column: batches of one time each, as robots send
   * them. Equal position and time stay in order of arrival.
   */
  private static void sortBatches(List<LogBatch> log) {
    boolean ascending = true;
    long previous = Long.MIN_VALUE;
    for (int b = 0; b < log.size(); b++) {
      LogBatch batch = log.get(b);
      if (batch.timestamps().length != 1) {
        return;
      }
      ascending &= previous < batch.timestamp(0);
      previous = batch.timestamp(0);
    }
    if (!ascending) {
      log.sort(BY_TIME_AND_POSITION);
    }
  }

  private int countPerColumn(List<LogBatch> log, BitSet wanted) {
    if (starts.length < columns + 1) {
      starts = new int[columns + 1];
      ends = new int[columns + 1];
    }
    Arrays.fill(starts, 0, columns + 1, 0);
    for (int b = 0; b < log.size(); b++) {
      for (int column : log.get(b).columns()) {
        starts[column + 1]++;
      }
    }
    for (int column = 0; column < columns; column++) {
      if (wanted != null && !wanted.get(column)) {
        starts[column + 1] = 0;
      }
      starts[column + 1] += starts[column];
      ends[column] = starts[column];
    }
    return starts[columns];
  }

  private void grow(int total) {
    if (timestamps.length < total) {
      int size = Math.max(total, 2 * timestamps.length);
      timestamps = new long[size];
      values = new double[size];
      batches = new int[size];
    }
  }

  private void distribute(List<LogBatch> log, BitSet wanted) {
    for (int b = 0; b < log.size(); b++) {
      LogBatch batch = log.get(b);
      int[] of = batch.columns();
      double[] ofValues = batch.values();
      for (int i = 0; i < of.length; i++) {
        int column = of[i];
        if (wanted == null || wanted.get(column)) {
          int point = ends[column]++;
          timestamps[point] = batch.timestamp(i);
          values[point] = ofValues[i];
          batches[point] = b;
        }
      }
    }
  }

  private void settle(List<LogBatch> log, int column, boolean isDelta) {
    int from = starts[column];
    int to = ends[column];
    boolean isSorted = true;
    boolean isUnique = true;
    for (int i = from + 1; i < to; i++) {
      isSorted &= timestamps[i - 1] <= timestamps[i];
      isUnique &= timestamps[i - 1] != timestamps[i];
    }
    if (!isSorted) {
      sort(from, to);
    }
    if (!isSorted || !isUnique) {
      sortByPosition(log, from, to);
      to = keepHighestPositions(from, to);
    }
    if (isDelta) {
      to = dropRetracted(from, to);
    }
    ends[column] = to;
  }

  /** By time, then arrival. */
  private void sort(int from, int to) {
    int size = to - from;
    if (order.length < size) {
      order = new long[Math.max(size, 2 * order.length)];
      unsortedTimestamps = new long[order.length];
      unsortedValues = new double[order.length];
      unsortedBatches = new int[order.length];
    }
    // A minute, or a chunk of at most a day, spans less than 2^31 ms: time and arrival share a
    // long.
    long base = timestamps[from];
    for (int i = from; i < to; i++) {
      base = Math.min(base, timestamps[i]);
    }
    for (int i = 0; i < size; i++) {
      order[i] = ((timestamps[from + i] - base) << 32) | i;
    }
    System.arraycopy(timestamps, from, unsortedTimestamps, 0, size);
    System.arraycopy(values, from, unsortedValues, 0, size);
    System.arraycopy(batches, from, unsortedBatches, 0, size);
    Arrays.sort(order, 0, size);
    for (int i = 0; i < size; i++) {
      int at = (int) order[i];
      timestamps[from + i] = unsortedTimestamps[at];
      values[from + i] = unsortedValues[at];
      batches[from + i] = unsortedBatches[at];
    }
  }

  /** Puts each run of equal times into order of position; equal positions stay as they are. */
  private void sortByPosition(List<LogBatch> log, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      for (int j = i;
          j > from
              && timestamps[j] == timestamps[j - 1]
              && isHigher(log.get(batches[j - 1]), log.get(batches[j]));
          j--) {
        swap(j, j - 1);
      }
    }
  }

  private void swap(int a, int b) {
    double value = values[a];
    values[a] = values[b];
    values[b] = value;
    int batch = batches[a];
    batches[a] = batches[b];
    batches[b] = batch;
  }

  private static boolean isHigher(LogBatch a, LogBatch b) {
    return a.sourceId() != b.sourceId() ? a.sourceId() > b.sourceId() : a.offset() > b.offset();
  }

  private int keepHighestPositions(int from, int to) {
    int kept = from;
    boolean differed = false;
    for (int i = from; i < to; i++) {
      boolean same = kept > from && timestamps[kept - 1] == timestamps[i];
      if (same) {
        boolean differs =
            Double.doubleToRawLongBits(values[kept - 1]) != Double.doubleToRawLongBits(values[i]);
        if (differs && !differed) {
          conflicts++;
        }
        differed |= differs;
        kept--;
      } else {
        differed = false;
      }
      contested.set(kept, differed);
      timestamps[kept] = timestamps[i];
      values[kept] = values[i];
      batches[kept] = batches[i];
      kept++;
    }
    return kept;
  }

  private int dropRetracted(int from, int to) {
    int kept = from;
    for (int i = from; i < to; i++) {
      if (values[i] != 0) {
        timestamps[kept] = timestamps[i];
        values[kept] = values[i];
        batches[kept] = batches[i];
        contested.set(kept, contested.get(i));
        kept++;
      }
    }
    return kept;
  }
}
