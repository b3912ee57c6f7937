package oht50.metrics.promql.eval;

import java.util.ArrayList;
import java.util.List;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.promql.syntax.LabelMatcher;

/** Which samples of a series count at a tick. */
final class Selection {
  private final Storage storage;
  private final Ticks ticks;
  private final EvaluationOptions options;

  Selection(Storage storage, Ticks ticks, EvaluationOptions options) {
    this.storage = storage;
    this.ticks = ticks;
    this.options = options;
  }

  /**
   * The newest sample of each series in {@code (reference - lookback, reference]}; none if it is a
   * stale marker. Of a counted series for as long as its total stands.
   *
   * @param isTimeWanted whether the result is the samples' times in seconds, not their values
   */
  List<TickSeries> newest(List<LabelMatcher> matchers, ReferenceTimes times, boolean isTimeWanted) {
    List<TickSeries> vector = new ArrayList<>();
    if (ticks.count() == 0) {
      return vector;
    }
    long after = times.first() - options.lookbackMillis();
    for (StoredSeries series : storage.select(matchers, after, times.last())) {
      TickSeries newest = newest(series, times, isTimeWanted);
      if (!newest.isEmpty()) {
        vector.add(newest);
      }
    }
    return vector;
  }

  private TickSeries newest(StoredSeries series, ReferenceTimes times, boolean isTimeWanted) {
    long[] timestamps = series.timestamps();
    long lookback = series.isCounted() ? options.expiryMillis() : options.lookbackMillis();
    TickSeries newest = new TickSeries(series.labels(), false, ticks.count());
    int next = series.firstAfter(times.first()); // index after the newest point so far
    for (int tick = 0; tick < ticks.count(); tick++) {
      long reference = times.at(tick);
      while (next < series.to() && timestamps[next] <= reference) {
        next++;
      }
      int point = next - 1;
      if (point < series.from() || timestamps[point] <= reference - lookback) {
        continue;
      }
      double value = series.values()[point];
      if (NativeHistogram.is(value)) {
        throw new NativeHistogram.Read();
      }
      if (!StaleMarker.is(value)) {
        newest.set(tick, isTimeWanted ? timestamps[point] / 1000.0 : value);
      }
    }
    return newest;
  }

  /**
   * All samples of {@code (reference - range, reference]}, without stale markers; of a counted
   * series the newest one before them too.
   */
  Value.Matrix all(List<LabelMatcher> matchers, ReferenceTimes times, long rangeMillis) {
    List<Value.RangeSeries> series = new ArrayList<>();
    if (ticks.count() > 0) {
      for (StoredSeries stored :
          storage.select(matchers, times.first() - rangeMillis, times.last())) {
        int from = stored.firstAfter(times.first() - rangeMillis);
        int to = stored.firstAfter(times.last());
        StoredSeries points =
            stored.isCounted() ? withOneBefore(stored, from, to) : withoutMarkers(stored, from, to);
        series.add(new Value.RangeSeries(points, false));
      }
    }
    return new Value.Matrix(series, times, rangeMillis);
  }

  private static StoredSeries withOneBefore(StoredSeries series, int from, int to) {
    int first = Math.max(series.from(), from - 1);
    return new StoredSeries(
        series.labels(), series.timestamps(), series.values(), first, to, series.added());
  }

  private static StoredSeries withoutMarkers(StoredSeries series, int from, int to) {
    double[] values = series.values();
    int kept = 0;
    for (int i = from; i < to; i++) {
      kept += StaleMarker.is(values[i]) ? 0 : 1;
    }
    if (kept == to - from) {
      return new StoredSeries(series.labels(), series.timestamps(), values, from, to);
    }
    long[] keptTimestamps = new long[kept];
    double[] keptValues = new double[kept];
    int at = 0;
    for (int i = from; i < to; i++) {
      if (!StaleMarker.is(values[i])) {
        keptTimestamps[at] = series.timestamps()[i];
        keptValues[at] = values[i];
        at++;
      }
    }
    return StoredSeries.of(series.labels(), keptTimestamps, keptValues);
  }
}
