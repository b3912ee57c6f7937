package oht50.metrics.promql.eval;

import java.util.Arrays;

/**
 * The points of a series in {@code (start, end]}, which moves on from tick to tick: indexes {@code
 * [from, to)} of the series' own arrays.
 */
final class SeriesWindow {
  final long[] timestamps;
  final double[] values;
  final double[] added; // by how much a counted series grew; null of any other
  private final int first;
  private final int last; // exclusive
  private final long rangeMillis;
  private final boolean hasNativeHistograms;
  private int from;
  private int to;
  private long end;
  private long tick;

  SeriesWindow(StoredSeries series, long rangeMillis) {
    this.timestamps = series.timestamps();
    this.values = series.values();
    this.added = series.added();
    this.first = series.from();
    this.last = series.to();
    this.rangeMillis = rangeMillis;
    this.from = series.from();
    this.to = series.from();
    this.hasNativeHistograms = containsNativeHistogram(from, last);
  }

  private boolean containsNativeHistogram(int begin, int end) {
    for (int i = begin; i < end; i++) {
      if (NativeHistogram.is(values[i])) {
        return true;
      }
    }
    return false;
  }

  /**
   * @param end not before that of the move before
   * @param tick the time of evaluation
   */
  void moveTo(long end, long tick) {
    this.end = end;
    this.tick = tick;
    if (last > to && timestamps[last - 1] <= end) {
      to = last; // as at the only tick of a rule
    }
    while (to < last && timestamps[to] <= end) {
      to++;
    }
    while (from < to && timestamps[from] <= end - rangeMillis) {
      from++;
    }
    if (hasNativeHistograms && containsNativeHistogram(from, to)) {
      throw new NativeHistogram.Read();
    }
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  int count() {
    return to - from;
  }

  /** Whether there is a point in {@code (end - millis, end]}, be it older than the window. */
  boolean hasWithin(long millis) {
    return to > first && timestamps[to - 1] > end - millis;
  }

  /** The time before the first one of the window. */
  long start() {
    return end - rangeMillis;
  }

  long end() {
    return end;
  }

  long rangeMillis() {
    return rangeMillis;
  }

  /** The time of evaluation, which {@code offset} and {@code @} do not move. */
  long tick() {
    return tick;
  }

  double firstValue() {
    return values[from];
  }

  double lastValue() {
    return values[to - 1];
  }

  long firstTime() {
    return timestamps[from];
  }

  long lastTime() {
    return timestamps[to - 1];
  }

  long[] copyOfTimes() {
    return Arrays.copyOfRange(timestamps, from, to);
  }

  double[] copyOfValues() {
    return Arrays.copyOfRange(values, from, to);
  }
}
