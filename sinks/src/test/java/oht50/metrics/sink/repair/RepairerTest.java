package oht50.metrics.sink.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import oht50.metrics.model.Backfill;
import oht50.metrics.model.Cause;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.RepairWindow;
import oht50.metrics.model.Series;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.sink.postgres.Database;
import oht50.metrics.sink.postgres.RepairLedger;
import oht50.metrics.time.Interval;
import oht50.metrics.wire.RepairRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RepairerTest {
  private static final Duration EXPIRY = Duration.ofHours(24);
  private static final long REACH_AFTER = Backfill.reachAfter(EXPIRY);
  private static final long NOON = Instant.parse("2026-11-24T12:00:00Z").toEpochMilli();
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private static final Series BATTERY = Series.gauge("battery", "robot_id", "R1");
  private static final Series STOPS =
      Series.of("stops", Labels.of("robot_id", "R1"), MetricKind.DELTA);

  private static final String REQUESTS =
      "SELECT series_id, \"interval\", to_millis(window_start), cause, asked_at IS NOT NULL"
          + " FROM repair_windows ORDER BY 3, 2";
  private static final String REJECTS =
      "SELECT topic, partition, reason, path, detail, key FROM rejected ORDER BY path";

  private Database database;
  private Repairer repairer;
  private long checkpoint;

  private final List<Backfill> sent = new ArrayList<>();
  private final List<String> keys = new ArrayList<>();
  private Runnable whenSent = () -> {};

  private final class Collecting implements RepairTopic {
    @Override
    public void send(List<Message> messages) {
      for (Message message : messages) {
        try {
          sent.add(RepairRecord.read(message.value()));
          keys.add(new String(message.key(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      }
      whenSent.run();
    }

    @Override
    public void close() {}
  }

  @BeforeEach
  void start() {
    database = Database.empty();
    inCatalog(BATTERY);
    inCatalog(STOPS);
    repairer = repairer(1_000, Duration.ofMinutes(10));
    // What is asked for before the first look may be of an attempt that has failed.
    repairer(repairer);
  }

  private Repairer repairer(int maxPoints, Duration askAgain) {
    RepairSettings settings =
        new RepairSettings(
            "unused",
            Map.of(),
            "unused",
            "unused",
            database.settings(),
            askAgain,
            EXPIRY,
            1_000,
            maxPoints);
    return new Repairer(settings, new RepairLedger(settings.postgres()), new Collecting());
  }

  private void repairer(Repairer next) {
    if (repairer != next) {
      repairer.close();
    }
    repairer = next;
    checkpoint = 0;
    round();
  }

  @AfterEach
  void stop() {
    repairer.close();
  }

  private Repaired round() {
    try {
      return repairer.round(() -> checkpoint, () -> checkpoint);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Rounds until what is asked for by now is ripe; what the round does in which it is. */
  private Repaired ripe() {
    Repaired done = Repaired.NOTHING;
    // A moment that was noted before may have to be over first.
    for (int i = 0; i < 4 && done.equals(Repaired.NOTHING); i++) {
      checkpoint++;
      done = round();
    }
    return done;
  }

  private void inCatalog(Series series) {
    database.execute(
        "INSERT INTO series (series_id, metric_name, labels, metric_type, kind, canonical, entity,"
            + " incarnation, first_timestamp, epoch, seq)"
            + " VALUES (?, ?, '{\"robot_id\": \"R1\"}', 'gauge', ?, ?, 'R1', 11, now(), 1, 1)",
        series.id(),
        series.name(),
        (short) series.kind().code(),
        series.canonical());
  }

  private void request(Series series, Interval interval, long start, Cause cause, long frontier) {
    database.execute(
        "INSERT INTO repair_windows (series_id, \"interval\", window_start, cause, frontier)"
            + " VALUES (?, ?, from_millis(?), ?, "
            + (frontier == RepairWindow.ALL_HAS_LEFT
                ? "'infinity'"
                : frontier == RepairWindow.UNKNOWN ? "NULL" : "from_millis(" + frontier + ")")
            + ")",
        series.id(),
        interval.word(),
        start,
        cause == Cause.BACKFILL ? "incarnation" : cause.word());
  }

  private static RepairWindow window(
      Series series, Interval interval, long start, Cause cause, long frontier) {
    return new RepairWindow(series.id(), interval, start, cause, frontier);
  }

  private void chunk(Series series, long start, long epoch, long[] times, double... values) {
    Integer[] offsets = new Integer[times.length];
    for (int i = 0; i < times.length; i++) {
      offsets[i] = (int) (times[i] - start);
    }
    database.execute(
        "INSERT INTO chunks (series_id, chunk_start, chunk_end, offsets_ms, point_values,"
            + " incarnation, epoch, seq) VALUES (?, from_millis(?), from_millis(?), ?, ?, 11, ?, 1)",
        series.id(),
        start,
        start + 10 * MINUTE,
        offsets,
        values,
        epoch);
  }

  private void late(Series series, long time, double value) {
    database.execute(
        "INSERT INTO late_points (series_id, \"timestamp\", value, source_id, record_offset, epoch,"
            + " seq) VALUES (?, from_millis(?), ?, 5, 1, 1, 1)",
        series.id(),
        time,
        value);
  }

  private void rollup(Series series, Interval interval, long start, long end, long count) {
    database.execute(
        "INSERT INTO rollups (series_id, \"interval\", window_start, window_end, count, sum, min,"
            + " max, first, last, is_final, cause, incarnation, epoch, seq) VALUES (?, ?,"
            + " from_millis(?), from_millis(?), ?, 1, 1, 1, 1, 1, true, 'on_time', 11, 1, 1)",
        series.id(),
        interval.word(),
        start,
        end,
        count);
  }

  @Test
  void aRipeRequestIsAnsweredWithWhatIsStoredAroundItAndDeleted() {
    chunk(BATTERY, NOON, 1, new long[] {NOON, NOON + SECOND, NOON + 2 * SECOND}, 1, 2, 3);
    late(BATTERY, NOON + SECOND, 20);
    late(BATTERY, NOON + 30 * SECOND, StaleMarker.VALUE);
    chunk(BATTERY, NOON - 30 * MINUTE, 1, new long[] {NOON - 21 * MINUTE}, StaleMarker.VALUE);
    request(BATTERY, Interval.MINUTE, NOON, Cause.LATE, NOON + HOUR);

    checkpoint++;
    assertThat(round()).isEqualTo(Repaired.NOTHING);
    checkpoint++;
    assertThat(round()).as("what was asked for before the moment only").isEqualTo(Repaired.NOTHING);
    checkpoint++;
    assertThat(round()).isEqualTo(Repaired.NOTHING);
    checkpoint++;
    assertThat(round()).isEqualTo(new Repaired(0, 1, 5, 0));

    assertThat(keys).containsExactly(Long.toString(BATTERY.key()));
    assertThat(sent)
        .containsExactly(
            new Backfill(
                BATTERY,
                11,
                NOON - Backfill.REACH_BEFORE,
                NOON + HOUR,
                Backfill.NOTHING_SAID,
                0,
                new long[] {
                  NOON - 21 * MINUTE, NOON, NOON + SECOND, NOON + 2 * SECOND, NOON + 30 * SECOND
                },
                new double[] {StaleMarker.VALUE, 1, 20, 3, StaleMarker.VALUE},
                List.of(window(BATTERY, Interval.MINUTE, NOON, Cause.LATE, NOON + HOUR))));
    assertThat(StaleMarker.is(sent.get(0).values()[0])).isTrue();
    assertThat(StaleMarker.is(sent.get(0).values()[4])).isTrue();
    assertThat(database.rows(REQUESTS)).isEmpty();

    checkpoint += 2;
    assertThat(round()).isEqualTo(Repaired.NOTHING);
  }

  @Test
  void theSpanEndsAtTheFrontierAndTheNewestPointBeforeItIsNamed() {
    long from = NOON - Backfill.REACH_BEFORE;
    chunk(BATTERY, from - 10 * MINUTE, 1, new long[] {from - 7 * MINUTE, from - MINUTE}, 5, 6);
    late(BATTERY, from, 7);
    late(BATTERY, NOON + 2 * MINUTE, 8);
    late(BATTERY, NOON + 2 * MINUTE - 1, 9);
    request(BATTERY, Interval.MINUTE, NOON, Cause.LATE, NOON + 2 * MINUTE);

    ripe();

    Backfill only = sent.get(0);
    assertThat(only.timestamps()).containsExactly(from, NOON + 2 * MINUTE - 1);
    assertThat(only.saidTime()).isEqualTo(from - MINUTE);
    assertThat(only.saidValue()).isEqualTo(6);
    assertThat(only.until()).isEqualTo(NOON + 2 * MINUTE);
  }

  @Test
  void whatSaidItsLastMoreThanADayBeforeTheSpanSaidNothing() {
    late(BATTERY, NOON - Backfill.REACH_BEFORE - DAY - 1, 7);
    late(BATTERY, NOON + REACH_AFTER, 7);
    late(BATTERY, NOON + REACH_AFTER - 1, 8);
    request(BATTERY, Interval.MINUTE, NOON, Cause.LATE, RepairWindow.ALL_HAS_LEFT);

    ripe();

    assertThat(sent.get(0).saidTime()).isEqualTo(Backfill.NOTHING_SAID);
    assertThat(sent.get(0).until()).isEqualTo(NOON + REACH_AFTER);
    assertThat(sent.get(0).timestamps()).containsExactly(NOON + REACH_AFTER - 1);
  }

  @Test
  void aCounterGoesOnFromItsLastSampleAndOthersFromAMarkerToo() {
    Series counter = Series.of("turns", Labels.of("robot_id", "R1"), MetricKind.COUNTER);
    inCatalog(counter);
    long from = NOON - Backfill.REACH_BEFORE;
    for (Series series : List.of(BATTERY, counter)) {
      late(series, from - 2, 7);
      late(series, from - 1, StaleMarker.VALUE);
      request(series, Interval.MINUTE, NOON, Cause.LATE, NOON + HOUR);
    }

    ripe();

    assertThat(sent)
        .extracting(backfill -> backfill.series().name() + " " + (backfill.saidTime() - from))
        .containsExactlyInAnyOrder("battery -1", "turns -2");
  }

  @Test
  void ofChunksThatHoldTheSameTimeTheOneWrittenLastSpeaks() {
    chunk(BATTERY, NOON, 2, new long[] {NOON + 6 * MINUTE}, 5);
    chunk(BATTERY, NOON + 5 * MINUTE, 1, new long[] {NOON + 6 * MINUTE}, 6);
    request(BATTERY, Interval.MINUTE, NOON + 6 * MINUTE, Cause.LATE, RepairWindow.ALL_HAS_LEFT);

    ripe();

    assertThat(sent.get(0).values()).containsExactly(5);
  }

  @Test
  void windowsOfASeriesAndDayShareAnAnswer() {
    request(BATTERY, Interval.MINUTE, NOON + MINUTE, Cause.LATE, NOON + HOUR);
    request(BATTERY, Interval.MINUTE, NOON, Cause.LATE, NOON + 2 * HOUR);
    request(BATTERY, Interval.MINUTE, NOON - DAY, Cause.LATE, NOON + HOUR);
    request(STOPS, Interval.HOUR, NOON, Cause.BACKFILL, NOON + HOUR);

    assertThat(ripe()).isEqualTo(new Repaired(0, 4, 0, 0));

    assertThat(sent)
        .extracting(Backfill::windows)
        .containsExactlyInAnyOrder(
            List.of(
                window(BATTERY, Interval.MINUTE, NOON + MINUTE, Cause.LATE, NOON + HOUR),
                window(BATTERY, Interval.MINUTE, NOON, Cause.LATE, NOON + 2 * HOUR)),
            List.of(window(BATTERY, Interval.MINUTE, NOON - DAY, Cause.LATE, NOON + HOUR)),
            List.of(window(STOPS, Interval.HOUR, NOON, Cause.BACKFILL, NOON + HOUR)));
    assertThat(sent)
        .filteredOn(backfill -> backfill.windows().size() == 2)
        .singleElement()
        .satisfies(
            backfill -> {
              assertThat(backfill.from()).isEqualTo(NOON - Backfill.REACH_BEFORE);
              assertThat(backfill.until()).isEqualTo(NOON + 2 * HOUR);
            });
  }

  @Test
  void aWindowThatReachesBeyondTheFrontierIsAQuestionOnceAWhile() {
    request(BATTERY, Interval.HOUR, NOON, Cause.BACKFILL, NOON + HOUR - 1);
    request(BATTERY, Interval.MINUTE, NOON, Cause.BACKFILL, RepairWindow.UNKNOWN);

    assertThat(ripe()).isEqualTo(new Repaired(2, 0, 0, 0));
    assertThat(sent).singleElement().matches(Backfill::isQuestion);
    assertThat(sent.get(0).windows())
        .containsExactlyInAnyOrder(
            window(BATTERY, Interval.HOUR, NOON, Cause.BACKFILL, RepairWindow.UNKNOWN),
            window(BATTERY, Interval.MINUTE, NOON, Cause.BACKFILL, RepairWindow.UNKNOWN));
    assertThat(database.rows(REQUESTS)).hasSize(2).allMatch(row -> row.endsWith("|t"));

    checkpoint++;
    assertThat(round()).isEqualTo(Repaired.NOTHING);

    repairer(repairer(1_000, Duration.ZERO));
    assertThat(ripe().asked()).isEqualTo(2);
    assertThat(round().asked()).isEqualTo(2);
  }

  @Test
  void aDayEndsWhereItsRowSaysOrTwentySixHoursLaterAtTheLatest() {
    request(BATTERY, Interval.DAY, NOON, Cause.DEFINITION, NOON + 26 * HOUR - 1);
    request(STOPS, Interval.DAY, NOON, Cause.DEFINITION, NOON + 23 * HOUR);
    rollup(STOPS, Interval.DAY, NOON, NOON + 23 * HOUR, 1);
    late(STOPS, NOON, 1);

    assertThat(ripe()).isEqualTo(new Repaired(1, 1, 1, 0));
    assertThat(database.rows(REQUESTS))
        .containsExactly(BATTERY.id() + "|1d|" + NOON + "|definition|t");
  }

  @Test
  void whatAnEarlierAttemptSaidOfItsStateIsAskedForAgain() {
    request(BATTERY, Interval.MINUTE, NOON, Cause.LATE, NOON + HOUR);
    database.execute("SELECT nextval('write_epochs')");

    assertThat(ripe()).isEqualTo(new Repaired(1, 0, 0, 0));
    assertThat(sent).singleElement().matches(Backfill::isQuestion);

    database.execute(
        "UPDATE repair_windows SET requested_at = clock_timestamp(), frontier = from_millis(?)",
        NOON + HOUR);
    assertThat(ripe()).isEqualTo(new Repaired(0, 1, 0, 0));
    assertThat(database.rows(REQUESTS)).isEmpty();
  }

  @Test
  void aQuestionOfAnEarlierAttemptIsAskedAgainAtOnce() {
    request(BATTERY, Interval.HOUR, NOON, Cause.BACKFILL, RepairWindow.UNKNOWN);
    ripe();
    database.execute("SELECT nextval('write_epochs')");
    round();

    assertThat(ripe()).isEqualTo(new Repaired(1, 0, 0, 0));
  }

  @Test
  void aRequestThatIsMadeAgainMeanwhileStays() {
    request(BATTERY, Interval.MINUTE, NOON, Cause.LATE, NOON + HOUR);
    request(STOPS, Interval.MINUTE, NOON, Cause.BACKFILL, NOON + HOUR);
    whenSent =
        () -> {
          database.execute(
              "UPDATE repair_windows SET requested_at = clock_timestamp() WHERE series_id = ?",
              BATTERY.id());
          database.execute(
              "UPDATE repair_windows SET frontier = NULL WHERE series_id = ?", STOPS.id());
        };

    assertThat(ripe().sent()).isEqualTo(2);

    assertThat(database.rows(REQUESTS)).hasSize(2);
  }

  @Test
  void aCrashBetweenSendingAndDeletingSendsAgain() {
    request(BATTERY, Interval.MINUTE, NOON, Cause.LATE, NOON + HOUR);
    whenSent =
        () -> {
          throw new IllegalStateException("killed");
        };
    assertThatThrownBy(this::ripe).hasStackTraceContaining("killed");
    assertThat(database.rows(REQUESTS)).hasSize(1);

    whenSent = () -> {};
    repairer(repairer(1_000, Duration.ofMinutes(10)));
    database.execute("UPDATE repair_windows SET requested_at = clock_timestamp()");
    ripe();

    assertThat(sent).hasSize(2);
    assertThat(sent.get(1)).isEqualTo(sent.get(0));
    assertThat(database.rows(REQUESTS)).isEmpty();
  }

  @Test
  void aRequestOfASeriesThatIsNotInTheCatalogWaits() {
    Series unknown = Series.gauge("unknown", "robot_id", "R1");
    request(unknown, Interval.MINUTE, NOON, Cause.LATE, NOON + HOUR);

    assertThat(ripe()).isEqualTo(Repaired.NOTHING);
    assertThat(database.rows(REQUESTS)).hasSize(1);
  }

  @Test
  void aWindowWhosePointsAreGoneIsRefusedOnceAndNamed() {
    late(BATTERY, NOON + 5, 1);
    late(BATTERY, NOON + 6, StaleMarker.VALUE);
    rollup(BATTERY, Interval.MINUTE, NOON, NOON + MINUTE, 2);
    request(BATTERY, Interval.MINUTE, NOON, Cause.LATE, NOON + HOUR);

    assertThat(ripe()).isEqualTo(new Repaired(0, 0, 0, 1));

    assertThat(sent).isEmpty();
    assertThat(database.rows(REQUESTS)).isEmpty();
    List<String> rejects = database.rows(REJECTS);
    assertThat(rejects)
        .containsExactly(
            "table:repair_windows|-1|REPAIR_WITHOUT_POINTS|series_id="
                + BATTERY.id()
                + ", interval=1m, window_start=2026-11-24T12:00:00Z|the 1m from"
                + " 2026-11-24T12:00:00Z counted 2 points, and 1 are in the tables|battery{robot_id=\"R1\"}");

    request(BATTERY, Interval.MINUTE, NOON, Cause.LATE, NOON + HOUR);
    ripe();
    assertThat(database.rows(REJECTS)).isEqualTo(rejects);
  }

  @Test
  void aLossElsewhereInTheDayRefusesTooAndThatOfAnotherDayDoesNot() {
    long midnight = NOON - 12 * HOUR;
    late(BATTERY, NOON + 5, 1);
    rollup(BATTERY, Interval.HOUR, midnight - HOUR, midnight, 9);
    rollup(BATTERY, Interval.DAY, midnight, midnight + DAY, 10);
    request(BATTERY, Interval.MINUTE, NOON, Cause.LATE, NOON + HOUR);
    assertThat(ripe().sent()).as("the day has not left state").isEqualTo(1);

    rollup(BATTERY, Interval.HOUR, midnight, midnight + HOUR, 9);
    request(BATTERY, Interval.MINUTE, NOON, Cause.LATE, NOON + HOUR);
    assertThat(ripe()).isEqualTo(new Repaired(0, 0, 0, 1));
    assertThat(database.rows("SELECT detail FROM rejected"))
        .containsExactly(
            "the 1h from 2026-11-24T00:00:00Z counted 9 points, and 0 are in the tables");
  }

  @Test
  void aSpanOfMorePointsThanARecordMayCarryIsRefused() {
    repairer(repairer(2, Duration.ofMinutes(10)));
    late(BATTERY, NOON, 1);
    late(BATTERY, NOON + 1, 1);
    late(BATTERY, NOON + 2, 1);
    request(BATTERY, Interval.MINUTE, NOON, Cause.LATE, NOON + HOUR);

    assertThat(ripe()).isEqualTo(new Repaired(0, 0, 0, 1));
    assertThat(database.rows("SELECT reason FROM rejected")).containsExactly("REPAIR_TOO_LARGE");
    assertThat(database.rows(REQUESTS)).isEmpty();
  }

  @Test
  void aRoundHasItsLimitsAndTheNextOneGoesOn() {
    repairer(repairer(3, Duration.ofMinutes(10)));
    late(BATTERY, NOON, 1);
    late(BATTERY, NOON + 1, 1);
    late(STOPS, NOON, 1);
    late(STOPS, NOON + 1, 1);
    request(BATTERY, Interval.MINUTE, NOON, Cause.LATE, NOON + HOUR);
    request(STOPS, Interval.MINUTE, NOON, Cause.LATE, NOON + HOUR);

    assertThat(ripe()).isEqualTo(new Repaired(0, 1, 2, 0));
    assertThat(round()).isEqualTo(new Repaired(0, 1, 2, 0));
    assertThat(database.rows(REQUESTS)).isEmpty();
  }

  @Test
  void samplesBeyondTheBudgetHaveNoRawPoints() {
    database.execute(
        "INSERT INTO series (series_id, metric_name, labels, metric_type, kind, canonical, entity,"
            + " incarnation, first_timestamp, epoch, seq) VALUES (?, 'm',"
            + " '{\"__overflow__\": \"true\"}', 'gauge', 1, 'm{}', 'm', 11, now(), 1, 1)",
        Series.gauge("m", "__overflow__", "true").id());
    request(
        Series.gauge("m", "__overflow__", "true"),
        Interval.MINUTE,
        NOON,
        Cause.BACKFILL,
        RepairWindow.UNKNOWN);

    assertThat(ripe()).isEqualTo(new Repaired(0, 0, 0, 1));
  }
}
