package oht50.metrics.sink.postgres;

import static oht50.metrics.sink.postgres.Samples.BATTERY;
import static oht50.metrics.sink.postgres.Samples.FIRST_LIFE;
import static oht50.metrics.sink.postgres.Samples.NOON;
import static oht50.metrics.sink.postgres.Samples.SECOND_LIFE;
import static oht50.metrics.sink.postgres.Samples.SERIES;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import oht50.metrics.model.LatestPoint;
import oht50.metrics.model.StaleMarker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LatestPointsTableTest {
  private static final String ROW =
      "SELECT to_millis(\"timestamp\") - " + NOON + ", value, epoch, seq FROM latest_points";

  private Database database;
  private WriterUnderTest<LatestPoint> writer;

  @BeforeEach
  void start() {
    database = Database.empty();
    writer = new WriterUnderTest<>(new LatestPointsTable(), new Connections(database.settings()));
  }

  @AfterEach
  void stop() {
    writer.close();
  }

  private static LatestPoint point(long life, long at, double value, long epoch, long seq) {
    return new LatestPoint(SERIES, NOON + at, value, 5, seq, life, Long.MIN_VALUE, epoch, seq);
  }

  private static LatestPoint late(long life, long at, double value, long offset, long seq) {
    return new LatestPoint(SERIES, NOON + at, value, 5, offset, life, LatestPoint.NOTHING, 1, seq);
  }

  @Test
  void newerPointReplacesAndTheSameOfAnotherValueToo() throws Exception {
    writer.write(point(FIRST_LIFE, 1, 10, 1, 1));
    writer.write(point(FIRST_LIFE, 2, 20, 1, 2));
    assertThat(database.rows(ROW)).containsExactly("2|20|1|2");

    writer.write(point(FIRST_LIFE, 2, 21, 1, 3));
    assertThat(database.rows(ROW)).containsExactly("2|21|1|3");
  }

  @Test
  void writeOfAFailedAttemptLoses() throws Exception {
    writer.write(point(FIRST_LIFE, 1, 10, 2, 1));
    writer.write(point(FIRST_LIFE, 5, 50, 1, 9));

    assertThat(database.rows(ROW)).containsExactly("1|10|2|1");
  }

  @Test
  void whoKnowsAllPointsOfALifeGoesBackToAnOlderOne() throws Exception {
    writer.write(point(FIRST_LIFE, 5, 50, 1, 9));
    writer.write(point(FIRST_LIFE, 1, 10, 2, 1));

    assertThat(database.rows(ROW)).containsExactly("1|10|2|1");
  }

  @Test
  void olderPointOfAnotherLifeReplacesNothing() throws Exception {
    writer.write(point(FIRST_LIFE, 5, 50, 1, 1));
    writer.write(point(SECOND_LIFE, 1, 10, 2, 1));
    assertThat(database.rows(ROW)).containsExactly("5|50|1|1");

    writer.write(point(SECOND_LIFE, 6, 60, 2, 2));
    assertThat(database.rows(ROW)).containsExactly("6|60|2|2");
  }

  @Test
  void olderPointReplacesNothingOfWhichItsWriterDoesNotKnow() throws Exception {
    writer.write(point(FIRST_LIFE, 5, 50, 1, 1));
    writer.write(
        new LatestPoint(SERIES, NOON + 1, 10, 5, 2, FIRST_LIFE, NOON + 6, 1, 2),
        late(FIRST_LIFE, 4, 40, 3, 3));

    assertThat(database.rows(ROW)).containsExactly("5|50|1|1");
  }

  @Test
  void latePointReplacesAnOlderOneAndWinsOverTheChunksOfItsTime() throws Exception {
    writer.write(point(FIRST_LIFE, 1, 10, 1, 1));
    writer.write(late(FIRST_LIFE, 1, 11, 0, 2));
    assertThat(database.rows(ROW)).containsExactly("1|11|1|2");

    writer.write(point(FIRST_LIFE, 1, 10, 1, 3));
    assertThat(database.rows(ROW)).containsExactly("1|11|1|2");

    writer.write(late(FIRST_LIFE, 2, 20, 0, 4));
    assertThat(database.rows(ROW)).containsExactly("2|20|1|4");
  }

  @Test
  void ofTwoLatePointsOfOneTimeTheOneOfTheHigherPositionStays() throws Exception {
    writer.write(late(FIRST_LIFE, 1, 10, 7, 1), late(FIRST_LIFE, 1, 11, 6, 2));

    assertThat(database.rows(ROW)).containsExactly("1|10|1|1");
  }

  @Test
  void aBatchSaysTheSameAsItsRowsOneByOne() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    for (int run = 0; run < 200; run++) {
      List<LatestPoint> rows = new ArrayList<>();
      for (int seq = 1; seq <= 6; seq++) {
        long life = random.nextInt(4) == 0 ? SECOND_LIFE : FIRST_LIFE;
        int at = random.nextInt(4);
        rows.add(
            random.nextInt(4) == 0
                ? late(life, at, seq, random.nextInt(3), seq)
                : new LatestPoint(
                    SERIES, NOON + at, seq, 5, seq, life, NOON + random.nextInt(at + 1), 1, seq));
      }
      for (LatestPoint row : rows) {
        writer.write(row);
      }
      List<String> oneByOne = database.rows(ROW);
      database.execute("TRUNCATE latest_points");
      writer.write(rows.toArray(LatestPoint[]::new));
      assertThat(database.rows(ROW)).as(rows.toString()).isEqualTo(oneByOne);
      database.execute("TRUNCATE latest_points");
    }
  }

  @Test
  void theViewShowsTheEndOfASeriesAndNoValue() throws Exception {
    database.execute(
        """
        INSERT INTO series (series_id, metric_name, labels, metric_type, kind, canonical, entity, incarnation,
          first_timestamp, epoch, seq)
        VALUES (?, 'oht50_robot_battery_percent', '{"robot_id": "OHT-50-001"}', 'gauge', 1, ?, 'OHT-50-001', 1,
          now(), 1, 1)
        """,
        SERIES,
        BATTERY.canonical());
    String view =
        "SELECT metric_name, metric_value, to_millis(\"timestamp\") - "
            + NOON
            + ", labels, metric_type, is_stale FROM metrics_latest";
    writer.write(point(FIRST_LIFE, 1, Double.NaN, 1, 1));
    assertThat(database.rows(view))
        .containsExactly(
            "oht50_robot_battery_percent|NaN|1|{\"robot_id\": \"OHT-50-001\"}|gauge|f");

    writer.write(point(FIRST_LIFE, 2, StaleMarker.VALUE, 1, 2));
    assertThat(database.rows(view))
        .containsExactly("oht50_robot_battery_percent|-|2|{\"robot_id\": \"OHT-50-001\"}|gauge|t");
  }

  @Test
  void updatesTouchNoIndexAndStayOnTheirPage() throws Exception {
    for (int seq = 1; seq <= 50; seq++) {
      writer.write(point(FIRST_LIFE, seq, seq, 1, seq));
    }
    assertThat(
            database.rows(
                "SELECT count(*) FROM pg_index WHERE indrelid = 'latest_points'::regclass"))
        .containsExactly("1");
    assertThat(
            database.rows(
                "SELECT reloptions @> '{fillfactor=50}' FROM pg_class WHERE relname = 'latest_points'"))
        .containsExactly("t");
    assertThat(database.rows("SELECT split_part(ctid::text, ',', 1) FROM latest_points"))
        .containsExactly("(0");
  }
}
