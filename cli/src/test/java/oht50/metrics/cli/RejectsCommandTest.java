package oht50.metrics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import oht50.metrics.cli.db.ScratchDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an analyst sees of the rejects in a real database. */
class RejectsCommandTest {
  private static ScratchDatabase database;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void startDatabase() throws IOException, SQLException {
    database = ScratchDatabase.migrated();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO rejected VALUES"
              + " ('oht50.telemetry', 2, 41, 'status.pos_mm', 'OUT_OF_RANGE', 'saw -1', 'R-1',"
              + "  '{\"ts\": 1, \"status\": {\"pos_mm\": -1}}', '2026-11-24T18:50:00Z'),"
              + " ('oht50.telemetry', 2, 41, 'rssi', 'WRONG_TYPE', 'saw an object', 'R-1',"
              + "  '{\"ts\": 1, \"status\": {\"pos_mm\": -1}}', '2026-11-24T18:50:00Z'),"
              + " ('oht50.points', 0, 7, '$', 'MALFORMED_JSON', '1:9: end of input', NULL,"
              + "  '{\"name\": ', '2026-11-24T18:51:00Z'),"
              + " ('oht50.points', 0, 9, '[0]', 'WRONG_TYPE', 'saw 7', 'k',"
              + "  '[7]', '2026-11-24T18:52:00Z')");
    }
  }

  @AfterAll
  static void stopDatabase() throws IOException {
    database.close();
  }

  private int run(String... arguments) {
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--jdbc-url";
    all[arguments.length + 1] = database.url() + "?user=oht50_analyst";
    return Oht50.execute(new PrintWriter(out, true), new PrintWriter(err, true), all);
  }

  @Test
  void theNewestComeFirstAndTheReasonsAreCounted() {
    assertThat(run("rejects", "list", "--limit", "2")).isZero();

    assertThat(out.toString().lines().toList())
        .satisfiesExactly(
            header -> assertThat(header).contains("position", "path", "reason", "detail", "key"),
            rule -> assertThat(rule).startsWith("---"),
            newest -> assertThat(newest).contains("oht50.points/0/9", "[0]", "WRONG_TYPE"),
            next -> assertThat(next).contains("oht50.points/0/7", "MALFORMED_JSON", "18:51:00"),
            count -> assertThat(count).isEqualTo("(2 rows)"));
    assertThat(err.toString().strip())
        .isEqualTo("4 rejects: WRONG_TYPE 2, MALFORMED_JSON 1, OUT_OF_RANGE 1");
  }

  @Test
  void filtersNarrowTogether() throws IOException {
    assertThat(run("rejects", "list", "--json", "--topic", "oht50.telemetry")).isZero();
    assertThat(new JsonMapper().readTree(out.toString())).hasSize(2);
    out.getBuffer().setLength(0);

    run(
        "rejects",
        "list",
        "--json",
        "--reason",
        "wrong_type",
        "--reason",
        "MALFORMED_JSON",
        "--since",
        "2026-11-24T18:51:00Z");
    JsonNode rows = new JsonMapper().readTree(out.toString());
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).get("position").asText()).isEqualTo("oht50.points/0/9");
    out.getBuffer().setLength(0);

    assertThat(run("rejects", "list", "--json", "--since", "36500d")).isZero();
    assertThat(new JsonMapper().readTree(out.toString())).hasSize(4);
  }

  @Test
  void countsAreARowPerReason() throws IOException {
    assertThat(run("rejects", "list", "--counts", "--json")).isZero();

    JsonNode rows = new JsonMapper().readTree(out.toString());
    assertThat(rows).hasSize(3);
    assertThat(rows.get(0).get("reason").asText()).isEqualTo("WRONG_TYPE");
    assertThat(rows.get(0).get("rejects").asInt()).isEqualTo(2);
    assertThat(rows.get(0).get("records").asInt()).isEqualTo(2);
    assertThat(rows.get(0).get("first").asText()).startsWith("2026-11-24 18:50:00");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aRecordIsShownWithAllThatIsWrongAndItsValueReadable() {
    assertThat(run("rejects", "show", "oht50.telemetry/2/41")).isZero();

    assertThat(out.toString().lines().map(String::stripTrailing))
        .containsExactly(
            "position  oht50.telemetry/2/41",
            "arrived   2026-11-24 18:50:00+00",
            "key       R-1",
            "",
            "path      rssi",
            "reason    WRONG_TYPE",
            "detail    saw an object",
            "",
            "path      status.pos_mm",
            "reason    OUT_OF_RANGE",
            "detail    saw -1",
            "",
            "value (the first KiB)",
            "{",
            "  \"ts\" : 1,",
            "  \"status\" : {",
            "    \"pos_mm\" : -1",
            "  }",
            "}");
  }

  @Test
  void whatIsNoJsonIsShownAsItIs() {
    assertThat(run("rejects", "show", "oht50.points/0/7")).isZero();
    assertThat(out.toString()).endsWith("(the first KiB)\n{\"name\": \n").contains("(none)");
  }

  @Test
  void showForAProgramHasAllColumns() throws IOException {
    assertThat(run("rejects", "show", "--json", "oht50.telemetry/2/41")).isZero();

    JsonNode rows = new JsonMapper().readTree(out.toString());
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).properties().stream().map(java.util.Map.Entry::getKey))
        .containsExactly(
            "topic",
            "partition",
            "offset",
            "path",
            "reason",
            "detail",
            "key",
            "value",
            "append_time");
  }

  @Test
  void whatIsNotThereIsAProblemAndWrongUsageIsCode2() {
    assertThat(run("rejects", "show", "oht50.points/0/8")).isEqualTo(1);
    assertThat(run("rejects", "show", "oht50.points")).isEqualTo(2);
    assertThat(run("rejects", "list", "--since", "soon")).isEqualTo(2);
    assertThat(run("rejects", "list", "--reason", "NO_SUCH")).isEqualTo(2);
    assertThat(run("rejects", "replay")).isEqualTo(2);
    assertThat(run("rejects", "replay", "oht50.points/0/7", "--topic", "oht50.points"))
        .isEqualTo(2);
    assertThat(run("rejects", "replay", "--topic", "t", "--file", "f")).isEqualTo(2);
    assertThat(run("rejects", "replay", "oht50.points/0/8", "--bootstrap-servers", "127.0.0.1:1"))
        .isEqualTo(1);
    assertThat(err.toString().lines())
        .contains(
            "error: nothing is rejected at oht50.points/0/8",
            "error: 'oht50.points' is no position; write it as rejects list does:"
                + " oht50.points/2/41",
            "error: nothing is rejected at oht50.points/0/8; nothing was sent");
  }
}
