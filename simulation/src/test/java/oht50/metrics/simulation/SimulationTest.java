package oht50.metrics.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SimulationTest {
  @Test
  void eighteenThousandSeedsAgreeWithTheOracleOnTheCores() {
    check(SeedRange.run(Simulation.Kind.CORE, 1, 18_000));
  }

  @Test
  void twoThousandSeedsAgreeWithTheOracleOnFlinksHarness() {
    check(SeedRange.run(Simulation.Kind.HARNESS, 18_001, 2_000));
  }

  private static void check(SeedRange range) {
    System.out.println(range);
    assertThat(range.failures()).isEmpty();
    for (Coverage.What what : Coverage.What.values()) {
      assertThat(range.coverage().of(what)).as(what.name()).isGreaterThan(range.count() / 10);
    }
  }
}
