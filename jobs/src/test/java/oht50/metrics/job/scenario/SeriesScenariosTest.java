package oht50.metrics.job.scenario;

import static oht50.metrics.job.scenario.Instants.DAY;
import static oht50.metrics.job.scenario.Instants.HOUR;
import static oht50.metrics.job.scenario.Instants.MIDNIGHT;
import static oht50.metrics.job.scenario.Instants.MINUTE;
import static oht50.metrics.job.scenario.Instants.NOON;
import static oht50.metrics.job.scenario.Instants.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.Series;
import oht50.metrics.series.SeriesOptions;
import oht50.metrics.time.Interval;
import org.junit.jupiter.api.Test;

/** The series operator, and the counting operator before it, in every way to run them. */
class SeriesScenariosTest {
  private static final Series TEMPERATURE = Series.gauge("temperature", "robot_id", "OHT-1");
  private static final Series CURRENT = Series.gauge("current", "robot_id", "OHT-1");
  private static final Series POSITION = Series.gauge("oht50_robot_x", "robot_id", "OHT-1");
  private static final Series NEIGHBOUR = Series.gauge("temperature", "robot_id", "OHT-2");
  private static final Series STOPS =
      Series.of("stops", Labels.of("robot_id", "OHT-1"), MetricKind.DELTA);
  private static final Series ALL_FACTS =
      Series.of("facts", Labels.of("robot_id", "OHT-1"), MetricKind.DELTA);

  @Test
  void aLateFactOfYesterdayAddsToADayWhosePointsHaveLeft() throws Exception {
    SeriesTables tables =
        new SeriesScenario()
            .fact(1, MIDNIGHT - 5 * HOUR, STOPS)
            .watermark(MIDNIGHT - 5 * HOUR + MINUTE)
            .watermark(MIDNIGHT + 6 * MINUTE)
            .fact(2, MIDNIGHT - 20 * MINUTE, STOPS)
            .silence(MIDNIGHT + HOUR)
            .run(Way.straight());

    assertThat(tables.row(STOPS, Interval.DAY, MIDNIGHT - DAY).count()).isEqualTo(2);
  }

  @Test
  void samplesOnTimeAddUpInEveryInterval() throws Exception {
    SeriesTables tables =
        new SeriesScenario()
            .sample(TEMPERATURE, NOON, 3)
            .sample(NEIGHBOUR, NOON + SECOND, 10)
            .batch(NOON + 30 * SECOND, new Series[] {TEMPERATURE, CURRENT}, 1, 0.5)
            .watermark(NOON + 28 * SECOND)
            .fact(1, NOON + 40 * SECOND, STOPS, ALL_FACTS)
            .fact(2, NOON + 40 * SECOND + 1, ALL_FACTS)
            .sample(TEMPERATURE, NOON + 59_999, 2)
            .watermark(NOON + 58 * SECOND)
            .watermark(NOON + 3 * MINUTE)
            .sample(TEMPERATURE, NOON + 4 * MINUTE, 7)
            .watermark(NOON + HOUR)
            .silence(NOON + HOUR)
            .run();

    assertRow(tables, TEMPERATURE, Interval.MINUTE, NOON, 3, 6, 1, 3);
    assertRow(tables, TEMPERATURE, Interval.FIVE_MINUTES, NOON, 4, 13, 1, 7);
    assertRow(tables, TEMPERATURE, Interval.HOUR, NOON, 4, 13, 1, 7);
    assertRow(tables, TEMPERATURE, Interval.DAY, MIDNIGHT, 4, 13, 1, 7);
    assertRow(tables, NEIGHBOUR, Interval.DAY, MIDNIGHT, 1, 10, 10, 10);
    assertRow(tables, CURRENT, Interval.QUARTER, NOON, 1, 0.5, 0.5, 0.5);
    assertRow(tables, STOPS, Interval.MINUTE, NOON, 1, 1, 1, 1);
    assertRow(tables, ALL_FACTS, Interval.DAY, MIDNIGHT, 1, 2, 2, 2);
  }

