package oht50.metrics.sink.postgres;

import static oht50.metrics.sink.postgres.Samples.FIRST_LIFE;
import static oht50.metrics.sink.postgres.Samples.MINUTE;
import static oht50.metrics.sink.postgres.Samples.NOON;
import static oht50.metrics.sink.postgres.Samples.SECOND_LIFE;
import static oht50.metrics.sink.postgres.Samples.SERIES;
import static org.assertj.core.api.Assertions.assertThat;

import oht50.metrics.model.Cause;
import oht50.metrics.model.Rollup;
import oht50.metrics.time.Interval;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Days of one series that are cut by different zones. */
class OverlappingDaysTest {
  private static final long HOUR = 60 * MINUTE;

  /** Hours since noon, values, whether final, revision, cause. */
  private static final String DAYS =
      "SELECT (to_millis(window_start) - "
          + NOON
          + ") / 3600000, (to_millis(window_end) - "
          + NOON
          + ") / 3600000, count, sum, is_final, revision, cause FROM rollups ORDER BY window_start";

  private static final String SEEN =
      "SELECT (to_millis(start_time) - "
          + NOON
          + ") / 3600000, metric_value FROM metrics_aggregated WHERE aggregation_type = 'sum'"
          + " ORDER BY start_time";

  private Database database;
  private WriterUnderTest<Rollup> writer;

  @BeforeEach
  void start() throws Exception {
    database = Database.empty();
    writer = new WriterUnderTest<>(new RollupsTable(), new Connections(database.settings()));
  }

  @AfterEach
  void stop() {
    writer.close();
  }

  private static Rollup day(
      long fromHour, double value, boolean isFinal, Cause cause, long life, long epoch, long seq) {
    return lasting(fromHour, 24, 1, value, isFinal, cause, life, epoch, seq);
  }

  private static Rollup lasting(
      long fromHour,
      long hours,
      long count,
      double value,
      boolean isFinal,
      Cause cause,
      long life,
      long epoch,
      long seq) {
    return new Rollup(
        SERIES,
        Interval.DAY,
        NOON + fromHour * HOUR,
        NOON + (fromHour + hours) * HOUR,
        count,
        value,
        value,
        value,
        value,
        value,
        Rollup.NONE,
        Rollup.NONE,
        Rollup.NONE,
        -1,
        -1,
        isFinal,
        cause,
        life,
        epoch,
        seq);
  }

  private static Rollup finalDay(long fromHour, double value, long epoch, long seq) {
    return day(fromHour, value, true, Cause.ON_TIME, FIRST_LIFE, epoch, seq);
  }

  @Test
  void ofTwoFinalDaysTheOneWrittenLastStandsAndTheOtherIsHistory() throws Exception {
    writer.write(finalDay(0, 5, 1, 1));
    writer.write(finalDay(7, 6, 1, 2));

    assertThat(database.rows(DAYS))
        .containsExactly("0|24|0|0|t|1|definition", "7|31|1|6|t|0|on_time");
    assertThat(database.rows("SELECT sum, revision, cause FROM rollup_history"))
        .containsExactly("5|0|on_time");
  }

  @Test
  void aDayOfAProcessThatWasThoughtDeadIsWithdrawnAtOnce() throws Exception {
    writer.write(finalDay(7, 6, 2, 1));
    writer.write(finalDay(0, 5, 1, 99));
    writer.write(finalDay(0, 5, 1, 100));

    assertThat(database.rows("SELECT sum FROM rollups WHERE count > 0")).containsExactly("6");
  }

  @Test
  void anEarlyDayDoesNotWithdrawAFinalOneAndComesBackWhenItIsFinal() throws Exception {
    writer.write(finalDay(0, 5, 1, 1));
    writer.write(day(7, 6, false, Cause.ON_TIME, FIRST_LIFE, 2, 1));
    assertThat(database.rows("SELECT sum FROM rollups WHERE count > 0")).containsExactly("5");

    writer.write(finalDay(7, 7, 2, 2));
    assertThat(database.rows("SELECT sum FROM rollups WHERE count > 0")).containsExactly("7");
  }

