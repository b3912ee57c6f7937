package oht50.metrics.sink.postgres;

import static oht50.metrics.sink.postgres.Samples.FIRST_LIFE;
import static oht50.metrics.sink.postgres.Samples.NOON;
import static oht50.metrics.sink.postgres.Samples.SECOND_LIFE;
import static oht50.metrics.sink.postgres.Samples.SERIES;
import static oht50.metrics.sink.postgres.Samples.chunk;
import static org.assertj.core.api.Assertions.assertThat;

import oht50.metrics.model.PointChunk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChunksTableTest {
  private static final String ROW =
      "SELECT offsets_ms, point_values, incarnation, epoch, seq FROM chunks";
  private static final String LATE =
      "SELECT to_millis(\"timestamp\") - " + NOON + ", value FROM late_points ORDER BY 1";
  private static final String REPAIRS =
      "SELECT \"interval\", to_millis(window_start) - "
          + NOON
          + ", cause FROM repair_windows ORDER BY 2";

  private Database database;
  private WriterUnderTest<PointChunk> writer;

  @BeforeEach
  void start() {
    database = Database.empty();
    writer = new WriterUnderTest<>(new ChunksTable(), new Connections(database.settings()));
  }

  @AfterEach
  void stop() {
    writer.close();
  }

  @Test
  void newerChunkReplacesAndOlderLoses() throws Exception {
    writer.write(chunk(FIRST_LIFE, 2, 1, 1, 2));
    writer.write(chunk(FIRST_LIFE, 1, 9, 7));
    assertThat(database.rows(ROW)).containsExactly("{0,1000}|{1,2}|11|2|1");

    writer.write(chunk(FIRST_LIFE, 2, 2, 1, 2, 3));
    assertThat(database.rows(ROW)).containsExactly("{0,1000,2000}|{1,2,3}|11|2|2");
    assertThat(database.rows(LATE)).isEmpty();
  }

  @Test
  void newestOfOneBatchWins() throws Exception {
    writer.write(chunk(FIRST_LIFE, 1, 2, 1, 2), chunk(FIRST_LIFE, 1, 1, 1));

    assertThat(database.rows(ROW)).containsExactly("{0,1000}|{1,2}|11|1|2");
  }

  @Test
  void emptyChunkRetractsItsPoints() throws Exception {
    writer.write(chunk(FIRST_LIFE, 1, 1, 1));
    writer.write(chunk(FIRST_LIFE, 1, 2));

    assertThat(database.rows(ROW)).containsExactly("{}|{}|11|1|2");
  }

  @Test
  void otherIncarnationNeverReplacesAndItsNewPointsBecomeLate() throws Exception {
    writer.write(chunk(FIRST_LIFE, 1, 1, 1, 2, 3));
    writer.write(chunk(SECOND_LIFE, 2, 1, 1, 7, 3, 4));

    assertThat(database.rows(ROW)).containsExactly("{0,1000,2000}|{1,2,3}|11|1|1");
    assertThat(database.rows(LATE)).containsExactly("1000|7", "3000|4");
    assertThat(database.rows(REPAIRS)).containsExactly("1m|0|incarnation");
  }

  @Test
  void refusedChunkWrittenAgainChangesOnlyWhatIsNew() throws Exception {
    writer.write(chunk(FIRST_LIFE, 1, 1, 1));
    writer.write(chunk(SECOND_LIFE, 2, 1, 1, 7));
    database.execute("DELETE FROM repair_windows");
    writer.write(chunk(SECOND_LIFE, 2, 2, 1, 7));
    assertThat(database.rows(REPAIRS)).isEmpty();

    writer.write(chunk(SECOND_LIFE, 2, 3, 1, 8));
    assertThat(database.rows(LATE)).containsExactly("1000|8");
    assertThat(database.rows(REPAIRS)).containsExactly("1m|0|incarnation");
  }

  @Test
  void bitsOfEveryValueAreKept() throws Exception {
    double stale = Double.longBitsToDouble(0x7ff0000000000002L);
    writer.write(chunk(FIRST_LIFE, 1, 1, stale, -0.0, Double.NaN, Double.NEGATIVE_INFINITY));

    assertThat(
            database.rows(
                "SELECT encode(float8send(v), 'hex') FROM chunks, unnest(point_values) AS v"))
        .containsExactly(
            "7ff0000000000002", "8000000000000000", "7ff8000000000000", "fff0000000000000");
  }

  @Test
  void chunkOverADayIsRefusedAlone() throws Exception {
    PointChunk wide =
        new PointChunk(SERIES, 0, 86_400_001, new int[] {0}, new double[] {1}, FIRST_LIFE, 1, 1);
    writer.write(wide, chunk(FIRST_LIFE, 1, 2, 1));

    assertThat(database.rows(ROW)).hasSize(1);
    assertThat(database.rows("SELECT path, detail FROM rejected"))
        .singleElement()
        .asString()
        .contains("chunk_start=1970-01-01T00:00:00Z", "23514", "chunks_at_most_a_day");
  }
}
