package oht50.metrics.source.scrape;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Series;
import oht50.metrics.source.exposition.ExposedSample;
import oht50.metrics.source.kafka.Text;
import oht50.metrics.source.relabel.InvalidSeries;
import oht50.metrics.source.relabel.Relabeling;

/**
 * Which series a target's samples are of: its own labels beside those it exposes. Where both have a
 * label, the exposed one wins with {@code honor_labels}, else it becomes {@code exported_<name>},
 * as in Prometheus. Then the job's rules relabel them.
 */
final class SeriesNaming {
  private static final String EXPORTED = "exported_";

  private final Target target;
  private final Relabeling relabeling;
  private final Map<String, String> ofTarget;

  SeriesNaming(Target target, Relabeling relabeling) {
    this.target = target;
    this.relabeling = relabeling;
    this.ofTarget = target.labels().toMap();
  }

  /**
   * Null when a rule drops it.
   *
   * @throws InvalidSeries when rules leave no series
   */
  Series of(ExposedSample sample) {
    Map<String, String> labels = new TreeMap<>();
    for (int i = 0; i < sample.labels(); i++) {
      labels.put(sample.labelName(i), Text.sanitise(sample.labelValue(i)));
    }
    if (target.honorLabels()) {
      ofTarget.forEach(labels::putIfAbsent); // one that is exposed as empty takes it away
    } else {
      rename(labels);
    }
    if (relabeling.isNone()) {
      return Series.of(sample.name(), Labels.of(labels), sample.kind());
    }
    labels.values().removeIf(String::isEmpty); // to a rule too, it is no label
    return relabeling.series(sample.name(), labels, sample.kind());
  }

  private void rename(Map<String, String> labels) {
    List<Map.Entry<String, String>> conflicts = new ArrayList<>();
    ofTarget.forEach(
        (name, value) -> {
          String exposed = labels.put(name, value);
          if (exposed != null && !exposed.isEmpty()) {
            conflicts.add(Map.entry(name, exposed));
          }
        });
    // Shortest first, so that a label that is called exported_... already gives way.
    conflicts.sort(Comparator.comparingInt(conflict -> conflict.getKey().length()));
    for (Map.Entry<String, String> conflict : conflicts) {
      String name = EXPORTED + conflict.getKey();
      while (!labels.getOrDefault(name, "").isEmpty()) {
        name = EXPORTED + name;
      }
      labels.put(name, conflict.getValue());
    }
  }

  /** A series that says something about the scrape itself; rules are not for it. */
  Series ofScrape(String name) {
    return Series.of(name, target.labels(), MetricKind.GAUGE);
  }
}
