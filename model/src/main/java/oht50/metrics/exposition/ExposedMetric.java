package oht50.metrics.exposition;

import java.util.List;

/**
 * A metric of the page.
 *
 * @param name as scraped, of a counter with {@code _total}
 * @param unit base unit, empty if it has none
 * @param labels that it may carry
 * @param bounds of a histogram: upper bounds of its buckets, inclusive, ascending, without +Inf
 */
public record ExposedMetric(
    String name, Type type, String unit, String help, List<String> labels, List<Double> bounds) {
  /** How Prometheus reads the values. */
  public enum Type {
    COUNTER("counter"),
    GAUGE("gauge"),
    HISTOGRAM("histogram");

    private final String word;

    Type(String word) {
      this.word = word;
    }

    /** The word of the {@code # TYPE} line. */
    public String word() {
      return word;
    }
  }

  static ExposedMetric counter(String name, String unit, String help, String... labels) {
    return new ExposedMetric(name, Type.COUNTER, unit, help, List.of(labels), List.of());
  }

  static ExposedMetric gauge(String name, String unit, String help, String... labels) {
    return new ExposedMetric(name, Type.GAUGE, unit, help, List.of(labels), List.of());
  }

  /** A histogram of seconds. */
  static ExposedMetric histogram(String name, List<Double> bounds, String help, String... labels) {
    return new ExposedMetric(name, Type.HISTOGRAM, "seconds", help, List.of(labels), bounds);
  }

  /** The bucket of an observation; the one after the last bound is that of +Inf. */
  int bucketOf(double value) {
    int bucket = 0;
    while (bucket < bounds.size() && !(value <= bounds.get(bucket))) {
      bucket++;
    }
    return bucket;
  }
}