  @Test
  void aSampleLateInsideTheHorizonCorrectsEveryWindowAbove() throws Exception {
    SeriesTables tables =
        new SeriesScenario()
            .sample(TEMPERATURE, NOON + SECOND, 3)
            .sample(CURRENT, NOON + SECOND, 30)
            .fact(1, NOON + SECOND, STOPS)
            .watermark(NOON + 90 * MINUTE)
            .sample(TEMPERATURE, NOON + 2 * SECOND, 5)
            .sample(TEMPERATURE, NOON, 7)
            .fact(2, NOON + SECOND, STOPS)
            .fact(3, NOON + 2 * SECOND, STOPS)
            .watermark(NOON + 90 * MINUTE + 1)
            .watermark(NOON + 91 * MINUTE)
            .silence(NOON + 2 * HOUR)
            .run();

    assertRow(tables, TEMPERATURE, Interval.MINUTE, NOON, 3, 15, 3, 7);
    assertRow(tables, TEMPERATURE, Interval.HOUR, NOON, 3, 15, 3, 7);
    assertRow(tables, TEMPERATURE, Interval.DAY, MIDNIGHT, 3, 15, 3, 7);
    assertRow(tables, CURRENT, Interval.HOUR, NOON, 1, 30, 30, 30);
    assertRow(tables, STOPS, Interval.HOUR, NOON, 2, 3, 1, 2);
    assertThat(tables.revision(TEMPERATURE, Interval.HOUR, NOON)).isEqualTo(1);
    assertThat(tables.revision(CURRENT, Interval.HOUR, NOON)).isZero();
    assertThat(tables.late()).isZero();
  }

  @Test
  void aSampleLateBeyondTheHorizonIsALatePointAndChangesNoRow() throws Exception {
    SeriesTables tables =
        new SeriesScenario()
            .sample(TEMPERATURE, NOON, 1)
            .watermark(NOON + MINUTE)
            .sample(TEMPERATURE, NOON + 5 * HOUR, 2)
            .watermark(NOON + 5 * HOUR + MINUTE)
            .sample(TEMPERATURE, NOON + SECOND, 9)
            .sample(CURRENT, NOON + 5 * HOUR, 4)
            .watermark(NOON + 5 * HOUR + 2 * MINUTE)
            .silence(NOON + 6 * HOUR)
            .run();

    assertThat(tables.late()).isEqualTo(1);
    assertRow(tables, TEMPERATURE, Interval.MINUTE, NOON, 1, 1, 1, 1);
    assertRow(tables, TEMPERATURE, Interval.DAY, MIDNIGHT, 2, 3, 1, 2);
    assertThat(tables.points(TEMPERATURE)).isEqualTo(Map.of(NOON, 1.0, NOON + 5 * HOUR, 2.0));
  }

  @Test
  void moreThanTheAllowedPointsShortenTheHorizonInEveryWay() throws Exception {
    SeriesScenario scenario = new SeriesScenario(SeriesOptions.DEFAULTS.withHorizonPoints(12));
    for (int i = 0; i < 20; i++) {
      scenario.sample(POSITION, NOON + i * 30 * SECOND, i);
    }
    SeriesTables tables =
        scenario
            .watermark(NOON + 10 * MINUTE)
            .sample(POSITION, NOON + 3 * MINUTE + 1, 100)
            .sample(POSITION, NOON + 5 * MINUTE + 1, 100)
            .watermark(NOON + 10 * MINUTE + 1)
            .watermark(NOON + 11 * MINUTE)
            .run();

    assertThat(tables.late()).isEqualTo(1);
    assertRow(tables, POSITION, Interval.MINUTE, NOON + 3 * MINUTE, 2, 13, 6, 7);
    assertRow(tables, POSITION, Interval.MINUTE, NOON + 5 * MINUTE, 3, 121, 10, 100);
    assertRow(tables, POSITION, Interval.FIVE_MINUTES, NOON, 10, 45, 0, 9);
  }

  @Test
  void aRepeatChangesNothing() throws Exception {
    SeriesTables tables =
        new SeriesScenario()
            .sample(TEMPERATURE, NOON + SECOND, 3)
            .repeat()
            .fact(1, NOON + SECOND, STOPS)
            .repeat()
            .watermark(NOON + 30 * SECOND)
            .fact(1, NOON + SECOND, STOPS)
            .watermark(NOON + 2 * MINUTE)
            .fact(1, NOON + SECOND, STOPS)
            .sample(TEMPERATURE, NOON + SECOND, 3)
            .repeat()
            .watermark(NOON + HOUR)
            .silence(NOON + HOUR)
            .run();

    assertRow(tables, TEMPERATURE, Interval.HOUR, NOON, 1, 3, 3, 3);
    assertRow(tables, STOPS, Interval.HOUR, NOON, 1, 1, 1, 1);
    assertThat(tables.revision(TEMPERATURE, Interval.MINUTE, NOON)).isZero();
    assertThat(tables.revision(STOPS, Interval.MINUTE, NOON)).isZero();
  }

