package oht50.metrics.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
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
    long inRocksDb =
        range.kind() == Simulation.Kind.CORE ? 0 : range.count() / Simulation.ROCKSDB_EVERY;
    assertThat(range.coverage().of(Coverage.What.ROCKSDB)).isEqualTo(inRocksDb);
    assertThat(range.coverage().of(Coverage.What.BACKENDS_IN_TURN)).isEqualTo(inRocksDb);
    for (Coverage.What what : EnumSet.range(Coverage.What.INPUTS, Coverage.What.REPLACED)) {
      assertThat(range.coverage().of(what)).as(what.name()).isGreaterThan(range.count() / 10);
    }
  }
}
