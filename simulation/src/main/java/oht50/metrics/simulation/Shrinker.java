package oht50.metrics.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Deletes steps of a scenario for as long as it still fails: halves first, then quarters, down to
 * single ones (Zeller and Hildebrandt, "Simplifying and isolating failure-inducing input", 2002).
 * What is left fails, and deleting any one step of it would not.
 */
final class Shrinker {
  private Shrinker() {}

  /**
   * @param fails whether a scenario fails; not asked about histories that are undecided
   */
  static Scenario shrink(Scenario scenario, Predicate<Scenario> fails) {
    Scenario smallest = scenario;
    boolean progress = true;
    while (progress) {
      progress = false;
      for (int length = Math.max(1, smallest.steps().size() / 2); length >= 1; length /= 2) {
        for (int from = 0; from + length <= smallest.steps().size(); ) {
          Scenario candidate = without(smallest, from, length);
          if (isDecided(candidate) && fails.test(candidate)) {
            smallest = candidate;
            progress = true;
          } else {
            from += length;
          }
        }
      }
    }
    return smallest;
  }

  private static Scenario without(Scenario scenario, int from, int length) {
    List<Step> steps = new ArrayList<>(scenario.steps());
    steps.subList(from, from + length).clear();
    return scenario.with(steps);
  }

  private static boolean isDecided(Scenario scenario) {
    return Admissions.of(scenario.setup(), History.of(scenario)).undecided.isEmpty();
  }
}
