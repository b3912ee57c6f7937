package oht50.metrics.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What holds between the levels of a series, whatever its windows are: 5m = merge of 1m, 15m of 5m,
 * 1h of 15m, 1d of 15m; everything below is in one window above, and no two days overlap.
 */
final class Laws {
  private final Map<String, TreeMap<Long, Answer.Row>> levels = new HashMap<>(); // of one series
  private final List<String> broken = new ArrayList<>();

  private Laws() {}

  /**
   * @param excused series of which only the last has to hold
   */
  static List<String> broken(Collection<Answer> answers, Set<Long> excused) {
    Map<Long, Laws> ofSeries = new HashMap<>();
    for (Answer answer : answers) {
      if (answer instanceof Answer.Row row && row.count() > 0) {
        ofSeries
            .computeIfAbsent(row.series(), any -> new Laws())
            .level(row.interval())
            .put(row.start(), row);
      }
    }
    List<String> broken = new ArrayList<>();
    ofSeries.forEach((series, laws) -> broken.addAll(laws.check(excused.contains(series))));
    return broken;
  }

  private TreeMap<Long, Answer.Row> level(String interval) {
    return levels.computeIfAbsent(interval, any -> new TreeMap<>());
  }

  private List<String> check(boolean areDaysExcused) {
    merge("1m", "5m");
    merge("5m", "15m");
    merge("15m", "1h");
    if (!areDaysExcused) {
      merge("15m", "1d");
    }
    Answer.Row before = null;
    for (Answer.Row day : level("1d").values()) {
      if (before != null && before.end() > day.start()) {
        broken.add("days overlap: " + before + " and " + day);
      }
      before = day;
    }
    return broken;
  }

  private void merge(String below, String above) {
    int children = 0;
    for (Answer.Row row : level(above).values()) {
      Oracle.Fold fold = Oracle.Fold.NOTHING;
      for (Answer.Row child : level(below).subMap(row.start(), row.end()).values()) {
        fold = fold.and(fold(child));
        children++;
      }
      if (!says(row, fold)) {
        broken.add(below + " add up to " + fold + ", and not to " + row);
      }
    }
    if (children != level(below).size()) {
      broken.add(
          "of %d windows of %s %d are in windows of %s: %s"
              .formatted(level(below).size(), below, children, above, level(below)));
    }
  }

  private static Oracle.Fold fold(Answer.Row row) {
    return new Oracle.Fold(
        row.count(),
        Double.longBitsToDouble(row.sum()),
        Double.longBitsToDouble(row.min()),
        Double.longBitsToDouble(row.max()),
        Double.longBitsToDouble(row.first()),
        Double.longBitsToDouble(row.last()));
  }

  private static boolean says(Answer.Row row, Oracle.Fold fold) {
    return row.count() == fold.count()
        && row.sum() == Double.doubleToLongBits(fold.sum())
        && row.min() == Double.doubleToLongBits(fold.min())
        && row.max() == Double.doubleToLongBits(fold.max())
        && row.first() == Double.doubleToLongBits(fold.first())
        && row.last() == Double.doubleToLongBits(fold.last());
  }
}
