package oht50.metrics.promql.conformance;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.eval.MetricLabels;
import oht50.metrics.promql.eval.NativeHistogram;
import oht50.metrics.promql.eval.Storage;
import oht50.metrics.promql.eval.StoredSeries;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.promql.syntax.Numbers;

/** The points that a test has loaded; series in the order of their labels. */
final class LoadedPoints implements Storage {
  private static final String BOUND = "le";
  private static final List<String> PARTS_OF_HISTOGRAMS = List.of("_bucket", "_count", "_sum");

  private final Map<Labels, TreeMap<Long, Double>> points = new TreeMap<>(MetricLabels.ORDER);
  private final Map<Labels, StoredSeries> arrays = new TreeMap<>(MetricLabels.ORDER);
  private final Set<Labels> withStartTimes = new HashSet<>();
  private boolean hasReadStartTimes;

  void clear() {
    points.clear();
    arrays.clear();
    withStartTimes.clear();
  }

  void load(Command.Load load) {
    arrays.clear();
    withStartTimes.addAll(load.withStartTimes());
    for (SeriesLine series : load.series()) {
      TreeMap<Long, Double> ofSeries = pointsOf(series.labels());
      Labels histogram = load.isWithHistograms() ? histogramOf(series.labels()) : null;
      for (int i = 0; i < series.values().length; i++) {
        if (!series.omitted()[i]) {
          long time = i * load.stepMillis();
          ofSeries.put(time, series.values()[i]);
          if (histogram != null && !NativeHistogram.is(series.values()[i])) {
            pointsOf(histogram).put(time, NativeHistogram.VALUE);
          }
        }
      }
    }
  }

  private TreeMap<Long, Double> pointsOf(Labels labels) {
    return points.computeIfAbsent(labels, series -> new TreeMap<>());
  }

  /** The native histogram that a series becomes a part of, or null. */
  private static Labels histogramOf(Labels labels) {
    String name = labels.get(LabelMatcher.METRIC_NAME);
    String bound = labels.get(BOUND);
    for (String part : PARTS_OF_HISTOGRAMS) {
      if (name != null && name.endsWith(part)) {
        boolean isBucket = part.equals(PARTS_OF_HISTOGRAMS.get(0));
        boolean isBounded =
            bound != null && Numbers.isDecimal(bound) && !Double.isNaN(Numbers.decimal(bound));
        String base = name.substring(0, name.length() - part.length());
        return isBucket && !isBounded
            ? null
            : labels.without(List.of(BOUND)).with(LabelMatcher.METRIC_NAME, base);
      }
    }
    return null;
  }

  @Override
  public List<StoredSeries> select(
      List<LabelMatcher> matchers, long afterMillis, long untilMillis) {
    List<StoredSeries> selected = new ArrayList<>();
    points.forEach(
        (labels, ofSeries) -> {
          if (matchers.stream().allMatch(m -> m.matches(labels.get(m.name())))) {
            hasReadStartTimes |= withStartTimes.contains(labels);
            selected.add(arrays.computeIfAbsent(labels, series -> arrays(series, ofSeries)));
          }
        });
    return selected;
  }

  private static StoredSeries arrays(Labels labels, TreeMap<Long, Double> points) {
    long[] timestamps = points.keySet().stream().mapToLong(time -> time).toArray();
    double[] values = points.values().stream().mapToDouble(value -> value).toArray();
    return StoredSeries.of(labels, timestamps, values);
  }

  /** Whether a series that says when its counter began was selected since this was last asked. */
  boolean tookStartTimes() {
    boolean took = hasReadStartTimes;
    hasReadStartTimes = false;
    return took;
  }
}
