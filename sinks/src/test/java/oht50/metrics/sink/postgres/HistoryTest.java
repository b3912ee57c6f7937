package oht50.metrics.sink.postgres;

import static oht50.metrics.sink.postgres.Samples.BATTERY;
import static oht50.metrics.sink.postgres.Samples.FIRST_LIFE;
import static oht50.metrics.sink.postgres.Samples.MINUTE;
import static oht50.metrics.sink.postgres.Samples.NOON;
import static oht50.metrics.sink.postgres.Samples.SERIES;
import static oht50.metrics.sink.postgres.Samples.corrected;
import static oht50.metrics.sink.postgres.Samples.early;
import static oht50.metrics.sink.postgres.Samples.entry;
import static oht50.metrics.sink.postgres.Samples.rollup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import oht50.metrics.model.Cause;
import oht50.metrics.model.Rollup;
import oht50.metrics.time.Interval;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a reader saw, and what has changed since. */
class HistoryTest {
  private static final String AVERAGE =
      "SELECT metric_value, is_final, revision FROM metrics_aggregated_as_of(?::timestamptz)"
          + " WHERE aggregation_type = 'avg' ORDER BY start_time";
  private static final String CORRECTIONS =
      "SELECT aggregation_type, old_value, new_value, difference, revision, cause FROM corrections"
          + " ORDER BY corrected_at, aggregation_type";

  private Database database;
  private WriterUnderTest<Rollup> writer;

  @BeforeEach
  void start() throws SQLException {
    database = Database.empty();
    writer = new WriterUnderTest<>(new RollupsTable(), new Connections(database.settings()));
    try (Connection connection = database.connect();
        PreparedStatement insert = connection.prepareStatement(SeriesStatement.SQL)) {
      SeriesStatement.bind(insert, entry(BATTERY));
      insert.executeUpdate();
    }
  }

  @AfterEach
  void stop() {
    writer.close();
    for (String partition :
        database.rows(
            "SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent ="
                + " 'rollup_history'::regclass AND inhrelid <> 'rollup_history_other'::regclass")) {
      database.execute("DROP TABLE " + partition);
    }
  }

  private String now() {
    return database.rows("SELECT clock_timestamp()").get(0);
  }

  @Test
  void readerSeesWhatWasKnownBeforeBetweenAndAfterTwoCorrections() throws Exception {
    String before = now();
    writer.write(rollup(10, 1, 1));
    String onceFinal = now();
    writer.write(corrected(12, Cause.LATE, 1, 2));
    String between = now();
    writer.write(corrected(11, Cause.DEFINITION, 1, 3));
    String after = now();

    assertThat(database.rows(AVERAGE, before)).isEmpty();
    assertThat(database.rows(AVERAGE, onceFinal)).containsExactly("10|t|0");
    assertThat(database.rows(AVERAGE, between)).containsExactly("12|t|1");
    assertThat(database.rows(AVERAGE, after)).containsExactly("11|t|2");
    assertThat(database.rows("SELECT * FROM metrics_aggregated_as_of(?::timestamptz)", after))
        .hasSize(5)
        .containsExactlyInAnyOrderElementsOf(database.rows("SELECT * FROM metrics_aggregated"));
  }

  @Test
  void correctionsSayWhatChangedByHowMuchWhenAndWhy() throws Exception {
    writer.write(rollup(10, 1, 1));
    writer.write(corrected(12, Cause.LATE, 1, 2));
    writer.write(corrected(11, Cause.DEFINITION, 1, 3));
    writer.write(rollup(11.5, 2, 1));

    // the count has not changed
    assertThat(database.rows(CORRECTIONS))
        .containsExactly(
            "avg|10|12|2|1|late",
            "max|10|12|2|1|late",
            "min|10|12|2|1|late",
            "sum|10|12|2|1|late",
            "avg|12|11|-1|2|definition",
            "max|12|11|-1|2|definition",
            "min|12|11|-1|2|definition",
            "sum|12|11|-1|2|definition",
            "avg|11|11.5|0.5|3|replay",
            "max|11|11.5|0.5|3|replay",
            "min|11|11.5|0.5|3|replay",
            "sum|11|11.5|0.5|3|replay");
    assertThat(
            database.rows(
                """
                SELECT DISTINCT c.metric_name, c.labels, c."interval", to_millis(c.start_time),
                  (SELECT a.metric_value FROM metrics_aggregated_as_of(c.corrected_at) a
                    WHERE a.aggregation_type = 'avg') = c.new_value,
                  (SELECT a.metric_value FROM metrics_aggregated_as_of(c.old_visible_from) a
                    WHERE a.aggregation_type = 'avg') = c.old_value
                FROM corrections c WHERE aggregation_type = 'avg'
                """))
        .containsExactly(
            "oht50_robot_battery_percent|{\"robot_id\": \"OHT-50-001\"}|1m|" + NOON + "|t|t");
  }

