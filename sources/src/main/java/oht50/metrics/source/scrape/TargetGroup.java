package oht50.metrics.source.scrape;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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

  /** What is wrong with it, as the job would use it. */
  List<String> faults(ScrapeJob job) {
    List<String> faults = new ArrayList<>();
    labels
        .keySet()
        .forEach(
            name -> {
              if (!isLabelName(name)) {
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

  private static boolean isLabelName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      if (!letter && (i == 0 || c < '0' || c > '9')) {
        return false;
      }
    }
    return !name.isEmpty();
  }
}
