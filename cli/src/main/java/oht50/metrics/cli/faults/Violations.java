package oht50.metrics.cli.faults;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What did not hold, by the name of the check; of each the first few cases and how many. */
final class Violations {
  private static final int KEPT = 3;

  private final Map<String, List<String>> cases = new LinkedHashMap<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>();

  synchronized void add(String check, String what) {
    counts.merge(check, 1, Integer::sum);
    List<String> kept = cases.computeIfAbsent(check, name -> new ArrayList<>());
    if (kept.size() < KEPT) {
      kept.add(what);
    }
  }

  synchronized boolean any() {
    return !counts.isEmpty();
  }

  /** A line for each check that failed. */
  synchronized Map<String, String> byCheck() {
    Map<String, String> lines = new LinkedHashMap<>();
    counts.forEach(
        (check, count) ->
            lines.put(
                check,
                String.join("; ", cases.get(check))
                    + (count > KEPT ? " (and " + (count - KEPT) + " more)" : "")));
    return lines;
  }
}
