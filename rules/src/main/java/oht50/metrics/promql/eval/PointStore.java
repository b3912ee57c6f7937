package oht50.metrics.promql.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.promql.syntax.MatchOperator;

/**
 * Points in memory, to which more can be added; series in the order of their labels. What {@link
 * #select} answers is good until the next change.
 */
public final class PointStore implements Storage {
  private final Map<Labels, Points> known = new HashMap<>();
  private final Map<Labels, Points> all = new TreeMap<>(MetricLabels.ORDER); // the same, in order
  private final Map<String, Map<Labels, Points>> byName = new HashMap<>(); // of metrics

  /** Points of a series, ascending by time, in arrays with room for more. */
  private static final class Points {
    final Labels labels;
    long[] timestamps = new long[16];
    double[] values = new double[16];
    int count;

    Points(Labels labels) {
      this.labels = labels;
    }

    void put(long time, double value) {
      int at = count;
      if (count > 0 && timestamps[count - 1] >= time) {
        at = Arrays.binarySearch(timestamps, 0, count, time);
        if (at >= 0) {
          values[at] = value;
          return;
        }
        at = -at - 1;
      }
      if (count == timestamps.length) {
        timestamps = Arrays.copyOf(timestamps, 2 * count);
        values = Arrays.copyOf(values, 2 * count);
      }
      System.arraycopy(timestamps, at, timestamps, at + 1, count - at);
      System.arraycopy(values, at, values, at + 1, count - at);
      timestamps[at] = time;
      values[at] = value;
      count++;
    }

    StoredSeries stored() {
      return new StoredSeries(labels, timestamps, values, 0, count);
    }
  }

  public void clear() {
    known.clear();
    all.clear();
    byName.clear();
  }

  /** Adds a point; one of the same time is replaced. */
  public void put(Labels labels, long timeMillis, double value) {
    points(labels).put(timeMillis, value);
  }

  private Points points(Labels labels) {
    Points points = known.get(labels);
    if (points == null) {
      points = new Points(labels);
      known.put(labels, points);
      all.put(labels, points);
      byName
          .computeIfAbsent(metric(labels), name -> new TreeMap<>(MetricLabels.ORDER))
          .put(labels, points);
    }
    return points;
  }

  private static String metric(Labels labels) {
    String name = labels.get(LabelMatcher.METRIC_NAME);
    return name == null ? "" : name;
  }

  /** The newest point of a series at which it can only grow, or null if it has none. */
  public Newest newest(Labels labels) {
    Points points = known.get(labels);
    return points == null
        ? null
        : new Newest(points.timestamps[points.count - 1], points.values[points.count - 1]);
  }

  /** The newest point of a series. */
  public record Newest(long timeMillis, double value) {}

  @Override
  public List<StoredSeries> select(
      List<LabelMatcher> matchers, long afterMillis, long untilMillis) {
    List<StoredSeries> selected = new ArrayList<>();
    for (Points points : candidates(matchers)) {
      if (LabelMatcher.matchAll(matchers, points.labels)) {
        selected.add(points.stored());
      }
    }
    return selected;
  }

  private Collection<Points> candidates(List<LabelMatcher> matchers) {
    for (LabelMatcher matcher : matchers) {
      if (matcher.name().equals(LabelMatcher.METRIC_NAME)
          && matcher.operator() == MatchOperator.EQUAL) {
        return byName.getOrDefault(matcher.value(), Map.of()).values();
      }
    }
    return all.values();
  }
}
