package oht50.metrics.ruleeval;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.model.Labels;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.promql.eval.MetricLabels;

/** Points that rules have recorded. */
public final class RecordedSeries {
  // series -> time -> value
  private final Map<Labels, TreeMap<Long, Double>> series = new TreeMap<>(MetricLabels.ORDER);

  /** By the last word on each point. */
  public static RecordedSeries of(List<RecordedPoint> points) {
    RecordedSeries recorded = new RecordedSeries();
    points.forEach(recorded::note);
    return recorded;
  }

  public void note(RecordedPoint point) {
    if (point.isRetracted()) {
      remove(point.labels(), point.timestamp());
    } else {
      put(point.labels(), point.timestamp(), point.value());
    }
  }

  /** Null if there is none. */
  public Double get(Labels labels, long time) {
    return series.getOrDefault(labels, new TreeMap<>()).get(time);
  }

  public void put(Labels labels, long time, double value) {
    series.computeIfAbsent(labels, any -> new TreeMap<>()).put(time, value);
  }

  private void remove(Labels labels, long time) {
    series.getOrDefault(labels, new TreeMap<>()).remove(time);
  }

  /**
   * Each point with the bits of its value, but for markers that end nothing.
   *
   * @param lookback after which a series has ended by itself, ms
   */
  public List<String> words(long lookback) {
    List<String> words = new ArrayList<>();
    series.forEach(
        (labels, points) ->
            points.forEach(
                (time, value) -> {
                  var before = points.lowerEntry(time);
                  boolean endsSomething =
                      before != null
                          && before.getKey() > time - lookback
                          && !StaleMarker.is(before.getValue());
                  if (!StaleMarker.is(value) || endsSomething) {
                    words.add(
                        "%s at %d: %x (%s)"
                            .formatted(
                                MetricLabels.text(labels),
                                time,
                                Double.doubleToRawLongBits(value),
                                value));
                  }
                }));
    return words;
  }
}
