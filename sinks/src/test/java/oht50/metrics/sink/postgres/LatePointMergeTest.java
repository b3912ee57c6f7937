package oht50.metrics.sink.postgres;

import static oht50.metrics.sink.postgres.Samples.BATTERY;
import static oht50.metrics.sink.postgres.Samples.FIRST_LIFE;
import static oht50.metrics.sink.postgres.Samples.MINUTE;
import static oht50.metrics.sink.postgres.Samples.NOON;
import static oht50.metrics.sink.postgres.Samples.SECOND_LIFE;
import static oht50.metrics.sink.postgres.Samples.SERIES;
import static oht50.metrics.sink.postgres.Samples.chunk;
import static oht50.metrics.sink.postgres.Samples.entry;
import static oht50.metrics.sink.postgres.Samples.late;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import oht50.metrics.model.LatePoint;
import oht50.metrics.model.PointChunk;
import oht50.metrics.model.StaleMarker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LatePointMergeTest {
  private static final Duration AT_ONCE = Duration.ZERO;
  private static final int MANY = 1_000;

  private static final String POINTS =
      "SELECT to_millis(\"timestamp\") - " + NOON + ", metric_value FROM metrics ORDER BY 1, 2";
  private static final String LATE =
      "SELECT to_millis(\"timestamp\") - " + NOON + ", value FROM late_points ORDER BY 1";
  private static final String CHUNKS =
      "SELECT to_millis(chunk_start) - "
          + NOON
          + ", offsets_ms, point_values, merged_offsets_ms FROM chunks ORDER BY 1";
  private static final String REPAIRS = "SELECT window_start FROM repair_windows";

  private Database database;
  private Maintenance maintenance;

  @BeforeEach
  void start() throws SQLException {
    database = Database.empty();
    try (Connection connection = database.connect();
        PreparedStatement insert = connection.prepareStatement(SeriesStatement.SQL)) {
      SeriesStatement.bind(insert, entry(BATTERY));
      insert.executeUpdate();
    }
    maintenance = new Maintenance(database.settings(), AT_ONCE, MANY, 1);
  }

  @AfterEach
  void stop() {
    maintenance.close();
  }

  private void chunks(PointChunk... rows) throws Exception {
    try (var writer =
        new WriterUnderTest<>(new ChunksTable(), new Connections(database.settings()))) {
      writer.write(rows);
    }
  }

  private void latePoints(LatePoint... rows) throws Exception {
    try (var writer =
        new WriterUnderTest<>(
            new LatePointsTable(LatePointsTable.LATE), new Connections(database.settings()))) {
      writer.write(rows);
    }
  }

  private void assertMergeChangesNothingToSee() throws SQLException {
    List<String> before = database.rows(POINTS);
    maintenance.round();
    assertThat(database.rows(LATE)).isEmpty();
    assertThat(database.rows(POINTS)).isEqualTo(before);
  }

  @Test
  void latePointsBecomePartOfTheirChunk() throws Exception {
    chunks(chunk(FIRST_LIFE, 1, 1, 10, 20, 30));
    latePoints(late(1_500, 22, 1), late(2_000, 31, 2), late(599_999, 40, 3));

    assertMergeChangesNothingToSee();
    assertThat(database.rows(CHUNKS))
        .containsExactly("0|{0,1000,1500,2000,599999}|{10,20,22,31,40}|{1500,2000,599999}");
  }

  @Test
  void laterPointsAreMergedIntoTheSameChunk() throws Exception {
    chunks(chunk(FIRST_LIFE, 1, 1, 10));
    latePoints(late(500, 1, 1));
    assertMergeChangesNothingToSee();
    latePoints(late(700, 2, 2), late(500, 3, 3));

    assertMergeChangesNothingToSee();
    assertThat(database.rows(CHUNKS)).containsExactly("0|{0,500,700}|{10,3,2}|{500,700}");
  }

  @Test
  void bitsOfEveryValueAreKept() throws Exception {
    chunks(chunk(FIRST_LIFE, 1, 1, StaleMarker.VALUE, Double.NaN, -0.0));
    latePoints(
        late(10, StaleMarker.VALUE, 1),
        late(20, Double.NaN, 2),
        late(30, -0.0, 3),
        late(40, Double.NEGATIVE_INFINITY, 4));

    assertMergeChangesNothingToSee();
    assertThat(
            database.rows(
                "SELECT encode(float8send(v), 'hex') FROM chunks, unnest(point_values) AS v"))
        .containsExactly(
            "7ff0000000000002",
            "7ff0000000000002",
            "7ff8000000000000",
            "8000000000000000",
            "fff0000000000000",
            "7ff8000000000000",
            "8000000000000000");
  }

  @Test
  void aLateStaleMarkerTakesAPointAway() throws Exception {
    chunks(chunk(FIRST_LIFE, 1, 1, 10, 20));
    latePoints(late(1_000, StaleMarker.VALUE, 1));

    assertMergeChangesNothingToSee();
    assertThat(database.rows(POINTS)).containsExactly("0|10");
  }

  @Test
  void pointsWithoutAChunkGetOneAsTheSeriesIsCut() throws Exception {
    chunks(chunk(FIRST_LIFE, 1, 1, 10));
    latePoints(late(-1, 1, 1), late(25 * MINUTE, 2, 2), late(29 * MINUTE, 3, 3));

    assertMergeChangesNothingToSee();
    assertThat(database.rows(CHUNKS))
        .containsExactly(
            "-600000|{599999}|{1}|{599999}",
            "0|{0}|{10}|-", "1200000|{300000,540000}|{2,3}|{300000,540000}");
  }

  @Test
  void pointsOfASeriesWithoutChunksGetOne() throws Exception {
    latePoints(late(5, 1, 1), late(-5, 2, 2));

    assertMergeChangesNothingToSee();
    assertThat(database.rows(CHUNKS))
        .containsExactly("-3600000|{3599995}|{2}|{3599995}", "0|{5}|{1}|{5}");
  }

  @Test
  void betweenChunksOfAnotherSpanAPointGetsItsMinute() throws Exception {
    chunks(
        span(-20 * MINUTE, -2 * MINUTE, -20 * MINUTE), span(3 * MINUTE, 13 * MINUTE, 3 * MINUTE));
    latePoints(late(-1, 5, 1));

    assertMergeChangesNothingToSee();
    assertThat(database.rows("SELECT to_millis(chunk_start) - " + NOON + " FROM chunks ORDER BY 1"))
        .containsExactly("-1200000", "-60000", "180000");
  }

  /**
   * Chunks of two spans, after the configuration changed: a late point hides the points of both.
   */
  @Test
  void whereChunksOverlapAPointStaysLate() throws Exception {
    chunks(chunk(FIRST_LIFE, 1, 1, 10), span(-10 * MINUTE, 5 * MINUTE, 0));
    latePoints(late(0, 5, 1), late(20 * MINUTE, 6, 2));
    List<String> before = database.rows(POINTS);
    maintenance.round();

    assertThat(database.rows(LATE)).containsExactly("0|5");
    assertThat(database.rows(POINTS)).isEqualTo(before);
  }

  private static PointChunk span(long from, long to, long point) {
    return new PointChunk(
        SERIES,
        NOON + from,
        NOON + to,
        new int[] {(int) (point - from)},
        new double[] {1},
        FIRST_LIFE,
        1,
        from + 100 * MINUTE);
  }

  @Test
  void olderChunkOfTheSameLifeDoesNotTakeTheMergedPointAway() throws Exception {
    chunks(chunk(FIRST_LIFE, 1, 1, 10, 20));
    latePoints(late(500, 5, 1), late(1_000, 21, 2));
    maintenance.round();
    database.execute("DELETE FROM repair_windows");
    List<String> before = database.rows(POINTS);

    chunks(chunk(FIRST_LIFE, 7, 1, 10, 20)); // a restored state that never saw the late points
    assertThat(database.rows(POINTS)).isEqualTo(before);
    assertThat(database.rows(LATE)).isEmpty();
    assertThat(database.rows(REPAIRS)).isEmpty();
  }

  @Test
  void newPointsOfALaterWriteAreNotBlocked() throws Exception {
    chunks(chunk(FIRST_LIFE, 1, 1, 10, 20));
    latePoints(late(500, 5, 1));
    maintenance.round();

    chunks(chunk(FIRST_LIFE, 1, 2, 10, 25, 30));
    assertThat(database.rows(LATE)).containsExactly("1000|25", "2000|30");
    assertMergeChangesNothingToSee();
    assertThat(database.rows(POINTS)).containsExactly("0|10", "500|5", "1000|25", "2000|30");

    chunks(chunk(FIRST_LIFE, 1, 3, 10, 26, 30));
    assertMergeChangesNothingToSee();
    assertThat(database.rows(POINTS)).containsExactly("0|10", "500|5", "1000|26", "2000|30");
  }

  @Test
  void whatARefusedChunkBroughtIsNotUndoneByAnOlderOne() throws Exception {
    chunks(chunk(FIRST_LIFE, 1, 1, 10, 20));
    chunks(chunk(SECOND_LIFE, 5, 9, 10, 22));
    maintenance.round();

    chunks(chunk(SECOND_LIFE, 5, 8, 10, 21));
    assertThat(database.rows(POINTS)).containsExactly("0|10", "1000|22");

    chunks(chunk(SECOND_LIFE, 5, 10, 10, 23));
    assertThat(database.rows(POINTS)).containsExactly("0|10", "1000|23");
    assertMergeChangesNothingToSee();
  }

  @Test
  void higherPositionWinsInEveryOrderAlsoAfterTheMerge() throws Exception {
    chunks(chunk(FIRST_LIFE, 1, 1, 10));
    latePoints(late(500, 5, 2));
    maintenance.round();

    latePoints(late(500, 4, 1).stamped(9, 9));
    assertThat(database.rows(POINTS)).containsExactly("0|10", "500|5");
    latePoints(late(500, 6, 3));
    assertThat(database.rows(POINTS)).containsExactly("0|10", "500|6");
    assertMergeChangesNothingToSee();
  }

  @Test
  void equalValueRaisesThePositionAlsoAfterTheMerge() throws Exception {
    chunks(chunk(FIRST_LIFE, 1, 1, 10));
    latePoints(late(500, 5, 1));
    maintenance.round();
    database.execute("DELETE FROM repair_windows");

    latePoints(late(500, 5, 3));
    assertThat(database.rows(REPAIRS)).isEmpty();
    maintenance.round();
    latePoints(late(500, 7, 2));
    assertThat(database.rows(POINTS)).containsExactly("0|10", "500|5");
  }

  @Test
  void repeatOfAMergedPointChangesNothingAndAsksForItsRepair() throws Exception {
    chunks(chunk(FIRST_LIFE, 1, 1, 10));
    latePoints(late(500, 5, 1));
    maintenance.round();
    database.execute("DELETE FROM repair_windows");

    latePoints(late(500, 5, 1).stamped(9, 9));
    assertThat(database.rows(LATE)).isEmpty();
    assertThat(database.rows(REPAIRS)).hasSize(1);
  }

  @Test
  void aChunkThatTheMergeMadeTakesWhatTheJobBrings() throws Exception {
    chunks(chunk(FIRST_LIFE, 1, 1, 10));
    latePoints(late(10 * MINUTE + 500, 5, 1));
    maintenance.round();

    chunks(
        new PointChunk(
            SERIES,
            NOON + 10 * MINUTE,
            NOON + 20 * MINUTE,
            new int[] {500, 1_000},
            new double[] {4, 6},
            FIRST_LIFE,
            1,
            2));
    assertMergeChangesNothingToSee();
    assertThat(database.rows(POINTS)).containsExactly("0|10", "600500|5", "601000|6");
  }

  @Test
  void pointsThatHaveNotSettledWait() throws Exception {
    chunks(chunk(FIRST_LIFE, 1, 1, 10));
    latePoints(late(500, 5, 1));
    try (Maintenance patient = new Maintenance(database.settings(), Duration.ofHours(1), MANY, 1)) {
      assertThat(patient.round()).isEqualTo(new Maintained(0, 0));
    }
    assertThat(database.rows(LATE)).containsExactly("500|5");
  }

  @Test
  void aStepRewritesSoManyChunksAndTheOldestFirst() throws Exception {
    for (int i = 0; i < 7; i++) {
      latePoints(late(i * 60 * MINUTE, i, i + 1));
      database.execute(
          "UPDATE late_points SET received_at = now() - interval '1 hour' - ? * interval '1 minute'"
              + " WHERE value = ?",
          i,
          (double) i);
    }
    try (Maintenance small = new Maintenance(database.settings(), AT_ONCE, 3, 1)) {
      assertThat(small.round()).isEqualTo(new Maintained(3, 3));
      assertThat(database.rows(LATE))
          .containsExactly("0|0", "3600000|1", "7200000|2", "10800000|3");
      small.round();
      assertThat(small.round()).isEqualTo(new Maintained(1, 1));
      assertThat(small.round()).isEqualTo(new Maintained(0, 0));
    }
  }

  @Test
  void aStepTakesAThousandPointsOfAChunkAtMost() throws Exception {
    database.execute(
        """
        INSERT INTO late_points
        SELECT ?, from_millis(? + i), i, 5, i, 1, i FROM generate_series(0, 2500) AS i
        """,
        SERIES,
        NOON);
    List<String> before = database.rows(POINTS);

    assertThat(maintenance.round()).isEqualTo(new Maintained(1, 1_000));
    assertThat(database.rows(POINTS)).isEqualTo(before);
    maintenance.round();
    assertThat(maintenance.round()).isEqualTo(new Maintained(1, 501));
    assertThat(database.rows(POINTS)).isEqualTo(before);
  }

  @Test
  void aRoundMakesSeveralStepsAndSaysWhatIsDone() throws Exception {
    for (int i = 0; i < 7; i++) {
      latePoints(late(i * 60 * MINUTE, i, i + 1));
    }
    try (Maintenance several = new Maintenance(database.settings(), AT_ONCE, 2, 3)) {
      assertThat(several.round()).isEqualTo(new Maintained(6, 6));
      assertThat(several.round()).isEqualTo(new Maintained(1, 1));
    }
    assertThat(
            database.rows(
                "SELECT merged_chunks, merged_points, last_merge_at <= last_run_at FROM late_point_merges"))
        .containsExactly("7|7|t");
  }

  @Test
  void aStepThatIsRolledBackLeavesEverythingAsItWas() throws Exception {
    chunks(chunk(FIRST_LIFE, 1, 1, 10, 20));
    latePoints(late(500, 5, 1), late(20 * MINUTE, 6, 2));
    List<String> chunks = database.rows(CHUNKS);
    List<String> late = database.rows(LATE);
    List<String> points = database.rows(POINTS);
    try (Connection connection = database.connectAs(Database.WRITER)) {
      connection.setAutoCommit(false);
      merge(connection);
      assertThat(database.rows(POINTS)).isEqualTo(points); // others see nothing of it
      connection.rollback();
    }

    assertThat(database.rows(CHUNKS)).isEqualTo(chunks);
    assertThat(database.rows(LATE)).isEqualTo(late);
    assertMergeChangesNothingToSee();
  }

  @Test
  void aStepWhoseConnectionIsKilledLeavesEverythingAsItWas() throws Exception {
    chunks(chunk(FIRST_LIFE, 1, 1, 10, 20));
    latePoints(late(500, 5, 1));
    List<String> points = database.rows(POINTS);
    try (Connection connection = database.connectAs(Database.WRITER)) {
      connection.setAutoCommit(false);
      merge(connection);
      database.execute(
          "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
              + " WHERE usename = 'oht50_writer' AND state = 'idle in transaction'");
      assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
    }

    assertThat(database.rows(LATE)).containsExactly("500|5");
    assertThat(database.rows(POINTS)).isEqualTo(points);
    assertMergeChangesNothingToSee();
  }

  private static void merge(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT * FROM merge_late_points(1000, '0')");
    }
  }

  @Test
  void aChunkThatIsBeingWrittenIsMergedAnotherTime() throws Exception {
    chunks(chunk(FIRST_LIFE, 1, 1, 10));
    latePoints(late(500, 5, 1));
    try (Connection writing = new Connections(database.settings()).getOrEstablishConnection()) {
      writing.setAutoCommit(false);
      new ChunksTable().write(writing, List.of(chunk(FIRST_LIFE, 1, 2, 10, 20)));

      assertThat(maintenance.round()).isEqualTo(new Maintained(0, 0));
      writing.commit();
    }
    assertMergeChangesNothingToSee();
    assertThat(database.rows(POINTS)).containsExactly("0|10", "500|5", "1000|20");
  }

  @Test
  void whileLatePointsAreBeingWrittenNothingIsMerged() throws Exception {
    chunks(chunk(FIRST_LIFE, 1, 1, 10));
    latePoints(late(500, 5, 1));
    try (Connection writing = new Connections(database.settings()).getOrEstablishConnection()) {
      writing.setAutoCommit(false);
      new LatePointsTable(LatePointsTable.LATE).write(writing, List.of(late(500, 6, 2)));

      assertThat(maintenance.round()).isEqualTo(new Maintained(0, 0));
      writing.commit();
    }
    assertMergeChangesNothingToSee();
    assertThat(database.rows(POINTS)).containsExactly("0|10", "500|6");
  }

  /** The job writes a chunk again while its late points are being merged into it. */
  @Test
  void aWriteThatWaitsForTheMergeIsRefusedWhatItDoesNotKnow() throws Exception {
    chunks(chunk(FIRST_LIFE, 1, 1, 10));
    latePoints(late(500, 5, 1));
    ExecutorService job = Executors.newSingleThreadExecutor();
    try (Connection merging = database.connectAs(Database.WRITER)) {
      merging.setAutoCommit(false);
      merge(merging);
      Future<?> write =
          job.submit(
              () -> {
                chunks(chunk(FIRST_LIFE, 1, 2, 10, 20));
                return null;
              });
      awaitALockThatIsWaitedFor();
      merging.commit();
      write.get();
    } finally {
      job.shutdownNow();
    }
    assertThat(database.rows(LATE)).containsExactly("1000|20");
    assertMergeChangesNothingToSee();
    assertThat(database.rows(POINTS)).containsExactly("0|10", "500|5", "1000|20");
  }

  private void awaitALockThatIsWaitedFor() {
    while (!database.rows("SELECT bool_or(NOT granted) FROM pg_locks").equals(List.of("t"))) {
      Thread.onSpinWait();
    }
  }

  /**
   * A job that writes late points and chunks again and again, two mergers, and a reader that must
   * see at any moment each point that was committed before it looked, and each once.
   */
  @Test
  void readersSeeEachPointExactlyOnceWhileTwoMerge() throws Exception {
    int rounds = 150;
    AtomicBoolean isOver = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    List<Future<Long>> mergers = new ArrayList<>();
    try {
      chunks(chunk(FIRST_LIFE, 1, 1, 10, 20, 30));
      for (int i = 0; i < 2; i++) {
        mergers.add(threads.submit(() -> mergeUntil(isOver)));
      }
      Future<Long> reads = threads.submit(() -> readUntil(isOver));
      Random random = new Random(5);
      for (int i = 0; i < rounds; i++) {
        latePoints(
            late(random.nextInt(300) * 10 + 1, i, 2 * i + 1),
            late(random.nextInt(30) * MINUTE + 7, i, 2 * i + 2));
        chunks(chunk(FIRST_LIFE, 1, i + 2, 10, 20, i));
      }
      isOver.set(true);
      long merged = 0;
      for (Future<Long> merger : mergers) {
        merged += merger.get();
      }
      assertThat(merged).as("late points merged meanwhile").isPositive();
      assertThat(reads.get()).as("looks").isPositive();
    } finally {
      isOver.set(true);
      threads.shutdownNow();
    }
    assertMergeChangesNothingToSee();
    assertThat(database.rows(POINTS)).contains("0|10", "1000|20", "2000|" + (rounds - 1));
  }

  private long mergeUntil(AtomicBoolean isOver) throws SQLException {
    long merged = 0;
    try (Maintenance own = new Maintenance(database.settings(), AT_ONCE, 5, 2)) {
      while (!isOver.get()) {
        merged += own.round().points();
      }
    }
    return merged;
  }

  /** Points are only ever added, so no look may show fewer than the one before, or one twice. */
  private long readUntil(AtomicBoolean isOver) throws SQLException {
    long looks = 0;
    long most = 0;
    try (Connection connection = database.connect();
        PreparedStatement look =
            connection.prepareStatement(
                "SELECT count(*), count(DISTINCT \"timestamp\")" + " FROM metrics")) {
      while (!isOver.get()) {
        try (ResultSet row = look.executeQuery()) {
          row.next();
          assertThat(row.getLong(1)).as("each point once").isEqualTo(row.getLong(2));
          assertThat(row.getLong(1)).as("no point gone").isGreaterThanOrEqualTo(most);
          most = row.getLong(1);
        }
        looks++;
      }
    }
    return looks;
  }
}
