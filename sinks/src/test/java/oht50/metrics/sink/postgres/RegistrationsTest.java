package oht50.metrics.sink.postgres;

import static oht50.metrics.sink.postgres.Samples.BATTERY;
import static oht50.metrics.sink.postgres.Samples.FIRST_LIFE;
import static oht50.metrics.sink.postgres.Samples.NOON;
import static oht50.metrics.sink.postgres.Samples.chunk;
import static oht50.metrics.sink.postgres.Samples.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import oht50.metrics.model.Registration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the table and its readers know of a robot after records of the registry. */
class RegistrationsTest {
  private static final long SOURCE = 7;
  private static final long OTHER_SOURCE = 8;
  private static final String TIMELINE =
      "SELECT CASE WHEN isfinite(effective_from) THEN to_millis(effective_from) END, site"
          + " FROM registrations ORDER BY robot_id, effective_from";

  private Database database;

  @BeforeEach
  void start() {
    database = Database.empty();
  }

  private void write(Registration... rows) throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement(RegistrationStatement.SQL)) {
      for (Registration row : rows) {
        RegistrationStatement.bind(statement, row);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static Registration said(long from, String site, long offset) {
    return said(from, site, SOURCE, offset);
  }

  private static Registration said(long from, String site, long source, long offset) {
    String json = "{\"site\": \"" + site + "\"}";
    return new Registration("R", false, site, null, from, 100, source, offset, json);
  }

  private static Registration removed(long offset) {
    return Registration.removal("R", SOURCE, offset);
  }

  @Test
  void theFirstRecordHoldsForAllThePastAndALaterOneFromItsInstantOn() throws SQLException {
    write(said(5_000, "fab-1", 1), said(9_000, "fab-2", 2));

    assertThat(database.rows(TIMELINE)).containsExactly("-|fab-1", "9000|fab-2");
  }

  @Test
  void aRecordReplacesWhatWasSaidOfItsInstantAndAfter() throws SQLException {
    write(said(Registration.ALWAYS, "a", 1), said(9_000, "b", 2), said(12_000, "c", 3));
    write(said(9_000, "d", 4));
    assertThat(database.rows(TIMELINE)).containsExactly("-|a", "9000|d");

    write(said(8_000, "e", 5));
    assertThat(database.rows(TIMELINE)).containsExactly("-|a", "8000|e");

    write(said(Registration.ALWAYS, "f", 6));
    assertThat(database.rows(TIMELINE)).containsExactly("-|f");
  }

  @Test
  void aRemovalTakesAllAwayAndTheNextRecordIsTheFirst() throws SQLException {
    write(said(Registration.ALWAYS, "a", 1), said(9_000, "b", 2), removed(3));
    assertThat(database.rows(TIMELINE)).isEmpty();

    write(said(12_000, "c", 4));
    assertThat(database.rows(TIMELINE)).containsExactly("-|c");
  }

  @Test
  void aTopicThatWasMadeAnewHoldsOverTheOldOne() throws SQLException {
    write(said(Registration.ALWAYS, "a", 100), said(9_000, "b", 101));
    write(said(9_000, "c", OTHER_SOURCE, 0));

    assertThat(database.rows(TIMELINE)).containsExactly("-|a", "9000|c");
  }

  @Test
  void recordsThatComeAgainLeaveWhatTheyLeftBefore() throws SQLException {
    Random random = new Random(11);
    for (int round = 0; round < 60; round++) {
      database.execute("DELETE FROM registrations");
      Registration[] records = new Registration[1 + random.nextInt(6)];
      for (int i = 0; i < records.length; i++) {
        records[i] =
            switch (random.nextInt(5)) {
              case 0 -> removed(i);
              case 1 -> said(Registration.ALWAYS, "s" + i, i);
              default -> said(1_000L * (1 + random.nextInt(3)), "s" + i, i);
            };
      }
      write(records);
      List<String> once = database.rows(TIMELINE);
      int from = random.nextInt(records.length);
      write(java.util.Arrays.copyOfRange(records, from, records.length));

      assertThat(database.rows(TIMELINE))
          .as("again from %d: %s", from, List.of(records))
          .isEqualTo(once);
    }
  }

  @Test
  void attributesAreColumnsAndWhateverTheyAreTheRowIsTaken() throws SQLException {
    write(
        new Registration(
            "R",
            false,
            null,
            null,
            Registration.ALWAYS,
            100,
            SOURCE,
            1,
            "{\"zone\": \"Asia/Ho_Chi_Minh\", \"model\": \"OHT-50\", \"interface\": \"vda5050\","
                + " \"active\": true, \"aliases\": [\"R-1\"], \"modules\": [2]}"),
        new Registration(
            "S",
            false,
            null,
            null,
            Registration.ALWAYS,
            100,
            SOURCE,
            2,
            "{\"active\": \"yes\", \"model\": 5, \"note\": \"\\u0000\"}"));

    assertThat(
            database.rows(
                "SELECT robot_id, zone, model, interface, active, aliases FROM registrations ORDER BY 1"))
        .containsExactly("R|Asia/Ho_Chi_Minh|OHT-50|vda5050|t|[\"R-1\"]", "S|-|5|-|-|-");
  }

  @Test
  void aSampleHasTheSiteThatItsRobotHadAtItsTime() throws Exception {
    try (Connection connection = database.connect();
        PreparedStatement insert = connection.prepareStatement(SeriesStatement.SQL)) {
      SeriesStatement.bind(insert, entry(BATTERY));
      insert.executeUpdate();
    }
    try (var writer =
        new WriterUnderTest<>(new ChunksTable(), new Connections(database.settings()))) {
      writer.write(chunk(FIRST_LIFE, 1, 1, 80, 79, 78));
    }
    String robot = BATTERY.labels().get("robot_id");
    List<Long> times =
        database.rows("SELECT to_millis(\"timestamp\") FROM metrics ORDER BY 1").stream()
            .map(Long::parseLong)
            .toList();
    String query =
        "SELECT metric_value, robot_id, site FROM metrics_with_robot ORDER BY \"timestamp\"";
    assertThat(database.rows(query))
        .containsExactly("80|" + robot + "|-", "79|" + robot + "|-", "78|" + robot + "|-");

    write(of(robot, Registration.ALWAYS, "fab-1", 1), of(robot, times.get(1), "fab-2", 2));

    assertThat(database.rows(query))
        .containsExactly(
            "80|" + robot + "|fab-1", "79|" + robot + "|fab-2", "78|" + robot + "|fab-2");
    assertThat(database.columns("SELECT * FROM metrics_with_robot"))
        .startsWith(database.columns("SELECT * FROM metrics").toArray(new String[0]));
    assertThat(database.columns("SELECT * FROM metrics_aggregated_with_robot"))
        .startsWith(database.columns("SELECT * FROM metrics_aggregated").toArray(new String[0]));
    assertThat(database.rows("SELECT site FROM registration_at(?, to_timestamp(0))", robot))
        .containsExactly("fab-1");
    assertThat(times.get(0)).isEqualTo(NOON);
  }

  private static Registration of(String robot, long from, String site, long offset) {
    String json = "{\"site\": \"" + site + "\"}";
    return new Registration(robot, false, site, null, from, 100, SOURCE, offset, json);
  }
}
