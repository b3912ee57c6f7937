package oht50.metrics.promql.conformance;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.eval.NativeHistogram;
import oht50.metrics.promql.eval.PointStore;
import oht50.metrics.promql.eval.Storage;
import oht50.metrics.promql.eval.StoredSeries;
import oht50.metrics.promql.notation.SeriesLine;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.promql.syntax.Numbers;

/** The points that a test has loaded; series in the order of their labels. */
final class LoadedPoints implements Storage {
  private static final String BOUND = "le";
  private static final List<String> PARTS_OF_HISTOGRAMS = List.of("_bucket", "_count", "_sum");

  private final PointStore points = new PointStore();
  private final Set<Labels> withStartTimes = new HashSet<>();
  private boolean hasReadStartTimes;

  void clear() {
    points.clear();
    withStartTimes.clear();
  }

  void load(Command.Load load) {
    withStartTimes.addAll(load.withStartTimes());
    for (SeriesLine series : load.series()) {
      Labels histogram = load.isWithHistograms() ? histogramOf(series.labels()) : null;
      for (int i = 0; i < series.values().length; i++) {
        if (!series.omitted()[i]) {
          long time = i * load.stepMillis();
          points.put(series.labels(), time, series.values()[i]);
          if (histogram != null && !NativeHistogram.is(series.values()[i])) {
            points.put(histogram, time, NativeHistogram.VALUE);
          }
        }
      }
    }
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
    List<StoredSeries> selected = points.select(matchers, afterMillis, untilMillis);
    hasReadStartTimes |=
        !withStartTimes.isEmpty()
            && selected.stream().anyMatch(series -> withStartTimes.contains(series.labels()));
    return selected;
  }

  /** Whether a series that says when its counter began was selected since this was last asked. */
  boolean tookStartTimes() {
    boolean took = hasReadStartTimes;
    hasReadStartTimes = false;
    return took;
  }
}