  @Test
  void aDayOfAnotherLifeStaysAndTheRepairOfTheNewOneIsAskedFor() throws Exception {
    writer.write(finalDay(0, 5, 1, 1));
    writer.write(day(7, 6, true, Cause.ON_TIME, SECOND_LIFE, 2, 1));

    assertThat(database.rows("SELECT sum FROM rollups WHERE count > 0")).containsExactly("5");
    assertThat(
            database.rows(
                "SELECT \"interval\", (to_millis(window_start) - "
                    + NOON
                    + ") / 3600000, cause FROM repair_windows"))
        .containsExactly("1d|7|incarnation");
  }

  @Test
  void aDayThatARepairMadeStandsForAnotherLifesUnlessItIsEarlyAndThatIsFinal() throws Exception {
    writer.write(finalDay(0, 5, 1, 1));
    writer.write(day(7, 6, false, Cause.BACKFILL, SECOND_LIFE, 2, 1));
    assertThat(database.rows("SELECT sum FROM rollups WHERE count > 0")).containsExactly("5");

    writer.write(day(7, 6, true, Cause.BACKFILL, SECOND_LIFE, 2, 2));
    assertThat(database.rows("SELECT sum FROM rollups WHERE count > 0")).containsExactly("6");
    assertThat(database.rows("SELECT * FROM repair_windows")).isEmpty();
  }

  @Test
  void oneDayAfterTheOtherStays() throws Exception {
    writer.write(finalDay(0, 5, 1, 1));
    writer.write(finalDay(24, 6, 1, 2));
    writer.write(finalDay(-24, 7, 1, 3));

    assertThat(database.rows("SELECT sum FROM rollups WHERE count > 0 ORDER BY sum"))
        .containsExactly("5", "6", "7");
  }

  @Test
  void aDayThatEndsLaterThanItDidIsOpenAgainForThatReasonOnly() throws Exception {
    writer.write(finalDay(0, 5, 1, 1));
    writer.write(lasting(0, 25, 2, 6, false, Cause.ON_TIME, FIRST_LIFE, 1, 2));
    assertThat(database.rows(DAYS)).containsExactly("0|24|1|5|t|0|on_time");

    writer.write(
        lasting(0, 25, 2, 6, false, Cause.DEFINITION, FIRST_LIFE, 1, 3),
        lasting(0, 25, 3, 7, false, Cause.ON_TIME, FIRST_LIFE, 1, 4));
    assertThat(database.rows(DAYS)).containsExactly("0|25|3|7|f|1|definition");

    writer.write(lasting(0, 25, 4, 8, true, Cause.ON_TIME, FIRST_LIFE, 1, 5));
    assertThat(database.rows(DAYS)).containsExactly("0|25|4|8|t|1|on_time");
  }

  @Test
  void aReaderSeesTheDaysOfOneZone() throws Exception {
    database.execute(
        "INSERT INTO series (series_id, metric_name, labels, metric_type, kind, canonical, entity,"
            + " incarnation, first_timestamp, epoch, seq) VALUES ("
            + SERIES
            + ", 'm', '{}', 'gauge', 1, 'm{}', 'e', 11, now(), 1, 1)");
    writer.write(finalDay(0, 5, 1, 1), finalDay(24, 6, 1, 2));
    writer.write(
        lasting(24, 24, 0, Double.NaN, true, Cause.DEFINITION, FIRST_LIFE, 1, 3),
        lasting(0, 7, 1, 1, true, Cause.DEFINITION, FIRST_LIFE, 1, 4),
        day(7, 2, true, Cause.DEFINITION, FIRST_LIFE, 1, 5),
        day(31, 3, false, Cause.DEFINITION, FIRST_LIFE, 1, 6));

    assertThat(database.rows(SEEN)).containsExactly("0|1", "7|2", "31|3");
    assertThat(database.rows("SELECT count(*) FROM corrections WHERE cause = 'definition'"))
        .isNotEqualTo(java.util.List.of("0"));
  }
}
