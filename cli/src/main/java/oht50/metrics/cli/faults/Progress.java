package oht50.metrics.cli.faults;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import oht50.metrics.cli.local.FlinkRest;
import oht50.metrics.cli.local.FlinkRest.CompletedCheckpoint;

/** Whether the job gets on: newly committed rows, and a checkpoint begun and completed since. */
final class Progress {
  private static final String WRITTEN = "SELECT count(*), sum(epoch), sum(seq) FROM rollups";

  private final CampaignStack stack;

  Progress(CampaignStack stack) {
    this.stack = stack;
  }

  /** Seconds from now until it has got on; empty if it did not in the time. */
  OptionalDouble await(Duration limit) throws InterruptedException {
    long begun = System.nanoTime();
    long sinceMillis = System.currentTimeMillis();
    Optional<List<String>> before = Optional.empty();
    boolean rows = false;
    boolean checkpoint = false;
    while (System.nanoTime() - begun < limit.toNanos()) {
      if (before.isEmpty()) {
        before = written();
      } else if (!rows) {
        List<String> first = before.get();
        rows = written().filter(now -> !now.equals(first)).isPresent();
      }
      checkpoint = checkpoint || hasCheckpointSince(sinceMillis);
      if (rows && checkpoint) {
        return OptionalDouble.of((System.nanoTime() - begun) / 1e9);
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return OptionalDouble.empty();
  }

  private Optional<List<String>> written() {
    try {
      return Optional.of(stack.rows(WRITTEN));
    } catch (SQLException away) {
      return Optional.empty();
    }
  }

  private boolean hasCheckpointSince(long millis) throws InterruptedException {
    try {
      Optional<FlinkRest.Job> job = stack.rest().liveJob();
      return job.isPresent()
          && stack
              .rest()
              .latestCheckpoint(job.get().id())
              .map(CompletedCheckpoint::triggeredMillis)
              .filter(triggered -> triggered >= millis)
              .isPresent();
    } catch (IOException away) {
      return false;
    }
  }
}
