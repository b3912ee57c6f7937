package oht50.metrics.sink.postgres;

import static oht50.metrics.sink.postgres.Samples.FIRST_LIFE;
import static oht50.metrics.sink.postgres.Samples.MINUTE;
import static oht50.metrics.sink.postgres.Samples.NOON;
import static oht50.metrics.sink.postgres.Samples.SECOND_LIFE;
import static oht50.metrics.sink.postgres.Samples.corrected;
import static oht50.metrics.sink.postgres.Samples.early;
import static oht50.metrics.sink.postgres.Samples.ofSecondLife;
import static oht50.metrics.sink.postgres.Samples.rollup;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import oht50.metrics.model.Cause;
import oht50.metrics.model.Rollup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RollupsTableTest {
  private static final String ROW =
      "SELECT sum, is_final, revision, cause, epoch, seq FROM rollups";
  private static final String HISTORY =
      "SELECT sum, revision, cause FROM rollup_history ORDER BY revision";

  private static final String FLOW =
      "SELECT increase, boundary_increase, time_weighted_avg, covered_seconds, largest_gap_seconds"
          + " FROM rollups ORDER BY window_start";

  private Database database;
  private WriterUnderTest<Rollup> writer;

  @BeforeEach
  void start() {
    database = Database.empty();
    writer = new WriterUnderTest<>(new RollupsTable(), new Connections(database.settings()));
  }

  @AfterEach
  void stop() {
    writer.close();
  }

  @Test
  void earlyRowsReplaceEachOtherWithoutHistory() throws Exception {
    writer.write(early(1, 1, 1));
    writer.write(early(2, 1, 2));

    assertThat(database.rows(ROW)).containsExactly("2|f|0|on_time|1|2");
    assertThat(database.rows(HISTORY)).isEmpty();
  }

  @Test
  void whatAKindOfSeriesDoesNotHaveIsNull() throws Exception {
    writer.write(rollup(1, 1, 1));
    writer.write(Samples.withFlow(NOON + MINUTE, 3, 2, Double.NaN, 45_500, 14_500));

    assertThat(database.rows(FLOW)).containsExactly("-|-|-|-|-", "3|2|NaN|45.5|14.5");
  }

  @Test
  void aStepThatChangesOverTheBoundaryAloneIsACorrection() throws Exception {
    writer.write(Samples.withFlow(NOON, 3, 2, 7, 60_000, 14_500));
    writer.write(Samples.withFlow(NOON, 4, 3, 7, 60_000, 14_500).stamped(1, 2));
    writer.write(Samples.withFlow(NOON, 4, 3, 8, 60_000, 14_500).stamped(1, 3));
    writer.write(Samples.withFlow(NOON, 4, 3, 8, 60_000, 14_500).stamped(1, 4));

    assertThat(database.rows("SELECT increase, time_weighted_avg, revision FROM rollups"))
        .containsExactly("4|8|2");
    assertThat(
            database.rows(
                "SELECT increase, time_weighted_avg, revision FROM rollup_history ORDER BY revision"))
        .containsExactly("3|7|0", "4|7|1");
    assertThat(
            database.rows(
                "SELECT increase, time_weighted_avg, covered_seconds, largest_gap_seconds, revision"
                    + " FROM rollups_as_of((SELECT min(visible_until) FROM rollup_history))"))
        .containsExactly("4|7|60|14.5|1");
  }

  @Test
  void firstFinalRowHasRevisionZero() throws Exception {
    writer.write(early(1, 1, 1));
    writer.write(rollup(2, 1, 2));

    assertThat(database.rows(ROW)).containsExactly("2|t|0|on_time|1|2");
    assertThat(database.rows(HISTORY)).isEmpty();
  }

  @Test
  void earlyRowNeverReplacesAFinalOne() throws Exception {
    writer.write(rollup(2, 1, 1));
    writer.write(early(9, 2, 1));

    assertThat(database.rows(ROW)).containsExactly("2|t|0|on_time|1|1");
  }

  @Test
  void earlyRowNeverReplacesAFinalOneOfTheSameBatch() throws Exception {
    writer.write(rollup(2, 1, 1), early(9, 1, 2));

    assertThat(database.rows(ROW)).containsExactly("2|t|0|on_time|1|1");
  }

  @Test
  void newerPairWinsAndOlderLoses() throws Exception {
    writer.write(early(1, 2, 7));
    writer.write(early(9, 1, 99));
    writer.write(early(9, 2, 6));
    assertThat(database.rows(ROW)).containsExactly("1|f|0|on_time|2|7");

    writer.write(early(3, 3, 1));
    assertThat(database.rows(ROW)).containsExactly("3|f|0|on_time|3|1");
  }

  @Test
  void sameValuesAdvanceOnlyEpochAndSeq() throws Exception {
    writer.write(corrected(5, Cause.LATE, 1, 1));
    List<String> seen = database.rows("SELECT updated_at, revision, cause FROM rollups");
    writer.write(rollup(5, 2, 1));

    assertThat(database.rows("SELECT updated_at, revision, cause FROM rollups")).isEqualTo(seen);
    assertThat(database.rows(ROW)).containsExactly("5|t|0|late|2|1");
    assertThat(database.rows(HISTORY)).isEmpty();
  }

  @Test
  void correctionCountsTheRevisionAndKeepsTheOldRow() throws Exception {
    writer.write(rollup(1, 1, 1));
    writer.write(corrected(2, Cause.LATE, 1, 2));
    writer.write(corrected(3, Cause.DEFINITION, 1, 3));

    assertThat(database.rows(ROW)).containsExactly("3|t|2|definition|1|3");
    assertThat(database.rows(HISTORY)).containsExactly("1|0|on_time", "2|1|late");
  }

  @Test
  void historySaysWhenARowWasVisible() throws Exception {
    writer.write(rollup(1, 1, 1));
    writer.write(corrected(2, Cause.LATE, 1, 2));

    assertThat(
            database.rows(
                "SELECT h.visible_from = h.updated_at, h.visible_until = r.updated_at,"
                    + " h.visible_from < h.visible_until"
                    + " FROM rollup_history h JOIN rollups r USING (series_id)"))
        .containsExactly("t|t|t");
    assertThat(
            database.rows(
                "SELECT r.sum, r.revision FROM rollup_history h, rollups_as_of(h.visible_from) r"))
        .containsExactly("1|0");
    assertThat(
            database.rows(
                "SELECT r.sum, r.revision FROM rollup_history h, rollups_as_of(h.visible_until) r"))
        .containsExactly("2|1");
  }

  @Test
  void otherValuesAfterARestartAreAReplay() throws Exception {
    writer.write(rollup(1, 1, 1));
    writer.write(rollup(2, 2, 1));

    assertThat(database.rows(ROW)).containsExactly("2|t|1|replay|2|1");
  }

  @Test
  void nanEqualsNan() throws Exception {
    writer.write(rollup(Double.NaN, 1, 1));
    writer.write(rollup(Double.NaN, 2, 1));

    assertThat(database.rows(ROW)).containsExactly("NaN|t|0|on_time|2|1");
  }

  @Test
  void otherIncarnationIsRefusedAndItsWindowMarkedForRepair() throws Exception {
    writer.write(rollup(1, 1, 1));
    writer.write(ofSecondLife(9, 2, 1));

    assertThat(database.rows(ROW)).containsExactly("1|t|0|on_time|1|1");
    assertThat(
            database.rows(
                "SELECT \"interval\", to_millis(window_start), cause FROM repair_windows"))
        .containsExactly("1m|" + NOON + "|incarnation");
  }

  private static Rollup repaired(double value, boolean isFinal, long life, long epoch, long seq) {
    return rollup(NOON, value, isFinal, Cause.BACKFILL, life, epoch, seq);
  }

  @Test
  void whatARepairMadeTakesThePlaceOfAnotherLifesRow() throws Exception {
    writer.write(rollup(1, 1, 1));
    writer.write(repaired(9, true, SECOND_LIFE, 2, 1));

    assertThat(database.rows(ROW)).containsExactly("9|t|1|backfill|2|1");
    assertThat(database.rows("SELECT incarnation FROM rollups")).containsExactly("22");
    assertThat(database.rows(HISTORY)).containsExactly("1|0|on_time");
    assertThat(database.rows("SELECT * FROM repair_windows")).isEmpty();

    writer.write(rollup(8, 2, 2));
    assertThat(database.rows(ROW)).containsExactly("9|t|1|backfill|2|1");
    assertThat(database.rows("SELECT cause FROM repair_windows")).containsExactly("incarnation");
  }

  @Test
  void whatARepairMadeOfAnOlderAttemptIsRefused() throws Exception {
    writer.write(rollup(1, 2, 1));
    writer.write(repaired(9, true, SECOND_LIFE, 1, 9));

    assertThat(database.rows(ROW)).containsExactly("1|t|0|on_time|2|1");
    assertThat(database.rows("SELECT * FROM repair_windows")).isEmpty();
  }

  @Test
  void whatARepairMadeTooEarlyReplacesNothingFinalAndIsNotAskedForAgain() throws Exception {
    writer.write(rollup(1, 1, 1));
    writer.write(repaired(9, false, SECOND_LIFE, 2, 1));
    writer.write(repaired(9, false, FIRST_LIFE, 2, 2));

    assertThat(database.rows(ROW)).containsExactly("1|t|0|on_time|1|1");
    assertThat(database.rows("SELECT * FROM repair_windows")).isEmpty();
  }

  @Test
  void inOneBatchARowFollowsTheRepairsInTheNewLife() throws Exception {
    writer.write(rollup(1, 1, 1));
    writer.write(
        repaired(2, true, SECOND_LIFE, 2, 1),
        ofSecondLife(3, 2, 2),
        repaired(4, true, SECOND_LIFE, 2, 3));

    assertThat(database.rows(ROW)).containsExactly("4|t|2|backfill|2|3");
    assertThat(database.rows("SELECT incarnation FROM rollups")).containsExactly("22");
    assertThat(database.rows("SELECT * FROM repair_windows")).isEmpty();
  }

  @Test
  void aRefusedRowRenewsTheRequestAndSaysNothingOfTheFrontier() throws Exception {
    writer.write(rollup(1, 1, 1));
    writer.write(ofSecondLife(9, 2, 1));
    database.execute(
        "UPDATE repair_windows SET requested_at = 'epoch', asked_at = now(), frontier = 'infinity'");
    writer.write(ofSecondLife(9, 2, 2));

    assertThat(
            database.rows(
                "SELECT requested_at > '2020-01-01', asked_at, frontier FROM repair_windows"))
        .containsExactly("t|-|-");
  }

  @Test
  void olderRowMarksNothingForRepair() throws Exception {
    writer.write(rollup(1, 2, 1));
    writer.write(rollup(9, 1, 1), ofSecondLife(9, 1, 2));

    assertThat(database.rows("SELECT * FROM repair_windows")).isEmpty();
  }

  @Test
  void twoIncarnationsInOneBatchAreWrittenOneAfterTheOther() throws Exception {
    writer.write(early(1, 1, 1), ofSecondLife(9, 1, 2));

    assertThat(database.rows(ROW)).containsExactly("1|f|0|on_time|1|1");
    assertThat(database.rows("SELECT cause FROM repair_windows")).containsExactly("incarnation");
  }

  @Test
  void aBatchFullOfRepeatsSaysTheSameAsOneRowAfterTheOther() throws Exception {
    Random random = new Random(7);
    List<Rollup> rows = new ArrayList<>();
    for (int seq = 1; seq <= 300; seq++) {
      long start = NOON + random.nextInt(30) * MINUTE;
      boolean isFinal = random.nextInt(3) == 0;
      rows.add(rollup(start, random.nextInt(4), isFinal, Cause.LATE, FIRST_LIFE, 1, seq));
    }
    Collections.shuffle(rows, random);
    writer.write(rows.toArray(new Rollup[0]));
    String query =
        "SELECT to_millis(window_start), sum, is_final, epoch, seq FROM rollups ORDER BY 1";
    List<String> folded = database.rows(query);

    database.execute("TRUNCATE rollups, rollup_history");
    for (Rollup row : rows) {
      writer.write(row);
    }
    assertThat(folded).hasSize(30).isEqualTo(database.rows(query));
  }

  @Test
  void rowThatTheDatabaseRefusesIsIsolated() throws Exception {
    List<Rollup> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      long start = i == 13 ? Long.MAX_VALUE - MINUTE : NOON + i * MINUTE;
      rows.add(rollup(start, i, true, Cause.ON_TIME, FIRST_LIFE, 1, i));
    }
    writer.write(rows.toArray(new Rollup[0]));

    assertThat(database.rows("SELECT count(*) FROM rollups")).containsExactly("19");
    assertThat(database.rows("SELECT topic, partition, reason, path, detail FROM rejected"))
        .singleElement()
        .asString()
        .startsWith("table:rollups|-1|REFUSED_BY_DATABASE|series_id=" + Samples.SERIES)
        .contains("interval=1m", "22008");
    assertThat(writer.metrics.written()).isEqualTo(19);
    assertThat(writer.metrics.refused()).isEqualTo(1);
  }
}
