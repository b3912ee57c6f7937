package oht50.metrics.simulation.rule;

import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import oht50.metrics.model.RuleSet;
import oht50.metrics.model.SampleBatch;

/** What happens to the stage of rules. */
sealed interface RuleStep {
  /** Samples arrive. */
  record Take(SampleBatch batch) implements RuleStep {
    @Override
    public String toString() {
      return "take %d@%d: %s"
          .formatted(
              batch.sourceId(),
              batch.offset(),
              IntStream.range(0, batch.size())
                  .mapToObj(
                      i ->
                          "%s %s = %s"
                              .formatted(
                                  batch.layout().series(i),
                                  Instant.ofEpochMilli(batch.timestamp(i)),
                                  batch.values()[i]))
                  .collect(Collectors.joining(", ")));
    }
  }

  /** The watermark goes on. */
  record Mark(long watermark) implements RuleStep {
    @Override
    public String toString() {
      return "watermark " + Instant.ofEpochMilli(watermark);
    }
  }

  /** A rule set becomes known. */
  record Load(RuleSet set) implements RuleStep {
    @Override
    public String toString() {
      return "rules from %s on:%n%s"
          .formatted(
              Instant.ofEpochMilli(set.effectiveFrom()), String.join("", set.files().values()));
    }
  }

  /** A checkpoint completes. */
  record Checkpoint() implements RuleStep {}

  /** A stop with a savepoint, and a start from it. */
  record Restart(int parallelism) implements RuleStep {}

  /** A failure: back to the newest snapshot, after which all comes again. */
  record Crash(int parallelism) implements RuleStep {}

  /** The machine's clock goes on, and the watermark does not. */
  record Standstill() implements RuleStep {}
}
