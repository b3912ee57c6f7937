package oht50.metrics.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import oht50.metrics.simulation.life.SeedRange;
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
        range.lives() == Simulation.Kind.CORE ? 0 : range.count() / Simulation.ROCKSDB_EVERY;
    assertThat(range.coverage().of(What.ROCKSDB)).isEqualTo(inRocksDb);
    assertThat(range.coverage().of(What.BACKENDS_IN_TURN)).isEqualTo(inRocksDb);
    for (What what : EnumSet.range(What.INPUTS, What.REPLACED)) {
      assertThat(range.coverage().of(what)).as(what.name()).isGreaterThan(range.count() / 10);
    }
  }
}
