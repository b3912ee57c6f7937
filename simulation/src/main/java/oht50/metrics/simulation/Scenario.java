package oht50.metrics.simulation;

import java.util.List;

/** What happens, in order. The same seed makes the same scenario. */
record Scenario(long seed, Setup setup, List<Step> steps) {
  Scenario with(List<Step> other) {
    return new Scenario(seed, setup, List.copyOf(other));
  }

  int inputs() {
    return (int) steps.stream().filter(step -> step instanceof Step.Take).count();
  }

  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder("seed ").append(seed).append(", ").append(setup).append('\n');
    for (int i = 0; i < steps.size(); i++) {
      text.append("%4d  %s%n".formatted(i, steps.get(i)));
    }
    return text.toString();
  }
}
