package oht50.metrics.mission;

import static oht50.metrics.mission.MissionStatus.CANCELLED;
import static oht50.metrics.mission.MissionStatus.COMPLETED;
import static oht50.metrics.mission.MissionStatus.CREATED;
import static oht50.metrics.mission.MissionStatus.EXECUTING;
import static oht50.metrics.mission.MissionStatus.FAILED;
import static oht50.metrics.mission.MissionStatus.PAUSED;
import static oht50.metrics.mission.MissionStatus.QUEUED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Facts of missions, told by hand; what is believed of them afterwards. Times in seconds. */
class MissionCoreTest {
  private static final long DAY = Duration.ofDays(1).toSeconds();

  private final MissionBeliefs beliefs = new MissionBeliefs();

  private static MissionFact fact(MissionStatus status, long seconds) {
    return new MissionFact("m", status, seconds * 1000, null, null, null, 0, seconds);
  }

  private static MissionFact told(MissionStatus status, long seconds, String robot, String type) {
    return new MissionFact(
        "m", status, seconds * 1000, robot, type, MissionPriority.HIGH, 0, seconds);
  }

  @Test
  void aMissionIsJoinedByItsIdThoughOnlyItsFirstMessageSaysWhatItIs() {
    beliefs.hear(told(QUEUED, 0, "R", "transport"));
    beliefs.hear(fact(EXECUTING, 5));
    beliefs.hear(fact(COMPLETED, 185));

    assertThat(beliefs.counts())
        .containsExactly(
            "oht50_missions_total{robot_id=\"R\",status=\"completed\",type=\"transport\"} @185");
    assertThat(beliefs.durations())
        .containsExactly(
            "oht50_mission_duration_seconds{robot_id=\"R\",type=\"transport\"} @185 = 180.0");
    assertThat(beliefs.attempts())
        .containsExactly("m/1 R transport HIGH COMPLETED since 185, queued 0 to 5, from 5 to 185");
  }

  @Test
  void aTypeThatComesLateMovesTheCountToItsSeries() {
    beliefs.hear(fact(EXECUTING, 5));
    beliefs.hear(fact(COMPLETED, 185));
    assertThat(beliefs.counts()).containsExactly("oht50_missions_total{status=\"completed\"} @185");

    beliefs.hear(told(CREATED, 1, "R", "dock"));

    assertThat(beliefs.counts())
        .containsExactly(
            "oht50_missions_total{robot_id=\"R\",status=\"completed\",type=\"dock\"} @185");
    assertThat(beliefs.durations())
        .containsExactly(
            "oht50_mission_duration_seconds{robot_id=\"R\",type=\"dock\"} @185 = 180.0");
    assertThat(beliefs.retractions()).isEqualTo(1);
  }

  @Test
  void aFailedMissionThatBeginsAnewIsAnotherAttempt() {
    beliefs.hear(told(EXECUTING, 0, "R", "move_to"));
    beliefs.hear(fact(FAILED, 10));
    beliefs.hear(fact(CREATED, 15));
    beliefs.hear(fact(EXECUTING, 16));
    beliefs.hear(fact(COMPLETED, 76));

    assertThat(beliefs.counts())
        .containsExactly(
            "oht50_missions_total{robot_id=\"R\",status=\"completed\",type=\"move_to\"} @76",
            "oht50_missions_total{robot_id=\"R\",status=\"failed\",type=\"move_to\"} @10");
    assertThat(beliefs.attempts())
        .containsExactly(
            "m/1 R move_to HIGH FAILED since 10, from 0 to 10",
            "m/2 R move_to HIGH COMPLETED since 76, from 16 to 76");
    assertThat(beliefs.levels("oht50_mission_success_rate{type=\"move_to\"}"))
        .containsExactly("@10 = 0.0", "@76 = 0.5");
  }

  @Test
  void aTerminalStatusStaysAndIsCountedOnceHoweverManySourcesTellIt() {
    beliefs.hear(fact(EXECUTING, 0));
    beliefs.hear(fact(COMPLETED, 10));
    beliefs.hear(fact(COMPLETED, 10));
    beliefs.hear(fact(COMPLETED, 12));
    beliefs.hear(fact(EXECUTING, 13));
    beliefs.hear(fact(CANCELLED, 14));

    assertThat(beliefs.counts()).containsExactly("oht50_missions_total{status=\"completed\"} @10");
  }

