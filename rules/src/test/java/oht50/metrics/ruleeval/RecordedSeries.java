package oht50.metrics.ruleeval;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.model.Labels;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.promql.eval.MetricLabels;

/** Points that rules have recorded. */
final class RecordedSeries {
  // series -> time -> value
  private final Map<Labels, TreeMap<Long, Double>> series = new TreeMap<>(MetricLabels.ORDER);

  void put(Labels labels, long time, double value) {
    series.computeIfAbsent(labels, any -> new TreeMap<>()).put(time, value);
  }

  void remove(Labels labels, long time) {
    series.getOrDefault(labels, new TreeMap<>()).remove(time);
  }

  /**
   * Each point with the bits of its value, but for markers that end nothing.
   *
   * @param lookback after which a series has ended by itself, ms
   */
  List<String> words(long lookback) {
    List<String> words = new ArrayList<>();
    series.forEach(
        (labels, points) ->
            points.forEach(
                (time, value) -> {
                  Long before = points.lowerKey(time);
                  boolean endsSomething = before != null && before > time - lookback;
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
