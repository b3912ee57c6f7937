package oht50.metrics.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import oht50.metrics.simulation.life.Coverage;
import oht50.metrics.simulation.life.Ledger;
import oht50.metrics.simulation.life.SeedRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  @Test
  void everyRangeAddsALine(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("ledger.csv");
    SeedRange well =
        new SeedRange(
            Simulation.Kind.CORE, 1, 100, List.of(), new Coverage(What.values()), 255, 1_500);
    SeedRange failed =
        new SeedRange(
            Simulation.Kind.HARNESS, 7, 1, List.of("seed 7"), new Coverage(What.values()), 1, 20);

    new Ledger(file).add(well, "abc", Instant.EPOCH);
    new Ledger(file).add(failed, "abc+", Instant.EPOCH);

    assertThat(Files.readAllLines(file))
        .containsExactly(
            "date,commit,target,first_seed,count,verdict,digest,seconds",
            "1970-01-01T00:00:00Z,abc,core,1,100,ok,00000000000000ff,1.5",
            "1970-01-01T00:00:00Z,abc+,harness,7,1,1 failed,0000000000000001,0.0");
  }
}
