package oht50.metrics.simulation.rule;

import java.util.ArrayList;
import java.util.List;
import oht50.metrics.model.RuleSet;

/**
 * What happens, in order; the watermark begins with the first step.
 *
 * @param configured the rules at the beginning
 * @param end the last watermark, at which answers are compared, ms
 */
record RuleScenario(long seed, RuleSet configured, List<RuleStep> steps, long end) {
  RuleScenario {
    steps = List.copyOf(steps);
  }

  RuleScenario with(List<RuleStep> others) {
    return new RuleScenario(seed, configured, others, end);
  }

  /** All rule sets in the order in which they become known, the first effective since ever. */
  List<RuleSet> sets() {
    List<RuleSet> sets = new ArrayList<>();
    sets.add(configured.effectiveFrom(RuleSet.ALWAYS));
    for (RuleStep step : steps) {
      if (step instanceof RuleStep.Load load) {
        sets.add(load.set());
      }
    }
    return sets;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("seed ").append(seed).append(", rules:\n");
    configured.files().values().forEach(text::append);
    for (int i = 0; i < steps.size(); i++) {
      text.append("%4d  %s%n".formatted(i, steps.get(i)));
    }
    return text.toString();
  }
}
