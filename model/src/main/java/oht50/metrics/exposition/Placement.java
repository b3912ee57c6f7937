package oht50.metrics.exposition;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Series;

/**
 * Where the samples of a series go on the page: which of its series, and how they come together.
 *
 * <ul>
 *   <li>what is counted or observed is summed over all labels that the metric does not list
 *   <li>a measured value or a running total is shown as it is, so a series with other labels than
 *       the metric's, {@code instance} and {@code job} is not on the page: values of many robots
 *       have no sum
 *   <li>requests are evidence of {@link Throughput} as well
 * </ul>
 *
 * @param labels of the series on the page
 */
record Placement(ExposedMetric metric, Labels labels, Tally.Form form) {
  /** Labels of who says it. */
  private static final Set<String> OF_SOURCES = Set.of("instance", "job");

  /** None if nothing on the page comes of the series. */
  static List<Placement> allOf(Series series) {
    return Stream.of(of(series), Throughput.placement(series)).filter(Objects::nonNull).toList();
  }

  /** On its own metric; null if the series is not on the page. */
  private static Placement of(Series series) {
    ExposedMetric metric = SeedMetrics.named(series.name());
    if (metric == null) {
      return null;
    }
    Tally.Form form = form(metric.type(), series.kind());
    if (form == null || (form == Tally.Form.LEVEL && !isAsListed(series.labels(), metric))) {
      return null;
    }
    return new Placement(metric, labels(series.labels(), metric, form), form);
  }

  Tally tally(long timestamp, double value, long[] buckets) {
    return new Tally(form, metric.name(), labels, timestamp, value, buckets);
  }

  private static Tally.Form form(ExposedMetric.Type type, MetricKind kind) {
    return switch (kind) {
      case DELTA -> type == ExposedMetric.Type.COUNTER ? Tally.Form.INCREMENT : null;
      case COUNTER -> type == ExposedMetric.Type.COUNTER ? Tally.Form.LEVEL : null;
      case GAUGE, STATE, TRACKED_STATE ->
          switch (type) {
            case GAUGE -> Tally.Form.LEVEL;
            // The job's own latency is a gauge in the tables: each sample is one observation.
            case HISTOGRAM -> Tally.Form.OBSERVATIONS;
            case COUNTER -> null;
          };
      case HISTOGRAM, SUMMARY ->
          type == ExposedMetric.Type.HISTOGRAM ? Tally.Form.OBSERVATIONS : null;
    };
  }

  private static boolean isAsListed(Labels labels, ExposedMetric metric) {
    return labels.toMap().keySet().stream()
        .allMatch(name -> OF_SOURCES.contains(name) || metric.labels().contains(name));
  }

  private static Labels labels(Labels all, ExposedMetric metric, Tally.Form form) {
    TreeMap<String, String> kept = new TreeMap<>(all.toMap());
    kept.keySet()
        .removeIf(
            name ->
                !metric.labels().contains(name)
                    && !(form == Tally.Form.LEVEL && OF_SOURCES.contains(name)));
    return Labels.of(kept);
  }
}
