package oht50.metrics.source.scrape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import oht50.metrics.model.Position;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;

/**
 * Which samples of a scrape go into which batch, one batch per key. Kept for as long as a target
 * says the same series in the same order, so that its layouts are built once.
 */
final class BatchPlan {
  static final BatchPlan EMPTY = of(List.of());

  private final Series[] series;
  private final SeriesLayout[] layouts;
  // batch -> places of its samples in the scrape
  private final int[][] places;

  private BatchPlan(Series[] series, SeriesLayout[] layouts, int[][] places) {
    this.series = series;
    this.layouts = layouts;
    this.places = places;
  }

  static BatchPlan of(List<Series> series) {
    // key of the series -> their places
    Map<Long, List<Integer>> byKey = new LinkedHashMap<>();
    for (int i = 0; i < series.size(); i++) {
      byKey.computeIfAbsent(series.get(i).key(), key -> new ArrayList<>()).add(i);
    }
    return new BatchPlan(
        series.toArray(new Series[0]),
        byKey.values().stream()
            .map(members -> SeriesLayout.of(members.stream().map(series::get).toList()))
            .toArray(SeriesLayout[]::new),
        byKey.values().stream()
            .map(members -> members.stream().mapToInt(i -> i).toArray())
            .toArray(int[][]::new));
  }

  /** Whether it is that of these series: the very same objects. */
  @SuppressWarnings("ReferenceEquality")
  boolean isOf(List<Series> others) {
    if (others.size() != series.length) {
      return false;
    }
    for (int i = 0; i < series.length; i++) {
      if (series[i] != others.get(i)) {
        return false;
      }
    }
    return true;
  }

  /** Samples of one time. */
  void addTo(List<SampleBatch> batches, long timestamp, double[] values, Position position) {
    for (int i = 0; i < layouts.length; i++) {
      batches.add(SampleBatch.at(timestamp, layouts[i], picked(values, places[i]), position));
    }
  }

  /**
   * Samples of several times.
   *
   * @param timestamps one per value
   */
  void addTo(List<SampleBatch> batches, long[] timestamps, double[] values, Position position) {
    for (int i = 0; i < layouts.length; i++) {
      batches.add(
          new SampleBatch(
              layouts[i],
              Arrays.stream(places[i]).mapToLong(place -> timestamps[place]).toArray(),
              picked(values, places[i]),
              position.sourceId(),
              position.offset()));
    }
  }

  private static double[] picked(double[] values, int[] places) {
    double[] picked = new double[places.length];
    for (int i = 0; i < places.length; i++) {
      picked[i] = values[places[i]];
    }
    return picked;
  }
}
