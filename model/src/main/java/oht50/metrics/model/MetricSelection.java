package oht50.metrics.model;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which metrics are taken from what comes in. All but the parts of groups that are off; a metric of
 * no group is always taken, but a program's own one only if such are wanted.
 *
 * @param off beginnings of names
 * @param ownOnly whether names without the specification's prefix are left out
 */
public record MetricSelection(List<String> off, boolean ownOnly) implements Serializable {
  public static final MetricSelection ALL = new MetricSelection(List.of(), false);

  private static final String OWN = "oht50_";

  public MetricSelection {
    off = List.copyOf(off);
  }

  /**
   * @param wanted for each group the words of its parts that are taken; without an entry all are
   */
  public static MetricSelection of(Map<MetricGroup, Set<String>> wanted) {
    return new MetricSelection(
        wanted.entrySet().stream()
            .flatMap(
                entry ->
                    entry.getKey().words().stream()
                        .filter(word -> !entry.getValue().contains(word))
                        .flatMap(word -> entry.getKey().prefixes(word).stream()))
            .sorted()
            .toList(),
        false);
  }

  /** The same, and names of the specification only. */
  public MetricSelection ownOnlyIf(boolean wanted) {
    return new MetricSelection(off, ownOnly || wanted);
  }

  public boolean takesAll() {
    return off.isEmpty() && !ownOnly;
  }

  public boolean takes(String metric) {
    for (String prefix : off) {
      if (metric.startsWith(prefix)) {
        return false;
      }
    }
    return !ownOnly || metric.startsWith(OWN);
  }
}
