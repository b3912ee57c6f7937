package oht50.metrics.reporter;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * A row of a page, form 1: name, type, unit, help, label names and values in turn, values, bounds.
 *
 * @param values the value; of a histogram the sum, then the count of each bucket, not cumulative
 * @param bounds upper bounds of the buckets without +Inf
 */
record PageRow(
    String name,
    String type,
    String unit,
    String help,
    List<String> labels,
    double[] values,
    double[] bounds) {

  private static final String TOTAL = "_total";

  /** The rows of a page; none while its job is ending. */
  static List<PageRow> allOf(Object page) {
    List<PageRow> rows = new ArrayList<>();
    if (page instanceof Object[] all) {
      for (Object row : all) {
        rows.add(of((Object[]) row));
      }
    }
    return rows;
  }

  private static PageRow of(Object[] row) {
    return new PageRow(
        (String) row[0],
        (String) row[1],
        (String) row[2],
        (String) row[3],
        List.of((String[]) row[4]),
        (double[]) row[5],
        (double[]) row[6]);
  }

  /** The rows of one metric, at least one, as the client's writers take it. */
  static MetricSnapshot snapshot(Collection<PageRow> rows) {
    PageRow first = rows.iterator().next();
    MetricMetadata metadata = first.metadata();
    return switch (first.type) {
      case "counter" -> new CounterSnapshot(metadata, rows.stream().map(PageRow::counter).toList());
      case "gauge" -> new GaugeSnapshot(metadata, rows.stream().map(PageRow::gauge).toList());
      case "histogram" ->
          new HistogramSnapshot(metadata, rows.stream().map(PageRow::histogram).toList());
      default -> throw new IllegalStateException(first.name + " is of type " + first.type);
    };
  }

  private MetricMetadata metadata() {
    // The writers put the suffix back.
    String base = name.endsWith(TOTAL) ? name.substring(0, name.length() - TOTAL.length()) : name;
    return new MetricMetadata(base, help, unit.isEmpty() ? null : new Unit(unit));
  }

  private CounterDataPointSnapshot counter() {
    return new CounterDataPointSnapshot(values[0], clientLabels(), null, 0);
  }

  private GaugeDataPointSnapshot gauge() {
    return new GaugeDataPointSnapshot(values[0], clientLabels(), null);
  }

  private HistogramDataPointSnapshot histogram() {
    double[] upper = Arrays.copyOf(bounds, bounds.length + 1);
    upper[bounds.length] = Double.POSITIVE_INFINITY;
    long[] counts = new long[upper.length];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (long) values[i + 1];
    }
    return HistogramDataPointSnapshot.builder()
        .classicHistogramBuckets(ClassicHistogramBuckets.of(upper, counts))
        .sum(values[0])
        .labels(clientLabels())
        .build();
  }

  private Labels clientLabels() {
    return Labels.of(labels.toArray(new String[0]));
  }
}
