package oht50.metrics.simulation.rule;

import static org.assertj.core.api.Assertions.assertThat;

import oht50.metrics.simulation.life.SeedRange;
import org.junit.jupiter.api.Test;

class RuleSimulationTest {
  private static final int ON_THE_CORE = 200;
  private static final int ON_THE_HARNESS = 20;

  @Test
  void whatTheCoreSaysIsWhatTheOraclesSay() {
    SeedRange range = check(SeedRange.run(RuleLives.CORE, 1, ON_THE_CORE));

    for (RuleWhat what : RuleWhat.values()) {
      assertThat(range.coverage().of(what)).as(what.name()).isGreaterThan(ON_THE_CORE / 20);
    }
  }

  @Test
  void whatTheOperatorsSayIsWhatTheOraclesSay() {
    SeedRange range = check(SeedRange.run(RuleLives.HARNESS, 20_001, ON_THE_HARNESS));

    assertThat(range.coverage().of(RuleWhat.RESCALES)).isGreaterThan(ON_THE_HARNESS);
    assertThat(range.coverage().of(RuleWhat.SET_CHANGES)).isPositive();
  }

  private static SeedRange check(SeedRange range) {
    System.out.println(range);
    assertThat(range.failures()).isEmpty();
    return range;
  }

  @Test
  void aSeedAlwaysMakesTheSameScenario() {
    assertThat(RuleScenarios.of(7).toString()).isEqualTo(RuleScenarios.of(7).toString());
    assertThat(RuleScenarios.of(7).steps()).isNotEqualTo(RuleScenarios.of(8).steps());
  }
}
