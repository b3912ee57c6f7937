package oht50.metrics.sink.postgres;

import static oht50.metrics.sink.postgres.Samples.FIRST_LIFE;
import static oht50.metrics.sink.postgres.Samples.NOON;
import static oht50.metrics.sink.postgres.Samples.SECOND_LIFE;
import static org.assertj.core.api.Assertions.assertThat;

import oht50.metrics.mission.MissionAttempt;
import oht50.metrics.mission.MissionPriority;
import oht50.metrics.mission.MissionStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MissionsTableTest {
  private static final long UNKNOWN = MissionAttempt.UNKNOWN;
  private static final String ROWS =
      """
      SELECT mission_id, attempt, robot_id, mission_type, priority, status, to_millis(since) - %d,
        to_millis(executing_at) - %d, duration_seconds
      FROM missions ORDER BY 1, 2
      """
          .formatted(NOON, NOON);

  private Database database;
  private WriterUnderTest<MissionAttempt> writer;

  @BeforeEach
  void start() {
    database = Database.empty();
    writer = new WriterUnderTest<>(new MissionsTable(), new Connections(database.settings()));
  }

  @AfterEach
  void stop() {
    writer.close();
  }

  private static MissionAttempt executing(String type, long life, long epoch, long seq) {
    return new MissionAttempt(
        "m",
        1,
        "R",
        type,
        MissionPriority.HIGH,
        MissionStatus.EXECUTING,
        NOON + 5,
        NOON,
        NOON + 5,
        NOON + 5,
        UNKNOWN,
        life,
        epoch,
        seq);
  }

  /** As whoever has only heard of the end knows it. */
  private static MissionAttempt end(
      int number, MissionStatus status, long at, long life, long epoch, long seq) {
    return new MissionAttempt(
        "m", number, null, null, null, status, NOON + at, UNKNOWN, UNKNOWN, UNKNOWN, NOON + at,
        life, epoch, seq);
  }

  @Test
  void theNewerOfTwoWritesStandsWhateverItNoLongerKnows() throws Exception {
    writer.write(executing("dock", FIRST_LIFE, 1, 2));
    assertThat(database.rows(ROWS)).containsExactly("m|1|R|dock|high|executing|5|5|-");

    writer.write(executing("move_to", FIRST_LIFE, 1, 1)); // of a failed attempt
    assertThat(database.rows(ROWS)).containsExactly("m|1|R|dock|high|executing|5|5|-");

    writer.write(executing(null, FIRST_LIFE, 2, 1));
    assertThat(database.rows(ROWS)).containsExactly("m|1|R|-|high|executing|5|5|-");
  }

  @Test
  void aWithdrawnAttemptIsNotAMission() throws Exception {
    MissionAttempt second = end(2, MissionStatus.COMPLETED, 9, FIRST_LIFE, 1, 1);
    writer.write(second);
    writer.write(second.withdrawn().stamped(1, 2));

    assertThat(database.rows(ROWS)).isEmpty();
  }

  @Test
  void anotherLifeThatKnowsLessAddsTheEnd() throws Exception {
    writer.write(executing("dock", FIRST_LIFE, 1, 1));
    writer.write(end(1, MissionStatus.COMPLETED, 1_505, SECOND_LIFE, 2, 1));

    assertThat(database.rows(ROWS)).containsExactly("m|1|R|dock|high|completed|1505|5|1.5");
  }

  @Test
  void anotherLifeDoesNotEndAMissionAgain() throws Exception {
    writer.write(end(1, MissionStatus.FAILED, 10, FIRST_LIFE, 1, 1));
    writer.write(end(1, MissionStatus.CANCELLED, 20, SECOND_LIFE, 2, 1));

    assertThat(database.rows(ROWS)).containsExactly("m|1|-|-|-|failed|10|-|-");
  }

  @Test
  void bothLivesInOneFlushAreWrittenOneAfterTheOther() throws Exception {
    writer.write(
        executing("dock", FIRST_LIFE, 1, 1),
        end(1, MissionStatus.COMPLETED, 1_505, SECOND_LIFE, 1, 2));

    assertThat(database.rows(ROWS)).containsExactly("m|1|R|dock|high|completed|1505|5|1.5");
  }
}
