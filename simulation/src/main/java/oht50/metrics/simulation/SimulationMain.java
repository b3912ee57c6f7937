package oht50.metrics.simulation;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;

/**
 * Runs a range of seeds, prints what failed and what was exercised, and notes it in the ledger.
 *
 * <p>Arguments: {@code core|harness FIRST COUNT [LEDGER COMMIT]}. Exit code 1 if a seed failed.
 */
public final class SimulationMain {
  private SimulationMain() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 3 && arguments.length != 5) {
      System.err.println("core|harness FIRST COUNT [LEDGER COMMIT]");
      System.exit(64);
    }
    Simulation.Kind kind = Simulation.Kind.valueOf(arguments[0].toUpperCase(Locale.ROOT));
    SeedRange range =
        SeedRange.run(kind, Long.parseLong(arguments[1]), Long.parseLong(arguments[2]));
    System.out.println(range);
    if (arguments.length == 5) {
      new Ledger(Path.of(arguments[3])).add(range, arguments[4], Instant.now());
    }
    System.exit(range.failures().isEmpty() ? 0 : 1);
  }
}