  @Test
  void ofConflictingValuesTheHighestPositionWins() throws Exception {
    SeriesTables tables =
        new SeriesScenario()
            .sample(TEMPERATURE, NOON + SECOND, 3)
            .sample(TEMPERATURE, NOON + SECOND, 4)
            .sample(TEMPERATURE, NOON + 2 * SECOND, 1)
            .watermark(NOON + 2 * MINUTE)
            .sample(TEMPERATURE, NOON + SECOND, 5)
            .sample(CURRENT, NOON + SECOND, 50)
            .watermark(NOON + 3 * MINUTE)
            .silence(NOON + 3 * MINUTE)
            .run();

    assertRow(tables, TEMPERATURE, Interval.MINUTE, NOON, 2, 6, 1, 5);
    assertRow(tables, TEMPERATURE, Interval.DAY, MIDNIGHT, 2, 6, 1, 5);
    assertThat(tables.revision(TEMPERATURE, Interval.MINUTE, NOON)).isEqualTo(1);
  }

  @Test
  void silenceLeavesNothingOfManyRobotsInState() throws Exception {
    SeriesScenario scenario = new SeriesScenario();
    for (int robot = 0; robot < 8; robot++) {
      scenario.sample(Series.gauge("t", "robot_id", "OHT-" + robot), NOON + robot * MINUTE, robot);
      scenario.fact(
          robot,
          NOON + robot * MINUTE,
          Series.of("stops", Labels.of("robot_id", "OHT-" + robot), MetricKind.DELTA));
    }
    SeriesTables tables = scenario.watermark(NOON + 9 * MINUTE).silence(NOON + 10 * MINUTE).run();

    Series last = Series.gauge("t", "robot_id", "OHT-7");
    assertRow(tables, last, Interval.DAY, MIDNIGHT, 1, 7, 7, 7);
  }

  @Test
  void aSeriesThatReturnsTheNextDayBeginsAnotherLife() throws Exception {
    SeriesTables tables =
        new SeriesScenario()
            .sample(TEMPERATURE, NOON, 1)
            .fact(1, NOON, STOPS)
            .watermark(NOON + MINUTE)
            .silence(NOON + MINUTE)
            .sample(TEMPERATURE, NOON + 4 * DAY, 2)
            .fact(2, NOON + 4 * DAY, STOPS)
            .watermark(NOON + 4 * DAY + MINUTE)
            .silence(NOON + 4 * DAY + MINUTE)
            .run();

    assertThat(tables.incarnations(TEMPERATURE)).isEqualTo(2);
    assertRow(tables, TEMPERATURE, Interval.DAY, MIDNIGHT, 1, 1, 1, 1);
    assertRow(tables, TEMPERATURE, Interval.DAY, MIDNIGHT + 4 * DAY, 1, 2, 2, 2);
    assertRow(tables, STOPS, Interval.DAY, MIDNIGHT + 4 * DAY, 1, 1, 1, 1);
  }

  @Test
  void aSeriesThatReturnsOnTheSameDayContinuesItsRow() throws Exception {
    SeriesTables tables =
        new SeriesScenario()
            .sample(TEMPERATURE, NOON, 1)
            .fact(1, NOON, STOPS)
            .watermark(NOON + 3 * HOUR)
            .watermark(NOON + 6 * HOUR)
            .sample(TEMPERATURE, NOON + 6 * HOUR + MINUTE, 2)
            .fact(2, NOON + 6 * HOUR + MINUTE, STOPS)
            .watermark(NOON + 7 * HOUR)
            .silence(NOON + 7 * HOUR)
            .run();

    assertThat(tables.incarnations(TEMPERATURE)).isEqualTo(1);
    assertRow(tables, TEMPERATURE, Interval.DAY, MIDNIGHT, 2, 3, 1, 2);
    assertRow(tables, STOPS, Interval.DAY, MIDNIGHT, 2, 2, 1, 1);
  }

