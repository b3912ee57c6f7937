package oht50.metrics.sink.postgres;

import static oht50.metrics.sink.postgres.Samples.BATTERY;
import static oht50.metrics.sink.postgres.Samples.FIRST_LIFE;
import static oht50.metrics.sink.postgres.Samples.NOON;
import static oht50.metrics.sink.postgres.Samples.SECOND_LIFE;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import oht50.metrics.model.Cause;
import oht50.metrics.model.Event;
import oht50.metrics.model.EventKind;
import oht50.metrics.model.Position;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Rejected;
import oht50.metrics.model.RepairWindow;
import oht50.metrics.model.RuleSet;
import oht50.metrics.model.RuleSetEntry;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesEntry;
import oht50.metrics.time.Interval;
import org.apache.flink.connector.jdbc.JdbcStatementBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The statements that flink-connector-jdbc runs, in batches as it runs them. */
class JdbcStatementsTest {
  private Database database;

  @BeforeEach
  void start() {
    database = Database.empty();
  }

  @SafeVarargs
  private <T> void write(String sql, JdbcStatementBuilder<T> binding, T... rows)
      throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (T row : rows) {
        binding.accept(statement, row);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private void writeSeries(SeriesEntry... rows) throws SQLException {
    write(SeriesStatement.SQL, SeriesStatement::bind, rows);
  }

  private void writeEvents(Event... rows) throws SQLException {
    write(EventStatement.SQL, EventStatement::bind, rows);
  }

  private void writeRejected(Rejected... rows) throws SQLException {
    write(RejectedStatement.SQL, RejectedStatement::bind, rows);
  }

  private void writeRuleSets(RuleSetEntry... rows) throws SQLException {
    write(RuleSetStatement.SQL, RuleSetStatement::bind, rows);
  }

  private static Event event(String id, String payload, int partition, long offset) {
    return new Event(
        EventKind.SAFETY,
        id,
        "OHT-50-001",
        "e_stop",
        "critical",
        null,
        false,
        NOON,
        payload,
        new Position("oht50.safety", partition, offset));
  }

  private static Rejected rejected(String path, String detail, String value) {
    return new Rejected(
        new Position("oht50.telemetry", 1, 7),
        path,
        RejectReason.OUT_OF_RANGE,
        detail,
        "OHT-50-001",
        value,
        NOON);
  }

  @Test
  void newestLifeOfASeriesIsKeptAndTheEarliestTime() throws SQLException {
    writeSeries(
        new SeriesEntry(BATTERY, FIRST_LIFE, NOON, 1_000, 1, 1),
        new SeriesEntry(BATTERY, SECOND_LIFE, NOON + 5, 1_000, 2, 1));
    writeSeries(new SeriesEntry(BATTERY, 33, NOON - 5, 1_000, 1, 9));

    assertThat(
            database.rows(
                "SELECT series_id, metric_name, labels, metric_type, kind, canonical, entity,"
                    + " incarnation, to_millis(first_timestamp), epoch, seq FROM series"))
        .containsExactly(
            BATTERY.id()
                + "|oht50_robot_battery_percent|{\"robot_id\": \"OHT-50-001\"}|gauge|1|"
                + "oht50_robot_battery_percent{robot_id=\"OHT-50-001\"}|OHT-50-001|22|"
                + NOON
                + "|2|1");
  }

  @Test
  void ofASeriesThatIsToldOfAgainWhatIsExpectedNowCounts() throws SQLException {
    writeSeries(new SeriesEntry(BATTERY, FIRST_LIFE, NOON, 1_000, 1, 1));
    SeriesEntry registered = new SeriesEntry(BATTERY, FIRST_LIFE, NOON, 100, 1, 2);
    writeSeries(registered, registered);
    writeSeries(new SeriesEntry(BATTERY, FIRST_LIFE, NOON, 1_000, 1, 1));

    assertThat(
            database.rows(
                "SELECT expected_interval_seconds, incarnation, to_millis(first_timestamp), seq"
                    + " FROM series"))
        .containsExactly("0.1|" + FIRST_LIFE + "|" + NOON + "|2");
  }

  @Test
  void aWindowAskedForTwiceInABatchIsOneRequest() throws SQLException {
    RepairWindow window =
        new RepairWindow(BATTERY.id(), Interval.MINUTE, NOON, Cause.LATE, RepairWindow.UNKNOWN);
    write(RepairWindowStatement.SQL, RepairWindowStatement::bind, window, window);

    assertThat(
            database.rows(
                "SELECT series_id, \"interval\", to_millis(window_start), cause FROM repair_windows"))
        .containsExactly(BATTERY.id() + "|1m|" + NOON + "|late");
  }

  @Test
  void ofARequestThatIsMadeAgainWhatWasSaidLastHolds() throws SQLException {
    writeRepair(NOON + 5);
    database.execute("UPDATE repair_windows SET asked_at = now()");
    writeRepair(NOON + 7, NOON + 6);
    assertThat(database.rows("SELECT to_millis(frontier), asked_at IS NULL FROM repair_windows"))
        .containsExactly(NOON + 6 + "|f");

    writeRepair(RepairWindow.UNKNOWN);
    assertThat(database.rows("SELECT frontier, asked_at FROM repair_windows"))
        .containsExactly("-|-");

    writeRepair(RepairWindow.ALL_HAS_LEFT);
    assertThat(database.rows("SELECT frontier FROM repair_windows")).containsExactly("infinity");
  }

  private void writeRepair(long... frontiers) throws SQLException {
    write(
        RepairWindowStatement.SQL,
        RepairWindowStatement::bind,
        Arrays.stream(frontiers)
            .mapToObj(
                frontier ->
                    new RepairWindow(BATTERY.id(), Interval.DAY, NOON, Cause.DEFINITION, frontier))
            .toArray(RepairWindow[]::new));
  }

  @Test
  void longestNamesAndLabelsAreStored() throws SQLException {
    StringBuilder noise = new StringBuilder();
    Random random = new Random(3);
    for (int i = 0; i < 16_000; i++) {
      noise.append((char) ('a' + random.nextInt(26)));
    }
    writeSeries(
        new SeriesEntry(
            Series.gauge(noise.toString(), "a", noise.toString()), 1, NOON, 1_000, 1, 1));
    writeEvents(event(noise.toString(), "{}", 0, 1));
    writeRejected(rejected(noise.toString(), noise.toString(), noise.toString()));

    assertThat(database.rows("SELECT length(metric_name) FROM series")).containsExactly("16000");
    assertThat(database.rows("SELECT length(event_id) FROM events")).containsExactly("512");
    assertThat(database.rows("SELECT length(path) FROM rejected")).containsExactly("512");
  }

  @Test
  void redeliveryFromALaterPositionReplacesAnEvent() throws SQLException {
    writeEvents(
        event("17", "{\"n\": 1}", 0, 5),
        event("17", "{\"n\": 3}", 0, 7),
        event("17", "{\"n\": 2}", 0, 6));

    assertThat(database.rows("SELECT kind, event_id, payload, record_offset FROM events"))
        .containsExactly("safety|17|{\"n\": 3}|7");
  }

  @Test
  void anEventThatIsWithdrawnIsMarkedUntilItIsToldAgain() throws SQLException {
    writeEvents(event("17", "{}", 0, 5), event("17", "{}", 0, 7).withdrawn());
    assertThat(database.rows("SELECT withdrawn FROM events")).containsExactly("t");

    writeEvents(event("17", "{}", 0, 5), event("17", "{}", 0, 7));
    assertThat(database.rows("SELECT withdrawn FROM events")).as("repeats").containsExactly("t");

    writeEvents(event("17", "{}", 0, 8));
    assertThat(database.rows("SELECT withdrawn FROM events")).containsExactly("f");
  }

  @Test
  void repeatOfARejectChangesNothing() throws SQLException {
    writeRejected(rejected("a", "x", "v"), rejected("a", "x", "v"), rejected("b", "x", "v"));
    var before = database.rows("SELECT xmin, path FROM rejected ORDER BY path");
    writeRejected(rejected("a", "x", "v"));

    assertThat(before).hasSize(2);
    assertThat(database.rows("SELECT xmin, path FROM rejected ORDER BY path")).isEqualTo(before);
  }

  @Test
  void whatTheDatabaseCannotHoldIsReplacedAndTheBatchGoesOn() throws SQLException {
    writeEvents(
        event("a\0b", "{\"t\": \"\\u0000\\ud800\", \"x\": NaN, \"y\": 1e999999}", 0, 1),
        event("c", "not json \0", 0, 2),
        event("d", null, 0, 3),
        event("e", "{\"a\": [1, {\"b\": null}]} // comment", 0, 4),
        event("f", "{\"a\": 1} {\"b\": 2}", 0, 5));
    writeRejected(rejected("p\0", "\ud800", "v\0"));

    assertThat(database.rows("SELECT event_id, payload FROM events ORDER BY record_offset"))
        .containsExactly(
            "a\uFFFDb|{\"t\": \"\uFFFD\uFFFD\", \"x\": \"NaN\", \"y\": \"1e999999\"}",
            "c|\"not json \uFFFD\"",
            "d|null",
            "e|{\"a\": [1, {\"b\": null}]}",
            "f|\"{\\\"a\\\": 1} {\\\"b\\\": 2}\"");
    assertThat(database.rows("SELECT path, detail, value FROM rejected"))
        .containsExactly("p\uFFFD|\uFFFD|v\uFFFD");
  }

  @Test
  void aRuleSetIsNotedOnceWithItsFiles() throws SQLException {
    Position position = new Position("oht50.rules", 0, 6);
    RuleSet told = new RuleSet(NOON, new TreeMap<>(Map.of("a.yml", "groups: []\n")), position);
    RuleSet configured = new RuleSet(RuleSet.ALWAYS, new TreeMap<>(), new Position("c", 0, 0));
    writeRuleSets(
        RuleSetEntry.told(told, NOON - 1_000, true),
        new RuleSetEntry(RuleSetEntry.CONFIGURED, configured, NOON, true),
        RuleSetEntry.told(told, NOON + 9_000, true));

    assertThat(database.rows("SELECT version, files, state FROM rule_sets ORDER BY version"))
        .containsExactly("0|{}|accepted", "7|{\"a.yml\": \"groups: []\\n\"}|accepted");
    assertThat(
            database.rows(
                "SELECT effective_from = '-infinity', to_millis(arrived_at) FROM rule_sets ORDER BY version"))
        .containsExactly("t|" + NOON, "f|" + (NOON - 1_000));
  }

  @Test
  void theFilesOfAnotherConfigurationTakeThePlaceOfThoseBefore() throws SQLException {
    Position position = new Position("c", 0, 0);
    RuleSet before = new RuleSet(RuleSet.ALWAYS, new TreeMap<>(Map.of("a.yml", "")), position);
    RuleSet after = new RuleSet(NOON, new TreeMap<>(Map.of("b.yml", "")), position);
    writeRuleSets(new RuleSetEntry(RuleSetEntry.CONFIGURED, before, NOON - 5_000, true));
    writeRuleSets(new RuleSetEntry(RuleSetEntry.CONFIGURED, after, NOON, true));

    assertThat(database.rows("SELECT files, to_millis(effective_from), state FROM rule_sets"))
        .containsExactly("{\"b.yml\": \"\"}|" + NOON + "|accepted");
  }

  @Test
  void anyTextComesBackUnchanged() throws SQLException {
    Random random = new Random(11);
    String alphabet = "'\"\\;-$%{}[]?:,\n\t /*ü\uD83D\uDE80\u2028";
    List<SeriesEntry> entries = new ArrayList<>();
    TreeSet<String> written = new TreeSet<>();
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder("'; DROP TABLE series; --").append(i);
      for (int n = random.nextInt(20); n > 0; n--) {
        int at = random.nextInt(alphabet.codePointCount(0, alphabet.length()));
        text.appendCodePoint(alphabet.codePointAt(alphabet.offsetByCodePoints(0, at)));
      }
      Series series = Series.gauge("a", "label", text.toString());
      entries.add(new SeriesEntry(series, 1, NOON, 1_000, 1, 1));
      written.add(text + "|" + series.canonical());
    }
    writeSeries(entries.toArray(new SeriesEntry[0]));

    assertThat(new TreeSet<>(database.rows("SELECT labels ->> 'label', canonical FROM series")))
        .isEqualTo(written);
  }

  @Test
  void timesBeyondTheDatabasesRangeAreClamped() throws SQLException {
    writeRejected(
        new Rejected(
            new Position("t", 0, 1),
            "$",
            RejectReason.BAD_TIMESTAMP,
            "d",
            null,
            "",
            Long.MAX_VALUE),
        new Rejected(
            new Position("t", 0, 2),
            "$",
            RejectReason.BAD_TIMESTAMP,
            "d",
            null,
            "",
            Long.MIN_VALUE));

    assertThat(database.rows("SELECT count(*) FROM rejected")).containsExactly("2");
  }
}
