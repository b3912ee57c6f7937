package oht50.metrics.simulation;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import oht50.metrics.simulation.life.Ledger;
import oht50.metrics.simulation.life.Lives;
import oht50.metrics.simulation.life.SeedRange;
import oht50.metrics.simulation.rule.RuleLives;

/**
 * Runs a range of seeds, prints what failed and what was exercised, and notes it in the ledger.
 *
 * <p>Arguments: {@code core|harness|rules|rules-harness FIRST COUNT [LEDGER COMMIT]}. Exit code 1
 * if a seed failed.
 */
public final class SimulationMain {
  private static final List<Lives> ALL =
      Stream.<Lives[]>of(Simulation.Kind.values(), RuleLives.values()).flatMap(Stream::of).toList();

  private SimulationMain() {}

  public static void main(String[] arguments) throws Exception {
    Lives lives =
        ALL.stream()
            .filter(each -> arguments.length > 0 && each.word().equals(arguments[0]))
            .findFirst()
            .orElse(null);
    if (lives == null || (arguments.length != 3 && arguments.length != 5)) {
      System.err.println("core|harness|rules|rules-harness FIRST COUNT [LEDGER COMMIT]");
      System.exit(64);
      return;
    }
    SeedRange range =
        SeedRange.run(lives, Long.parseLong(arguments[1]), Long.parseLong(arguments[2]));
    System.out.println(range);
    if (arguments.length == 5) {
      new Ledger(Path.of(arguments[3])).add(range, arguments[4], Instant.now());
    }
    System.exit(range.failures().isEmpty() ? 0 : 1);
  }
}
