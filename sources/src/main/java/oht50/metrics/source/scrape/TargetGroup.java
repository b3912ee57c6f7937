package oht50.metrics.source.scrape;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.source.relabel.Relabeling;

/**
 * Targets with the labels they share, as lists of targets write them.
 *
 * @param targets {@code host:port} each
 */
public record TargetGroup(List<String> targets, Map<String, String> labels)
    implements Serializable {
  public TargetGroup {
    targets = targets == null ? List.of() : List.copyOf(targets);
    labels = labels == null ? Map.of() : Map.copyOf(labels);
  }

  /** As a list of targets says it: the name of the file is a label for rules. */
  TargetGroup of(Path file) {
    Map<String, String> all = new TreeMap<>(labels);
    all.put("__meta_filepath", file.toString());
    return new TargetGroup(targets, all);
  }

  /** What is wrong with it, as the job would use it. */
  List<String> faults(ScrapeJob job) {
    List<String> faults = new ArrayList<>();
    labels
        .keySet()
        .forEach(
            name -> {
              if (!Relabeling.isLabelName(name)) {
                faults.add("'" + name + "' is not the name of a label");
              }
            });
    for (String target : targets) {
      try {
        Target.of(job, target, labels);
      } catch (IllegalArgumentException e) {
        faults.add(e.getMessage());
      }
    }
    return faults;
  }
}
