package oht50.metrics.source.exposition;

import java.util.List;
import oht50.metrics.model.MetricKind;

/** The type of a family of metrics, and what the names of its samples end in. */
enum FamilyType {
  COUNTER("_total", "_created"),
  GAUGE(""),
  SUMMARY("", "_count", "_sum", "_created"),
  HISTOGRAM("_count", "_sum", "_bucket", "_created"),
  GAUGEHISTOGRAM("_gcount", "_gsum", "_bucket"),
  INFO("_info"),
  STATESET(""),
  UNKNOWN("");

  private final List<String> suffixes;

  FamilyType(String... suffixes) {
    this.suffixes = List.of(suffixes);
  }

  /** In OpenMetrics. */
  List<String> suffixes() {
    return suffixes;
  }

  /** Whether one of the names of its samples is this. */
  boolean isNamed(String suffix) {
    return suffixes.contains(suffix);
  }

  /** The type of that word in OpenMetrics, or null. */
  static FamilyType ofWord(String word) {
    return switch (word) {
      case "counter" -> COUNTER;
      case "gauge" -> GAUGE;
      case "summary" -> SUMMARY;
      case "histogram" -> HISTOGRAM;
      case "gaugehistogram" -> GAUGEHISTOGRAM;
      case "info" -> INFO;
      case "stateset" -> STATESET;
      case "unknown" -> UNKNOWN;
      default -> null;
    };
  }

  /** What a sample means whose name ends so. */
  MetricKind kind(String suffix) {
    return switch (this) {
      case COUNTER -> MetricKind.COUNTER;
      case HISTOGRAM, SUMMARY ->
          suffix.equals("_bucket") || suffix.equals("_count") || suffix.equals("_sum")
              ? MetricKind.COUNTER
              : MetricKind.GAUGE;
      case GAUGE, GAUGEHISTOGRAM, INFO, STATESET, UNKNOWN -> MetricKind.GAUGE;
    };
  }

  boolean isAnyHistogram() {
    return this == HISTOGRAM || this == GAUGEHISTOGRAM;
  }
}
