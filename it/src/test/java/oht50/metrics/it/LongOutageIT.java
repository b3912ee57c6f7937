package oht50.metrics.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL is gone for a minute, then there and silent for one, while input keeps coming. */
@Tag("long-campaigns")
class LongOutageIT {
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private static Path folder;

  @Test
  void theJobDoesNotRestartAndNothingPilesUpInTheTaskManagers() {
    Campaigns.Outcome outcome =
        Campaigns.run(
            folder.resolve("campaign"),
            Duration.ofMinutes(10),
            "--only",
            "away postgres 60, hold postgres 60");

    // Restarts and growth of the live heap are checks of each campaign.
    assertThat(outcome.exitCode()).as(outcome.err() + outcome.document()).isZero();
    for (JsonNode action : outcome.document().path("actions")) {
      assertThat(action.path("heapBefore").asLong()).isPositive();
      assertThat(action.path("heapAtItsEnd").asLong()).isPositive();
    }
  }
}