  @Test
  void aFactThatComesAfterItsSecondHasLeftStateDoesNotReplaceTheCount() throws Exception {
    SeriesTables tables =
        new SeriesScenario()
            .fact(1, NOON, STOPS)
            .fact(2, NOON, STOPS)
            .watermark(NOON + MINUTE)
            .watermark(NOON + 2 * HOUR)
            .watermark(NOON + 3 * HOUR + MINUTE)
            .fact(3, NOON, STOPS)
            .watermark(NOON + 3 * HOUR + 2 * MINUTE)
            .silence(NOON + 4 * HOUR)
            .run();

    assertRow(tables, STOPS, Interval.MINUTE, NOON, 1, 2, 2, 2);
    assertRow(tables, STOPS, Interval.DAY, MIDNIGHT, 1, 2, 2, 2);
  }

  @Test
  void aNewSeriesTakesThePlaceOfOneThatHasLeft() throws Exception {
    SeriesScenario scenario = new SeriesScenario().sample(TEMPERATURE, NOON, 1);
    for (int hour = 0; hour < 20; hour++) {
      scenario.sample(CURRENT, NOON + hour * HOUR, hour).watermark(NOON + hour * HOUR + MINUTE);
    }
    long nextDay = NOON + 20 * HOUR;
    SeriesTables tables =
        scenario
            .sample(POSITION, nextDay, 9)
            .sample(POSITION, nextDay - 30 * MINUTE, 8)
            .sample(CURRENT, nextDay, 20)
            .watermark(nextDay + 2 * MINUTE)
            .silence(nextDay + HOUR)
            .run();

    assertRow(tables, TEMPERATURE, Interval.DAY, MIDNIGHT, 1, 1, 1, 1);
    assertRow(tables, CURRENT, Interval.DAY, MIDNIGHT, 12, 66, 0, 11);
    assertRow(tables, CURRENT, Interval.DAY, MIDNIGHT + DAY, 9, 144, 12, 20);
    assertRow(tables, POSITION, Interval.DAY, MIDNIGHT + DAY, 2, 17, 8, 9);
    assertRow(tables, POSITION, Interval.HOUR, nextDay - HOUR, 1, 8, 8, 8);
  }

  @Test
  void aNewSeriesWithAnOldTimeLeavesTheRowsBesideItAlone() throws Exception {
    SeriesScenario scenario = new SeriesScenario();
    for (int i = 0; i < 10; i++) {
      scenario
          .sample(TEMPERATURE, NOON + i * 30 * MINUTE, i)
          .watermark(NOON + i * 30 * MINUTE + MINUTE);
    }
    SeriesTables tables =
        scenario
            .sample(CURRENT, NOON + 2 * MINUTE, 5)
            .sample(POSITION, NOON + 31 * MINUTE, 6)
            .watermark(NOON + 5 * HOUR)
            .sample(TEMPERATURE, NOON + 5 * HOUR, 10)
            .watermark(NOON + 5 * HOUR + 2 * MINUTE)
            .silence(NOON + 6 * HOUR)
            .run();

    assertRow(tables, TEMPERATURE, Interval.MINUTE, NOON, 1, 0, 0, 0);
    assertRow(tables, TEMPERATURE, Interval.HOUR, NOON, 2, 1, 0, 1);
    assertRow(tables, TEMPERATURE, Interval.DAY, MIDNIGHT, 11, 55, 0, 10);
    assertRow(tables, CURRENT, Interval.HOUR, NOON, 1, 5, 5, 5);
    assertRow(tables, POSITION, Interval.HOUR, NOON, 1, 6, 6, 6);
    assertThat(tables.revision(TEMPERATURE, Interval.HOUR, NOON)).isZero();
  }

