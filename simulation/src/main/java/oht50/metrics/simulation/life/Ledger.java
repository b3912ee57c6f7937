package oht50.metrics.simulation.life;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The file of seeds that have been run: one line per range, appended only. */
public final class Ledger {
  private static final String HEADER =
      "date,commit,target,first_seed,count,verdict,digest,seconds\n";

  private final Path file;

  public Ledger(Path file) {
    this.file = file;
  }

  /**
   * @param commit what was run; with a plus sign if the work tree held more
   */
  public void add(SeedRange range, String commit, Instant at) throws IOException {
    if (Files.notExists(file)) {
      Files.writeString(file, HEADER);
    }
    String line =
        "%s,%s,%s,%d,%d,%s,%016x,%.1f%n"
            .formatted(
                at.truncatedTo(ChronoUnit.SECONDS),
                commit,
                range.lives().word(),
                range.first(),
                range.count(),
                range.failures().isEmpty() ? "ok" : range.failures().size() + " failed",
                range.digest(),
                range.millis() / 1e3);
    Files.writeString(file, line, StandardOpenOption.APPEND);
  }
}
