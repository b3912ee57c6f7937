package oht50.metrics.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every kind of bad input between good ones: it is said what is wrong, and nothing else happens.
 */
@Order(21)
class BadInputIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path REJECTS =
      Oht50.HOME.resolve("sources/src/test/resources/examples/rejects.jsonl");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A minute that is over and that the horizon covers. */
  private static final long T =
      Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(2, ChronoUnit.MINUTES).toEpochMilli();

  private static final int[] POISON_PERCENT = {1, 20, 100};
  private static final List<JsonNode> bad = new ArrayList<>();
  @RegisterExtension private static final SharedStack REPLAYED = SharedStack.replayed();

  private static Stack stack;

  @BeforeAll
  static void send() throws IOException {
    stack = REPLAYED.stack();
    for (String line : Files.readAllLines(REJECTS)) {
      bad.add(JSON.readTree(line));
    }
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < bad.size(); i++) {
      ObjectNode record = JSON.createObjectNode();
      record.set("topic", bad.get(i).get("topic"));
      record.set("key", bad.get(i).get("key"));
      record.set("value", bad.get(i).get("value"));
      lines.add(record.toString());
      lines.add(Lines.point("good", "{\"robot_id\": \"GOOD\"}", T + i * 1_000, i));
    }
    lines.add(Lines.raw("oht50.clock", "clock", "no time"));
    for (int share : POISON_PERCENT) {
      lines.addAll(poisoned(share));
    }
    stack.send(lines);
  }

  /** A thousand points, so many percent of them bytes that are no message. */
  private static List<String> poisoned(int percent) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      lines.add(
          i % 100 < percent
              ? Lines.raw("oht50.points", "poison-" + percent, "{\"poison\": " + i + ", ")
              : Lines.point("beside_" + percent, "{\"robot_id\": \"GOOD\"}", T + i * 50L, 1));
    }
    return lines;
  }

  @Test
  void poisonOfAnyShareIsRejectedToTheLastRecordAndCostsNoOther() {
    for (int percent : POISON_PERCENT) {
      Eventually.passes(
          PATIENCE,
          () ->
              assertThat(
                      stack.value(
                          "SELECT count(*) FROM rejected WHERE key = 'poison-" + percent + "'"))
                  .isEqualTo(String.valueOf(10 * percent)));
      Eventually.passes(
          PATIENCE,
          () ->
              assertThat(
                      stack.rows(
                          "SELECT count(*) FROM metrics WHERE metric_name = 'beside_"
                              + percent
                              + "'"))
                  .containsExactly(String.valueOf(1_000 - 10 * percent)));
    }
  }

  @Test
  void theTableSaysWhatIsWrongAndWhere() {
    Eventually.passes(
        PATIENCE,
        () ->
            assertThat(
                    stack.rows(
                        "SELECT topic, key, reason, path FROM rejected WHERE coalesce(key, '') NOT LIKE 'poison%'"))
                .containsExactlyInAnyOrderElementsOf(expected()));
    assertThat(stack.rows("SELECT 1 FROM rejected WHERE detail IS NULL OR detail = ''")).isEmpty();
  }

  @Test
  void theTopicSaysTheSame() {
    Eventually.passes(
        PATIENCE,
        () ->
            assertThat(
                    stack
                        .command("topic", "oht50.rejected", "--from-beginning")
                        .expectSuccess()
                        .out()
                        .lines()
                        .map(line -> tree(tree(line).get("value").asText()))
                        .map(BadInputIT::row)
                        .filter(row -> !row.contains("|poison-")))
                .containsExactlyInAnyOrderElementsOf(expected()));
  }

  @Test
  void theGoodLinesBetweenThemAreInTheResults() {
    int sum = bad.size() * (bad.size() - 1) / 2;
    Eventually.passes(
        PATIENCE,
        () ->
            assertThat(
                    stack.rows(
                        "SELECT count, sum FROM rollups JOIN series USING (series_id)"
                            + " WHERE metric_name = 'good' AND \"interval\" = '1m' AND is_final"))
                .containsExactly(bad.size() + "|" + sum));
    // The rest of a message with one bad field.
    Eventually.passes(
        PATIENCE,
        () ->
            assertThat(
                    stack.rows(
                        "SELECT DISTINCT metric_value FROM metrics"
                            + " WHERE metric_name = 'oht50_robot_position_mm'"
                            + " AND labels ->> 'robot_id' NOT LIKE '%/%'")) // of VDA 5050
                .containsExactly("1234.56"));
  }

  @Test
  void theJobNeverRestarted() throws Exception {
    Eventually.passes(
        PATIENCE, () -> assertThat(stack.value("SELECT count(*) FROM rejected")).isNotEqualTo("0"));
    assertThat(get("").path("state").asText()).isEqualTo("RUNNING");
    assertThat(get("/exceptions").at("/exceptionHistory/entries")).isEmpty();
    assertThat(get("/metrics?get=numRestarts").path(0).path("value").asText()).isEqualTo("0");
  }

  private static JsonNode get(String path) throws IOException, InterruptedException {
    JsonNode status = stack.status();
    String url =
        status.path("flinkUi").asText() + "/jobs/" + status.path("job").path("id").asText() + path;
    return JSON.readTree(
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(url)).build(),
                HttpResponse.BodyHandlers.ofString())
            .body());
  }

  /** topic|key|reason|path of all bad lines. */
  private static List<String> expected() {
    List<String> rows = new ArrayList<>();
    for (JsonNode line : bad) {
      String path = line.get("field").isNull() ? "$" : line.get("field").asText();
      rows.add(
          String.join(
              "|",
              line.get("topic").asText(),
              line.get("key").asText(),
              line.get("reason").asText(),
              path));
    }
    rows.add("oht50.clock|clock|MALFORMED_JSON|$");
    return rows;
  }

  private static String row(JsonNode rejected) {
    return String.join(
        "|",
        rejected.get("topic").asText(),
        rejected.get("key").asText(),
        rejected.get("reason").asText(),
        rejected.get("path").asText());
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }
}
