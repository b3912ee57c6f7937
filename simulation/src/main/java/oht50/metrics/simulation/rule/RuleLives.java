package oht50.metrics.simulation.rule;

import java.util.List;
import java.util.function.Predicate;
import oht50.metrics.job.scenario.Way;
import oht50.metrics.simulation.life.Coverage;
import oht50.metrics.simulation.life.Lives;
import oht50.metrics.simulation.life.Result;
import oht50.metrics.simulation.life.Shrinker;

/** In which surroundings the stage of rules is lived through. */
public enum RuleLives implements Lives {
  /** The pure core, its state through bytes at each snapshot. */
  CORE("rules") {
    @Override
    RuleTarget open(RuleScenario scenario, RuleTarget.Output out) {
      return new CoreRules(scenario.configured(), out);
    }
  },

  /** Flink's operator harness. */
  HARNESS("rules-harness") {
    @Override
    RuleTarget open(RuleScenario scenario, RuleTarget.Output out) throws Exception {
      boolean isInRocksDb = Math.floorMod(scenario.seed(), ROCKSDB_EVERY) == 0;
      return new HarnessRules(
          scenario.configured(), isInRocksDb ? Way.Backend.ROCKSDB : Way.Backend.HEAP, out);
    }
  };

  private static final int ROCKSDB_EVERY = 50;

  private final String word;

  RuleLives(String word) {
    this.word = word;
  }

  abstract RuleTarget open(RuleScenario scenario, RuleTarget.Output out) throws Exception;

  @Override
  public String word() {
    return word;
  }

  @Override
  public Result run(long seed) {
    return RuleLife.run(RuleScenarios.of(seed), this);
  }

  @Override
  public Coverage nothing() {
    return new Coverage(RuleWhat.values());
  }

  @Override
  public String failure(long seed, boolean isShrunk) {
    RuleScenario scenario = RuleScenarios.of(seed);
    if (isShrunk) {
      scenario = scenario.with(Shrinker.shrink(scenario.steps(), failing(scenario)));
    }
    StringBuilder text = new StringBuilder("seed ").append(seed).append(" fails on ");
    text.append(word).append(":\n");
    RuleLife.run(scenario, this)
        .faults()
        .forEach(fault -> text.append("  ").append(fault).append('\n'));
    return isShrunk ? text + "shrunk to:\n" + scenario : text.toString();
  }

  /** Of rule sets only the last may be left out: the next one would be known too late. */
  private Predicate<List<RuleStep>> failing(RuleScenario scenario) {
    return steps -> {
      RuleScenario some = scenario.with(steps);
      return scenario.sets().subList(0, some.sets().size()).equals(some.sets())
          && !Admitted.of(steps).isUndecided()
          && !RuleLife.run(some, this).isWell();
    };
  }
}