  @Test
  void retractedWindowVanishesForReadersOfNowAndStaysForThoseOfThen() throws Exception {
    writer.write(rollup(10, 1, 1));
    String then = now();
    writer.write(empty(1, 2));
    String retracted = now();
    writer.write(corrected(7, Cause.LATE, 1, 3));
    String back = now();

    assertThat(database.rows(AVERAGE, then)).containsExactly("10|t|0");
    assertThat(database.rows(AVERAGE, retracted)).isEmpty();
    assertThat(database.rows(AVERAGE, back)).containsExactly("7|t|2");
    assertThat(database.rows(CORRECTIONS))
        .containsExactly(
            "avg|10|-|-|1|late",
            "count|1|0|-1|1|late",
            "max|10|-|-|1|late",
            "min|10|-|-|1|late",
            "sum|10|-|-|1|late",
            "avg|-|7|-|2|late",
            "count|0|1|1|2|late",
            "max|-|7|-|2|late",
            "min|-|7|-|2|late",
            "sum|-|7|-|2|late");
  }

  @Test
  void earlyRowsLeaveNoHistoryHoweverOftenTheyAreReplaced() throws Exception {
    for (int seq = 1; seq <= 50; seq++) {
      writer.write(early(seq, 1, seq));
    }
    String whileEarly = now();
    writer.write(rollup(50, 1, 51));

    assertThat(database.rows("SELECT * FROM rollup_history")).isEmpty();
    assertThat(database.rows(AVERAGE, whileEarly)).isEmpty();
    assertThat(database.rows(AVERAGE, now())).containsExactly("50|t|0");
    assertThat(database.rows(CORRECTIONS)).isEmpty();
  }

  @Test
  void quarterHoursAreInNoAnswer() throws Exception {
    for (int value = 1; value <= 2; value++) {
      writer.write(row(Interval.QUARTER, NOON, NOON + 15 * MINUTE, 1, value, true, value));
    }

    assertThat(database.rows("SELECT revision FROM rollup_history")).containsExactly("0");
    assertThat(database.rows(AVERAGE, now())).isEmpty();
    assertThat(database.rows(CORRECTIONS)).isEmpty();
  }

  @Test
  void differenceOfTheGreatestNumbersDoesNotBreakAQuery() throws Exception {
    double[] values = {Double.MAX_VALUE, -Double.MAX_VALUE, Double.NaN, 1, 5e-324};
    for (int i = 0; i < values.length; i++) {
      writer.write(corrected(values[i], Cause.LATE, 1, i + 1));
    }

    assertThat(
            database.rows(
                "SELECT difference FROM corrections WHERE aggregation_type = 'sum'"
                    + " ORDER BY revision"))
        .containsExactly("-Infinity", "NaN", "NaN", "-1");
  }

  /** A clock that is set back must not make two answers of one window visible at once. */
  @Test
  void clockThatIsSetBackLeavesOneAnswerForEachInstant() throws Exception {
    writer.write(rollup(10, 1, 1));
    String then = now();
    database.execute("UPDATE rollups SET updated_at = updated_at + interval '2 days'");
    writer.write(corrected(12, Cause.LATE, 1, 2));
    writer.write(corrected(11, Cause.LATE, 1, 3));

    for (String instant : List.of("1 day", "2 days", "3 days")) {
      assertThat(
              database.rows(
                  "SELECT revision FROM rollups_as_of(?::timestamptz + ?::interval)",
                  then,
                  instant))
          .hasSizeLessThanOrEqualTo(1);
    }
    assertThat(database.rows("SELECT * FROM rollup_history WHERE visible_until < visible_from"))
        .isEmpty();
    assertThat(database.rows("SELECT sum FROM rollups_as_of('infinity')")).containsExactly("11");
  }

  /** Readers write down what they see; later the history must say the same, to each of them. */
  @Test
  void everyReadersAnswerIsFoundAgain() throws Exception {
    String seen =
        "SELECT * FROM metrics_aggregated WHERE is_final ORDER BY start_time, aggregation_type";
    Random random = new Random(11);
    Map<String, List<String>> answers = new LinkedHashMap<>(); // instant -> rows
    for (int seq = 1; seq <= 120; seq++) {
      List<Rollup> batch = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        long start = NOON + random.nextInt(4) * MINUTE;
        int samples = random.nextInt(4);
        batch.add(
            row(
                Interval.MINUTE,
                start,
                start + MINUTE,
                samples,
                samples == 0 ? 0 : random.nextInt(3),
                random.nextBoolean(),
                seq * 3 + i));
      }
      writer.write(batch.toArray(new Rollup[0]));
      answers.put(now(), database.rows(seen));
    }

