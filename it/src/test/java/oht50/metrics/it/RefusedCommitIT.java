package oht50.metrics.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Flink is away for longer than Kafka waits for a transaction, between a completed checkpoint and
 * its commit. Kafka then refuses the commit, and the connector only counts that.
 */
@Tag("long-campaigns")
class RefusedCommitIT {
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private static Path folder;

  @Test
  void whatTheRefusedCommitSwallowedIsPublishedAgain() {
    Campaigns.Outcome outcome =
        Campaigns.run(
            folder.resolve("campaign"),
            Duration.ofMinutes(8),
            "--seed",
            "7",
            "--transaction-timeout",
            "5",
            "--only",
            "outage jobManager alerts-commit 25");

    assertThat(outcome.exitCode()).as(outcome.err() + outcome.document()).isZero();
    JsonNode document = outcome.document();
    assertThat(document.path("hits").asInt()).isEqualTo(1);
    // Seen by a reader of committed records with the mark only: without the reconciler never.
    assertThat(document.path("swallowed").asInt()).isPositive();
    assertThat(document.path("lost").asInt(-1)).isZero();
    assertThat(document.path("doubled").asInt(-1)).isZero();
    assertThat(document.path("digests")).isEqualTo(document.path("undisturbed"));
  }
}
