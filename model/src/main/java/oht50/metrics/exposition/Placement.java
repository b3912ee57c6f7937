package oht50.metrics.exposition;

import java.util.TreeMap;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Series;

/**
 * Where the samples of a series go on the page: which of its series, and how they come together.
 *
 * <ul>
 *   <li>what is counted or observed is summed over all labels that the metric does not list
 *   <li>a measured value or a running total is shown as it is, so a series with other labels than
 *       the metric's and {@code instance} is not on the page: values of many robots have no sum
 * </ul>
 *
 * @param labels of the series on the page
 */
record Placement(ExposedMetric metric, Labels labels, Tally.Form form) {
  private static final String INSTANCE = "instance";

  /** Null if the series is not on the page. */
  static Placement of(Series series) {
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
      case GAUGE, STATE, FACT ->
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
        .allMatch(name -> name.equals(INSTANCE) || metric.labels().contains(name));
  }

  private static Labels labels(Labels all, ExposedMetric metric, Tally.Form form) {
    TreeMap<String, String> kept = new TreeMap<>(all.toMap());
    kept.keySet()
        .removeIf(
            name ->
                !metric.labels().contains(name)
                    && !(form == Tally.Form.LEVEL && name.equals(INSTANCE)));
    return Labels.of(kept);
  }
}
