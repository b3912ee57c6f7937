package oht50.metrics.bench.rules;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What came of the rules.
 *
 * @param ever alerts that fired at any time, by their labels as text
 * @param now those that fire at the end
 */
record FiredAlerts(Set<String> ever, Set<String> now) {
  /**
   * @throws IllegalStateException if others have fired, or fire, on the other side
   */
  void checkEqual(FiredAlerts other) {
    checkEqual("fired", ever, other.ever);
    checkEqual("firing at the end", now, other.now);
  }

  private static void checkEqual(String what, Set<String> here, Set<String> there) {
    List<String> different =
        Stream.concat(
                minus(here, there).stream().map(alert -> "only here: " + alert),
                minus(there, here).stream().map(alert -> "only there: " + alert))
            .toList();
    if (!different.isEmpty()) {
      throw new IllegalStateException(
          "%d alerts are %s on one side only, of %d here and %d there; such as %s"
              .formatted(
                  different.size(),
                  what,
                  here.size(),
                  there.size(),
                  different.subList(0, Math.min(6, different.size()))));
    }
  }

  private static Set<String> minus(Set<String> all, Set<String> others) {
    Set<String> rest = new TreeSet<>(all);
    rest.removeAll(others);
    return rest;
  }

  /** How many alerts have fired, and how many fire at the end. */
  String summary() {
    return "%d alerts fired, %d of them firing at the end".formatted(ever.size(), now.size());
  }
}
