package oht50.metrics.series;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.model.Series;
import oht50.metrics.time.Interval;
import oht50.metrics.time.WindowCalendar;

/** The rows of sorted points, computed the slow and obvious way. */
final class NaiveRollups {
  private record Fold(long count, double sum, double min, double max, double first, double last) {
    static Fold of(double value) {
      return new Fold(1, value, value, value, value, value);
    }

    Fold then(Fold next) {
      return new Fold(
          count + next.count,
          sum + next.sum,
          Math.min(min, next.min),
          Math.max(max, next.max),
          first,
          next.last);
    }
  }

  private NaiveRollups() {}

  /** (series, interval, start) -> count, sum, min, max, first, last. */
  static Map<Tables.RowKey, List<Object>> of(Map<Series, TreeMap<Long, Double>> points) {
    Map<Tables.RowKey, List<Object>> rows = new TreeMap<>();
    points.forEach(
        (series, sorted) -> {
          TreeMap<Long, Fold> folds = new TreeMap<>();
          sorted.forEach((timestamp, value) -> folds.put(timestamp, Fold.of(value)));
          TreeMap<Long, Fold> minutes = level(Interval.MINUTE, folds, series, rows);
          TreeMap<Long, Fold> fives = level(Interval.FIVE_MINUTES, minutes, series, rows);
          TreeMap<Long, Fold> quarters = level(Interval.QUARTER, fives, series, rows);
          level(Interval.HOUR, quarters, series, rows);
          level(Interval.DAY, quarters, series, rows);
        });
    return rows;
  }

  private static TreeMap<Long, Fold> level(
      Interval level,
      TreeMap<Long, Fold> children,
      Series series,
      Map<Tables.RowKey, List<Object>> rows) {
    TreeMap<Long, Fold> windows = new TreeMap<>();
    children.forEach(
        (start, child) -> windows.merge(WindowCalendar.UTC.start(level, start), child, Fold::then));
    windows.forEach(
        (start, fold) ->
            rows.put(
                new Tables.RowKey(series.id(), level, start),
                new ArrayList<>(
                    List.of(fold.count, fold.sum, fold.min, fold.max, fold.first, fold.last))));
    return windows;
  }
}
