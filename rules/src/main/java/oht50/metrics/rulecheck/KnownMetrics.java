package oht50.metrics.rulecheck;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oht50.metrics.exposition.ExposedMetric;
import oht50.metrics.exposition.SeedMetrics;

/**
 * What is known of metrics: the table of the specification with kinds and labels, whole families of
 * names whose labels are not said, and what is named besides. Of names outside the project's own
 * {@code oht50_} nothing is known.
 */
public final class KnownMetrics {
  private static final String OWN = "oht50_";
  private static final String BOUND = "le";

  /** Telemetry has a series for each field of a message. */
  private static final List<String> FAMILIES =
      List.of("oht50_robot_", "oht50_navigation_", "oht50_dock_", "oht50_module_", "oht50_rs485_");

  private final Map<String, Known> table = new HashMap<>(); // by name of series
  private final Set<String> vocabulary = new HashSet<>(Set.of(BOUND)); // all labels of the table
  private final Set<String> names = new HashSet<>();
  private final List<String> prefixes = new ArrayList<>(FAMILIES);

  /** A series of the table. */
  private record Known(ExposedMetric.Type type, Set<String> labels) {}

  /**
   * @param more names of metrics, or beginnings of names with a {@code *} behind them
   */
  public KnownMetrics(Collection<String> more) {
    for (ExposedMetric metric : SeedMetrics.ALL) {
      vocabulary.addAll(metric.labels());
      if (metric.type() == ExposedMetric.Type.HISTOGRAM) {
        put(metric.name() + "_sum", ExposedMetric.Type.COUNTER, metric.labels(), false);
        put(metric.name() + "_count", ExposedMetric.Type.COUNTER, metric.labels(), false);
        put(metric.name() + "_bucket", ExposedMetric.Type.COUNTER, metric.labels(), true);
      } else {
        put(metric.name(), metric.type(), metric.labels(), false);
      }
    }
    more.forEach(this::add);
  }

  private void put(String name, ExposedMetric.Type type, List<String> labels, boolean isBounded) {
    Set<String> all = new HashSet<>(labels);
    if (isBounded) {
      all.add(BOUND);
    }
    table.put(name, new Known(type, all));
  }

  private void add(String name) {
    if (name.endsWith("*")) {
      prefixes.add(name.substring(0, name.length() - 1));
    } else {
      names.add(name);
    }
  }

  /** Whether a name is of this project, and nobody has such a metric. */
  boolean isUndefined(String name, Set<String> recorded) {
    return name.startsWith(OWN)
        && !table.containsKey(name)
        && !names.contains(name)
        && !recorded.contains(name)
        && prefixes.stream().noneMatch(name::startsWith);
  }

  /** The labels of the table, which are of a metric if the table says so and else are not. */
  Set<String> vocabulary() {
    return vocabulary;
  }

  /** The labels of a series of the table, or null if it is not in the table. */
  Set<String> labels(String name) {
    Known known = table.get(name);
    return known == null ? null : known.labels;
  }

  boolean isGauge(String name) {
    Known known = table.get(name);
    return known != null && known.type == ExposedMetric.Type.GAUGE;
  }

  /** By the table, or else by its name. */
  boolean isCounter(String name) {
    Known known = table.get(name);
    return known == null ? name.endsWith("_total") : known.type == ExposedMetric.Type.COUNTER;
  }
}