  @Test
  void anEndThatTurnsOutToHaveBeenEarlierIsMoved() {
    beliefs.hear(fact(EXECUTING, 0));
    beliefs.hear(fact(COMPLETED, 12));
    beliefs.hear(fact(COMPLETED, 10));

    assertThat(beliefs.counts()).containsExactly("oht50_missions_total{status=\"completed\"} @10");
    assertThat(beliefs.durations()).containsExactly("oht50_mission_duration_seconds{} @10 = 10.0");
  }

  @Test
  void anAttemptThatWasNoneIsWithdrawn() {
    beliefs.hear(fact(FAILED, 10));
    beliefs.hear(fact(EXECUTING, 20));
    assertThat(beliefs.attempts()).hasSize(2);

    beliefs.hear(fact(COMPLETED, 5));

    assertThat(beliefs.attempts()).containsExactly("m/1 COMPLETED since 5, ended 5");
    assertThat(beliefs.counts()).containsExactly("oht50_missions_total{status=\"completed\"} @5");
  }

  @Test
  void aPausedMissionGoesOn() {
    beliefs.hear(fact(EXECUTING, 0));
    beliefs.hear(fact(PAUSED, 10));
    beliefs.hear(fact(EXECUTING, 20));
    assertThat(beliefs.attempts()).containsExactly("m/1 EXECUTING since 20, from 0");

    beliefs.hear(fact(COMPLETED, 30));

    assertThat(beliefs.durations()).containsExactly("oht50_mission_duration_seconds{} @30 = 30.0");
  }

  @Test
  void theQueueIsAsLongAsMissionsAreInIt() {
    beliefs.hear(told(QUEUED, 0, "R", "dock"));
    beliefs.hear(new MissionFact("n", QUEUED, 2_000, null, null, MissionPriority.HIGH, 0, 2));
    beliefs.hear(fact(EXECUTING, 5));
    beliefs.hear(new MissionFact("n", CANCELLED, 7_000, null, null, null, 0, 7));

    assertThat(beliefs.levels("oht50_mission_queue_size{priority=\"high\"}"))
        .containsExactly("@0 = 1.0", "@2 = 2.0", "@5 = 1.0", "@7 = 0.0");
  }

  @Test
  void aQueuedMissionOfWhichNothingIsHeardLeavesTheQueueAfterItsTimeout() {
    beliefs.hear(told(QUEUED, 0, "R", "dock"));
    beliefs.watermark(3_599);
    assertThat(beliefs.levels("oht50_mission_queue_size{priority=\"high\"}"))
        .containsExactly("@0 = 1.0");

    beliefs.watermark(3_600);
    assertThat(beliefs.levels("oht50_mission_queue_size{priority=\"high\"}"))
        .containsExactly("@0 = 1.0", "@3600 = 0.0");

    beliefs.hear(fact(CANCELLED, 100)); // late
    assertThat(beliefs.levels("oht50_mission_queue_size{priority=\"high\"}"))
        .containsExactly("@0 = 1.0", "@100 = 0.0", "@3600 = 0.0");
  }

  @Test
  void nothingIsLeftOfAMissionOfWhichNothingIsHeardForADay() {
    beliefs.watermark(0);
    beliefs.hear(fact(COMPLETED, 100));
    beliefs.watermark(100 + DAY - 1);
    assertThat(beliefs.isKept("m")).isTrue();

    beliefs.watermark(100 + DAY + 1_800);
    assertThat(beliefs.isKept("m")).isFalse();
    assertThat(beliefs.wakeUps()).isEmpty();
  }

  @Test
  void anOldMissionThatSpeaksBeforeThereIsAWatermarkIsKeptForItsRest() {
    beliefs.hear(told(EXECUTING, 0, "R", "dock"));
    beliefs.watermark(400 * DAY);
    beliefs.hear(fact(COMPLETED, 60));

    assertThat(beliefs.counts())
        .containsExactly(
            "oht50_missions_total{robot_id=\"R\",status=\"completed\",type=\"dock\"} @60");
  }

