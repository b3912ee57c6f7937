package oht50.metrics.source.scrape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The samples of a page, in its order. One sheet is used for all pages of a target. */
final class ScrapedSamples {
  private final List<SeriesCache.Known> series = new ArrayList<>();
  private double[] values = new double[64];
  private long[] timestamps = new long[64];
  private boolean[] timed = new boolean[64];

  void clear() {
    series.clear();
  }

  /**
   * @param timestamp ms
   * @param isTimed whether the target itself says when
   */
  void add(SeriesCache.Known known, double value, long timestamp, boolean isTimed) {
    int at = series.size();
    if (at == values.length) {
      values = Arrays.copyOf(values, 2 * at);
      timestamps = Arrays.copyOf(timestamps, 2 * at);
      timed = Arrays.copyOf(timed, 2 * at);
    }
    series.add(known);
    values[at] = value;
    timestamps[at] = timestamp;
    timed[at] = isTimed;
  }

  int size() {
    return series.size();
  }

  SeriesCache.Known series(int i) {
    return series.get(i);
  }

  double value(int i) {
    return values[i];
  }

  long timestamp(int i) {
    return timestamps[i];
  }

  boolean isTimed(int i) {
    return timed[i];
  }
}
