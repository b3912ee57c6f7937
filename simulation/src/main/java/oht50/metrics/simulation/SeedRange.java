package oht50.metrics.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/**
 * A range of seeds that has been run, on all cores.
 *
 * @param failures one text per failed seed, the first with its scenario shrunk
 * @param digest of the final answers of all seeds
 */
record SeedRange(
    Simulation.Kind kind,
    long first,
    long count,
    List<String> failures,
    Coverage coverage,
    long digest,
    long millis) {
  private static final int SHRUNK = 1;
  private static final int ENOUGH = 20;

  static SeedRange run(Simulation.Kind kind, long first, long count) {
    long begin = System.nanoTime();
    Coverage coverage = new Coverage();
    AtomicLong digest = new AtomicLong();
    List<Long> failed = Collections.synchronizedList(new ArrayList<>());
    LongStream.range(first, first + count)
        .parallel()
        .forEach(
            seed -> {
              if (failed.size() >= ENOUGH) {
                return;
              }
              Simulation.Result result = Simulation.run(Generator.scenario(seed), kind);
              coverage.add(result.coverage());
              digest.addAndGet(result.digest() * (2 * seed + 1));
              if (!result.isWell()) {
                failed.add(seed);
              }
            });
    long millis = (System.nanoTime() - begin) / 1_000_000;
    List<String> failures = new ArrayList<>();
    Collections.sort(failed);
    for (long seed : failed) {
      failures.add(describe(seed, kind, failures.size() < SHRUNK));
    }
    return new SeedRange(kind, first, count, failures, coverage, digest.get(), millis);
  }

  private static String describe(long seed, Simulation.Kind kind, boolean shrinks) {
    Scenario scenario = Generator.scenario(seed);
    if (shrinks) {
      scenario = Shrinker.shrink(scenario, each -> !Simulation.run(each, kind).isWell());
    }
    StringBuilder text = new StringBuilder("seed ").append(seed).append(" fails on ").append(kind);
    text.append(":\n");
    Simulation.run(scenario, kind)
        .faults()
        .forEach(fault -> text.append("  ").append(fault).append('\n'));
    return shrinks ? text + "shrunk to:\n" + scenario : text.toString();
  }

  @Override
  public String toString() {
    return "%s%s, seeds %d to %d: %d failed, digest %016x, %.1f s%n%s"
        .formatted(
            String.join("\n", failures),
            kind,
            first,
            first + count - 1,
            failures.size(),
            digest,
            millis / 1e3,
            coverage);
  }
}