  @Test
  void aStatusToldAgainAndAgainDoesNotFillTheState() {
    beliefs.hear(told(EXECUTING, 0, "R", "dock"));
    for (int second = 1; second < 5_000; second++) {
      beliefs.hear(fact(EXECUTING, second));
    }
    beliefs.hear(fact(COMPLETED, 5_000));

    assertThat(beliefs.facts("m")).hasSizeLessThanOrEqualTo(MissionLog.MANY_FACTS);
    assertThat(beliefs.durations())
        .containsExactly(
            "oht50_mission_duration_seconds{robot_id=\"R\",type=\"dock\"} @5000 = 5000.0");
  }

  @Test
  void whatIsTakenBackIsAsIfItHadNeverBeenTold() {
    beliefs.hear(told(EXECUTING, 5, "R", "order"));
    beliefs.hear(told(COMPLETED, 60, "R", "order"));

    beliefs.hear(told(COMPLETED, 60, "R", "order").standing(MissionFact.Standing.WITHDRAWN));
    assertThat(beliefs.counts()).isEmpty();
    assertThat(beliefs.durations()).isEmpty();
    assertThat(beliefs.attempts()).containsExactly("m/1 R order HIGH EXECUTING since 5, from 5");

    beliefs.hear(told(EXECUTING, 5, "R", "order").standing(MissionFact.Standing.WITHDRAWN));
    assertThat(beliefs.attempts()).isEmpty();

    beliefs.hear(told(FAILED, 7, "R", "order"));
    assertThat(beliefs.counts())
        .containsExactly(
            "oht50_missions_total{robot_id=\"R\",status=\"failed\",type=\"order\"} @7");
    beliefs.watermark(10 * DAY);
    beliefs.watermark(12 * DAY);
    assertThat(beliefs.isKept("m")).isFalse();
  }

  @Test
  void aMissionOfARobotWhoseMissionsAnotherTopicTellsIsNone() {
    MissionFact began = told(EXECUTING, 5, "R", "dock");
    beliefs.hear(fact(COMPLETED, 60));
    assertThat(beliefs.counts()).containsExactly("oht50_missions_total{status=\"completed\"} @60");

    beliefs.hear(began.standing(MissionFact.Standing.TOLD_ELSEWHERE));
    assertThat(beliefs.counts()).as("its last message names no robot").isEmpty();
    assertThat(beliefs.durations()).isEmpty();
    assertThat(beliefs.attempts()).isEmpty();

    beliefs.hear(began);
    assertThat(beliefs.counts()).hasSize(1);
    assertThat(beliefs.durations()).hasSize(1);
  }

  @Test
  void theTopicThatCountsWhenAMissionBeginsCountsToItsEnd() {
    beliefs.hear(told(EXECUTING, 5, "R", "dock"));
    beliefs.hear(told(COMPLETED, 60, "R", "dock").standing(MissionFact.Standing.TOLD_ELSEWHERE));

    assertThat(beliefs.counts()).hasSize(1);
  }

  /** Ten missions of any facts; told in order, and shuffled with repeats and watermarks. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void theOrderOfArrivalChangesNothing(long seed) {
    Random random = new Random(seed);
    List<MissionFact> facts = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      facts.add(
          new MissionFact(
              "m" + random.nextInt(10),
              MissionStatus.values()[random.nextInt(MissionStatus.values().length)],
              random.nextInt(200) * 1_000L,
              random.nextInt(3) == 0 ? "R" + random.nextInt(2) : null,
              random.nextInt(3) == 0 ? "dock" : null,
              random.nextInt(3) == 0 ? MissionPriority.LOW : null,
              random.nextInt(2),
              i));
    }
    facts.forEach(beliefs::hear);
    beliefs.watermark(10_000);

    MissionBeliefs others = new MissionBeliefs();
    List<MissionFact> shuffled = new ArrayList<>(facts);
    shuffled.addAll(facts.subList(0, 20));
    Collections.shuffle(shuffled, random);
    for (MissionFact fact : shuffled) {
      others.hear(fact);
      if (random.nextInt(10) == 0) {
        others.watermark(random.nextInt(5_000));
      }
    }
    others.watermark(10_000);

    assertThat(others.counts()).isEqualTo(beliefs.counts());
    assertThat(others.durations()).isEqualTo(beliefs.durations());
    assertThat(others.attempts()).isEqualTo(beliefs.attempts());
    assertThat(others.meaningOfLevels()).isEqualTo(beliefs.meaningOfLevels());
  }
}
