package oht50.metrics.sink.postgres;

import static oht50.metrics.sink.postgres.Samples.FIRST_LIFE;
import static oht50.metrics.sink.postgres.Samples.NOON;
import static oht50.metrics.sink.postgres.Samples.SECOND_LIFE;
import static oht50.metrics.sink.postgres.Samples.chunk;
import static oht50.metrics.sink.postgres.Samples.late;
import static org.assertj.core.api.Assertions.assertThat;

import oht50.metrics.model.LatePoint;
import oht50.metrics.model.PointChunk;
import oht50.metrics.model.RepairWindow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LatePointsTableTest {
  private static final String ROWS =
      "SELECT to_millis(\"timestamp\") - "
          + NOON
          + ", value, record_offset FROM late_points ORDER BY 1";
  private static final String REPAIRS =
      "SELECT \"interval\", to_millis(window_start) - "
          + NOON
          + ", cause FROM repair_windows ORDER BY 2";

  private Database database;
  private WriterUnderTest<LatePoint> writer;

  @BeforeEach
  void start() throws Exception {
    database = Database.empty();
    try (WriterUnderTest<PointChunk> chunks =
        new WriterUnderTest<>(new ChunksTable(), new Connections(database.settings()))) {
      chunks.write(chunk(FIRST_LIFE, 1, 1, 10, 20));
    }
    writer =
        new WriterUnderTest<>(
            new LatePointsTable(LatePointsTable.LATE), new Connections(database.settings()));
  }

  @AfterEach
  void stop() {
    writer.close();
  }

  @Test
  void newPointIsStoredAndItsMinuteMarkedForRepair() throws Exception {
    writer.write(late(61_500, 5, 1), late(-1, 6, 2));

    assertThat(database.rows(ROWS)).containsExactly("-1|6|2", "61500|5|1");
    assertThat(database.rows(REPAIRS)).containsExactly("1m|-60000|late", "1m|60000|late");
  }

  @Test
  void repeatOfAChunksPointChangesNothing() throws Exception {
    writer.write(late(0, 10, 1), late(1_000, 20, 2));

    assertThat(database.rows(ROWS)).isEmpty();
    assertThat(database.rows(REPAIRS)).isEmpty();
    assertThat(writer.metrics.written()).isZero();
  }

  @Test
  void otherValueThanTheChunksIsStored() throws Exception {
    writer.write(late(0, 11, 1));

    assertThat(database.rows(ROWS)).containsExactly("0|11|1");
    assertThat(database.rows(REPAIRS)).containsExactly("1m|0|late");
  }

  @Test
  void repeatOfALatePointChangesNothingButMayHaveBeenReadByAnAttemptThatKnowsNoRepair()
      throws Exception {
    writer.write(late(500, 5, 1));
    database.execute("DELETE FROM repair_windows");
    String rowVersion = "SELECT xmin FROM late_points";
    var before = database.rows(rowVersion);
    writer.write(late(500, 5, 1).stamped(9, 9));

    assertThat(database.rows(rowVersion)).isEqualTo(before);
    assertThat(writer.metrics.written()).isEqualTo(1);
    assertThat(database.rows(REPAIRS)).containsExactly("1m|0|late");
  }

  @Test
  void repeatOfALatePointThatIsInItsChunkAsksForTheRepairToo() throws Exception {
    writer.write(late(500, 5, 1), late(1_000, 20, 2), late(120_000, 7, 9));
    database.execute("SELECT merge_late_points(10, '0')");
    database.execute("DELETE FROM repair_windows");
    assertThat(database.rows(ROWS)).isEmpty();

    writer.write(late(500, 5, 1), late(500, 5, 0), late(1_000, 20, 2), late(120_000, 6, 8));

    assertThat(database.rows(ROWS)).isEmpty();
    assertThat(database.rows(REPAIRS)).containsExactly("1m|0|late");
  }

  @Test
  void repeatOfARefusedChunkAsksForNoRepair() throws Exception {
    try (WriterUnderTest<PointChunk> chunks =
        new WriterUnderTest<>(new ChunksTable(), new Connections(database.settings()))) {
      chunks.write(chunk(SECOND_LIFE, 2, 1, 10, 21));
      assertThat(database.rows(REPAIRS)).containsExactly("1m|0|incarnation");
      database.execute("DELETE FROM repair_windows");

      chunks.write(chunk(SECOND_LIFE, 2, 2, 10, 21));

      assertThat(database.rows(REPAIRS)).isEmpty();
    }
  }

  @Test
  void aRequestSaysHowFarTheStateReachedWhenItWasMadeLast() throws Exception {
    String frontier = "SELECT frontier FROM repair_windows";
    writer.write(late(500, 5, 1).withFrontier(RepairWindow.UNKNOWN));
    assertThat(database.rows(frontier)).containsExactly("-");

    String known = "SELECT to_millis(frontier) - " + NOON + " FROM repair_windows";
    writer.write(late(600, 5, 2).withFrontier(NOON + 9_000), late(600, 4, 1));
    assertThat(database.rows(known)).containsExactly("3600000");
    writer.write(late(700, 5, 3).withFrontier(NOON + 9_000));
    assertThat(database.rows(known)).containsExactly("9000");

    writer.write(late(900, 5, 5).withFrontier(RepairWindow.ALL_HAS_LEFT));
    assertThat(database.rows(frontier)).containsExactly("infinity");
  }

  @Test
  void higherPositionWinsInEveryOrder() throws Exception {
    writer.write(late(500, 5, 2));
    writer.write(late(500, 4, 1).stamped(9, 9));
    assertThat(database.rows(ROWS)).containsExactly("500|5|2");

    writer.write(late(500, 6, 3));
    assertThat(database.rows(ROWS)).containsExactly("500|6|3");
  }

  @Test
  void higherPositionWinsInOneBatch() throws Exception {
    writer.write(late(500, 5, 2), late(500, 4, 1));

    assertThat(database.rows(ROWS)).containsExactly("500|5|2");
  }

  @Test
  void equalValueRaisesThePositionAndAsksForNoRepair() throws Exception {
    writer.write(late(500, 5, 1));
    database.execute("DELETE FROM repair_windows");
    writer.write(late(500, 5, 3));
    writer.write(late(500, 7, 2));

    assertThat(database.rows(ROWS)).containsExactly("500|5|3");
    assertThat(database.rows(REPAIRS)).isEmpty();
  }

  @Test
  void repairIsAskedForAgainWithANewTime() throws Exception {
    writer.write(late(500, 5, 1));
    database.execute("UPDATE repair_windows SET requested_at = 'epoch'");
    writer.write(late(600, 5, 2));

    assertThat(database.rows("SELECT requested_at > '2020-01-01' FROM repair_windows"))
        .containsExactly("t");
  }
}
