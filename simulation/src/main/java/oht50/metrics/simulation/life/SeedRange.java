package oht50.metrics.simulation.life;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/**
 * A range of seeds that has been run, on all cores.
 *
 * @param failures one text per failed seed, the first with its life shrunk
 * @param digest of the final answers of all seeds
 */
public record SeedRange(
    Lives lives,
    long first,
    long count,
    List<String> failures,
    Coverage coverage,
    long digest,
    long millis) {
  private static final int SHRUNK = 1;
  private static final int ENOUGH = 20;

  public static SeedRange run(Lives lives, long first, long count) {
    long begin = System.nanoTime();
    Coverage coverage = lives.nothing();
    AtomicLong digest = new AtomicLong();
    List<Long> failed = Collections.synchronizedList(new ArrayList<>());
    LongStream.range(first, first + count)
        .parallel()
        .forEach(
            seed -> {
              if (failed.size() >= ENOUGH) {
                return;
              }
              Result result = lives.run(seed);
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
      failures.add(lives.failure(seed, failures.size() < SHRUNK));
    }
    return new SeedRange(lives, first, count, failures, coverage, digest.get(), millis);
  }

  @Override
  public String toString() {
    return "%s%s, seeds %d to %d: %d failed, digest %016x, %.1f s%n%s"
        .formatted(
            String.join("\n", failures),
            lives.word(),
            first,
            first + count - 1,
            failures.size(),
            digest,
            millis / 1e3,
            coverage);
  }
}
