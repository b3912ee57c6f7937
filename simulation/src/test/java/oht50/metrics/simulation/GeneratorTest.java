package oht50.metrics.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import oht50.metrics.simulation.life.Coverage;
import org.junit.jupiter.api.Test;

class GeneratorTest {
  private static final int SEEDS = 200;

  @Test
  void aSeedAlwaysMakesTheSameScenario() {
    assertThat(Generator.scenario(7).toString()).isEqualTo(Generator.scenario(7).toString());
    assertThat(Generator.scenario(7).steps()).isNotEqualTo(Generator.scenario(8).steps());
  }

  @Test
  void everyScenarioHasItsShareOfEverythingThatMayGoWrong() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Scenario scenario = Generator.scenario(seed);
      Coverage coverage = Simulation.run(scenario, Simulation.Kind.CORE).coverage();

      assertThat(scenario.inputs()).as("seed " + seed).isGreaterThanOrEqualTo(200);
      assertAtLeast(5, What.LATE_SAMPLES, coverage, seed);
      assertAtLeast(1, What.REPEATS, coverage, seed);
      assertAtLeast(1, What.CONFLICTS, coverage, seed);
      assertAtLeast(1, What.SILENCES, coverage, seed);
      assertAtLeast(1, What.CRASHES, coverage, seed);
      assertAtLeast(1, What.RESCALES, coverage, seed);
      assertAtLeast(3, What.RESTORES, coverage, seed);
    }
  }

  private static void assertAtLeast(int least, What what, Coverage coverage, long seed) {
    assertThat(coverage.of(what)).as(what + " of seed " + seed).isGreaterThanOrEqualTo(least);
  }
}