    assertThat(database.rows("SELECT count(*) > 50 FROM rollup_history")).containsExactly("t");
    answers.forEach(
        (instant, rows) ->
            assertThat(
                    database.rows(
                        "SELECT * FROM metrics_aggregated_as_of(?::timestamptz)"
                            + " ORDER BY start_time, aggregation_type",
                        instant))
                .isEqualTo(rows));
    // What is visible now is the first final answer and all its corrections.
    assertThat(
            database.rows(
                """
                SELECT start_time FROM corrections c
                JOIN metrics_aggregated a USING (start_time, aggregation_type)
                WHERE aggregation_type = 'count' AND is_final
                GROUP BY start_time, a.metric_value
                HAVING a.metric_value <> sum(difference)
                  + (array_agg(old_value ORDER BY corrected_at))[1]
                """))
        .isEmpty();
  }

  @Test
  void monthsOfTheHistoryAreMadeAndDroppedWhole() throws Exception {
    writer.write(rollup(10, 1, 1));
    writer.write(corrected(11, Cause.LATE, 1, 2));
    String endOfJanuary = "2020-01-31T23:59:59.999999Z";
    replaced(0, "2020-01-01T00:00:00Z", endOfJanuary);
    replaced(1, endOfJanuary, "2020-02-01T00:00:00Z");

    assertThat(database.rows("SELECT keep_rollup_history(interval '1000 years')"))
        .hasSize(5)
        .startsWith("rollup_history_2020_01 created", "rollup_history_2020_02 created");
    assertThat(database.rows("SELECT keep_rollup_history(interval '1000 years')")).isEmpty();
    assertThat(database.rows("SELECT * FROM rollup_history_other")).isEmpty();
    assertThat(database.rows("SELECT revision FROM rollup_history_2020_01")).containsExactly("0");
    assertThat(database.rows("SELECT revision FROM rollup_history_2020_02")).containsExactly("1");
    assertThat(database.rows("SELECT sum FROM rollups_as_of('2020-01-15')")).containsExactly("1");

    assertThat(database.rows("SELECT keep_rollup_history('400 days')"))
        .containsExactly("rollup_history_2020_01 dropped", "rollup_history_2020_02 dropped");
    assertThat(database.rows("SELECT count(*) FROM rollup_history")).containsExactly("1");
    assertThat(
            database.rows("SELECT kept_since = '2020-03-01T00:00:00Z' FROM rollup_history_start"))
        .containsExactly("t");
  }

  @Test
  void jobGivesTheHistoryItsMonthsOnceADayAndDropsNoneUnlessTheOwnerSaysSo() throws Exception {
    writer.write(rollup(1, 1, 1));
    replaced(0, "2020-01-01T00:00:00Z", "2020-01-05T00:00:00Z");
    try (Maintenance job = new Maintenance(database.settings(), Duration.ZERO, 1, 1)) {
      job.round();
      assertThat(database.rows("SELECT * FROM rollup_history_other")).hasSize(1);

      database.execute("UPDATE rollup_history_policy SET last_run_at = NULL");
      job.round();
      assertThat(database.rows("SELECT * FROM rollup_history_other")).isEmpty();
      assertThat(database.rows("SELECT * FROM rollup_history_2020_01")).hasSize(1);

      database.execute("UPDATE rollup_history_policy SET keep = '400 days'");
      job.round();
      assertThat(database.rows("SELECT * FROM rollup_history")).hasSize(1);
      database.execute("UPDATE rollup_history_policy SET last_run_at = now() - interval '1 day'");
      job.round();
      assertThat(database.rows("SELECT * FROM rollup_history")).isEmpty();
    }
  }

  /** An answer that lacks rows must not look like one that is complete. */
  @Test
  void whatIsNoLongerKnownIsAnErrorAndNoEmptyAnswer() throws Exception {
    database.execute("INSERT INTO rollup_history_start (kept_since) VALUES ('2020-03-01T00:00Z')");

    for (String function : List.of("metrics_aggregated_as_of", "rollups_as_of")) {
      assertThatThrownBy(
              () -> database.rows("SELECT * FROM " + function + "('2020-02-29T23:59:59Z')"))
          .hasStackTraceContaining("is no longer known");
      assertThat(database.rows("SELECT * FROM " + function + "('2020-03-01T00:00Z')")).isEmpty();
    }
  }

  @Test
  void historyThatWouldBeKeptForNoTimeIsRefused() {
    for (String keep : List.of("0 days", "-3 days", "1 hour")) {
      assertThatThrownBy(() -> database.rows("SELECT keep_rollup_history(?::interval)", keep))
          .hasStackTraceContaining("for a day at least");
    }
  }

  private void replaced(int revision, String from, String until) {
    database.execute(
        """
        INSERT INTO rollup_history
        SELECT series_id, "interval", window_start, window_end, 1, 1, 1, 1, 1, 1, true, ?, 'late', 1, 1, 1,
          ?::timestamptz, ?::timestamptz, ?::timestamptz
        FROM rollups
        """,
        revision,
        from,
        from,
        until);
  }

  private static Rollup empty(long epoch, long seq) {
    return new Rollup(
        SERIES,
        Interval.MINUTE,
        NOON,
        NOON + MINUTE,
        0,
        0,
        0,
        0,
        0,
        0,
        Rollup.NONE,
        Rollup.NONE,
        Rollup.NONE,
        -1,
        -1,
        true,
        Cause.LATE,
        FIRST_LIFE,
        epoch,
        seq);
  }

  private static Rollup row(
      Interval interval,
      long start,
      long end,
      int samples,
      double value,
      boolean isFinal,
      long seq) {
    return new Rollup(
        SERIES,
        interval,
        start,
        end,
        samples,
        samples * value,
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
        Cause.LATE,
        FIRST_LIFE,
        1,
        seq);
  }
}