  @Test
  void theDayOnWhichClocksGoBackHasTwentyFiveHours() throws Exception {
    long start = Instant.parse("2026-10-24T22:00:00Z").toEpochMilli();
    long end = Instant.parse("2026-10-25T23:00:00Z").toEpochMilli();
    SeriesOptions berlin = SeriesOptions.DEFAULTS.withZone(ZoneId.of("Europe/Berlin"));
    SeriesTables tables =
        new SeriesScenario(berlin)
            .sample(TEMPERATURE, start - 1, 100)
            .sample(TEMPERATURE, start, 1)
            .watermark(start + MINUTE)
            .sample(TEMPERATURE, start + 13 * HOUR, 2)
            .watermark(start + 13 * HOUR + MINUTE)
            .sample(TEMPERATURE, end - HOUR, 3)
            .watermark(end - HOUR + MINUTE)
            .sample(TEMPERATURE, end - 1, 4)
            .sample(TEMPERATURE, end, 200)
            .watermark(end + MINUTE)
            .sample(TEMPERATURE, end - 2, 5)
            .watermark(end + 2 * MINUTE)
            .silence(end + HOUR)
            .run();

    Rollup day = tables.row(TEMPERATURE, Interval.DAY, start);
    assertThat(day.windowEnd() - day.windowStart()).isEqualTo(25 * HOUR);
    assertRow(tables, TEMPERATURE, Interval.DAY, start, 5, 15, 1, 5);
    assertRow(tables, TEMPERATURE, Interval.DAY, end, 1, 200, 200, 200);
    assertThat(tables.revision(TEMPERATURE, Interval.DAY, start)).isEqualTo(1);
  }

  @Test
  void aClockThatStandsStillAndThenJumpsLosesNothing() throws Exception {
    SeriesScenario scenario =
        new SeriesScenario().sample(TEMPERATURE, NOON, 0).watermark(NOON + SECOND);
    for (int i = 1; i <= 12; i++) {
      scenario.sample(TEMPERATURE, NOON + i * 20 * MINUTE, i).fact(i, NOON + i, STOPS);
    }
    SeriesTables tables =
        scenario
            .watermark(NOON + SECOND)
            .watermark(NOON + 4 * HOUR + MINUTE)
            .sample(TEMPERATURE, NOON + 4 * HOUR - MINUTE, 13)
            .watermark(NOON + 4 * HOUR + 2 * MINUTE)
            .silence(NOON + 5 * HOUR)
            .run();

    assertRow(tables, TEMPERATURE, Interval.DAY, MIDNIGHT, 14, 91, 0, 13);
    assertRow(tables, STOPS, Interval.MINUTE, NOON, 1, 12, 12, 12);
    assertThat(tables.late()).isZero();
  }

  @Test
  void aWatermarkLowerThanBeforeTheRestartTakesNothingBack() throws Exception {
    SeriesScenario scenario =
        new SeriesScenario()
            .sample(TEMPERATURE, NOON, 1)
            .sample(CURRENT, NOON, 1)
            .fact(1, NOON, STOPS)
            .watermark(NOON + 30 * MINUTE)
            .sample(TEMPERATURE, NOON + 30 * MINUTE, 2);
    int restart = scenario.size();
    scenario
        .watermark(NOON + 10 * MINUTE)
        .sample(TEMPERATURE, NOON + SECOND, 3)
        .fact(2, NOON, STOPS)
        .watermark(NOON + 20 * MINUTE);
    SeriesTables before = scenario.run(Way.restartedAfter(restart));
    assertRow(before, TEMPERATURE, Interval.MINUTE, NOON, 1, 1, 1, 1);

    scenario.watermark(NOON + 40 * MINUTE).watermark(NOON + DAY);
    SeriesTables tables = scenario.run(Way.restartedAfter(restart));

    assertRow(tables, TEMPERATURE, Interval.MINUTE, NOON, 2, 4, 1, 3);
    assertRow(tables, TEMPERATURE, Interval.DAY, MIDNIGHT, 3, 6, 1, 3);
    assertRow(tables, CURRENT, Interval.HOUR, NOON, 1, 1, 1, 1);
    assertRow(tables, STOPS, Interval.HOUR, NOON, 1, 2, 2, 2);
  }

  private static void assertRow(
      SeriesTables tables,
      Series series,
      Interval interval,
      long start,
      long count,
      double sum,
      double min,
      double max) {
    Rollup row = tables.row(series, interval, start);
    assertThat(row).as(series + " " + interval.word()).isNotNull();
    assertThat(row.isFinal()).as(series + " " + interval.word() + " is final").isTrue();
    assertThat(new double[] {row.count(), row.sum(), row.min(), row.max()})
        .as(series + " " + interval.word())
        .containsExactly(count, sum, min, max);
  }
}
