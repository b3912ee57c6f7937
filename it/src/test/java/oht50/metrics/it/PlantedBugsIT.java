package oht50.metrics.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import oht50.metrics.planted.CaughtBy;
import oht50.metrics.planted.PlantedBug;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A campaign whose product has a bug must fail, by the check that is there for it. */
@Tag("long-campaigns")
class PlantedBugsIT {
  /** What brings a bug to light, and the check that must say so. */
  private record Case(String actions, String check) {}

  private static final Map<PlantedBug, Case> CASES =
      new EnumMap<>(
          Map.of(
              PlantedBug.UNORDERED_WRITES, new Case("stop taskManager flush 30", "write-order"),
              PlantedBug.REVISION_GUARD, new Case("none", "rollups"),
              PlantedBug.FROM_THE_END, new Case("lose-state", "rollups"),
              PlantedBug.THROWING_DECODER, new Case("none", "progress"),
              PlantedBug.AT_LEAST_ONCE_ALERTS,
                  new Case(
                      "kill taskManager 2, kill taskManager 4, kill taskManager 6,"
                          + " kill taskManager flush, kill taskManager flush",
                      "alerts-doubled"),
              PlantedBug.NOTHING_COMMITTED, new Case("none", "alerts-lost"),
              PlantedBug.FAILURES_KEPT, new Case("away postgres 25", "heap"),
              PlantedBug.ANY_INCARNATION, new Case("lose-past", "incarnations")));

  /** In place of a bug: none. */
  private static final String CONTROL = "none";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private static Path folder;

  private static Campaigns.Outcome outcome;

  private static Stream<Arguments> bugs() {
    return CASES.keySet().stream().map(bug -> Arguments.of(bug.id(), bug));
  }

  /**
   * And one that the writers' tests must catch, for the check of campaigns that is there for it.
   */
  @Test
  void everyBugThatACampaignMustCatchIsHere() {
    assertThat(CASES.keySet())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(PlantedBug.values())
                .filter(
                    bug -> bug.caughtBy() == CaughtBy.CAMPAIGN || bug == PlantedBug.ANY_INCARNATION)
                .toList());
  }

  /** One stack for all of them: its Flink processes exchange one bug for the next. */
  @BeforeAll
  static void plant() {
    List<String> options = new ArrayList<>(List.of("--patience", "120"));
    CASES.forEach(
        (bug, provocation) ->
            options.addAll(List.of("--plant", bug.id() + "=" + provocation.actions())));
    options.addAll(
        List.of("--plant", CONTROL + "=" + CASES.get(PlantedBug.ANY_INCARNATION).actions()));
    outcome =
        Campaigns.run(
            folder.resolve("campaign"), Duration.ofMinutes(60), options.toArray(new String[0]));
  }

  /** What the past knew is lost then with and without a bug; that it is written over is not. */
  @Test
  void withoutABugALostPastIsNotWrittenOver() {
    JsonNode failed = outcome.document().path(CONTROL).path("failed");
    assertThat(failed.fieldNames()).toIterable().as(failed.toString()).contains("rollups");
    assertThat(failed.has("incarnations")).as(failed.toString()).isFalse();
    assertThat(failed.has("write-order")).as(failed.toString()).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bugs")
  void isCaught(String id, PlantedBug bug) {
    assertThat(outcome.exitCode()).as(outcome.err()).isOne();
    JsonNode document = outcome.document().path(id);
    assertThat(document.path("passed").asBoolean(true)).as(outcome.err()).isFalse();
    assertThat(document.path("failed").fieldNames())
        .toIterable()
        .as(document.path("failed").toString())
        .contains(CASES.get(bug).check());
  }
}
