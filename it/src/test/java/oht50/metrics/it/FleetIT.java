package oht50.metrics.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Three days of a fleet: what its robots did with their time is what those who made the log know,
 * to the millisecond, whatever came late.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(22)
class FleetIT {
  private static final Path FLEETS = Path.of("../../shared/data/fleet");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /**
   * After all others: what it counts beyond the horizon is rejected, tens of thousands of times.
   */
  @RegisterExtension private static final SharedStack REPLAYED = SharedStack.replayed();

  private static Stack stack;

  @BeforeAll
  static void start() throws Exception {
    stack = REPLAYED.stack();
  }

  /** Within blocks of some hours any order: a part of it is beyond the horizon then. */
  @Test
  @Order(1)
  void aLogInDisorderAddsUpToTheDaysOfTheSite() throws Exception {
    List<String> lines = lines("berlin-spring-3d");
    Random random = new Random(50);
    for (int from = 0; from < lines.size(); from += 700) {
      Collections.shuffle(lines.subList(from, Math.min(lines.size(), from + 700)), random);
    }
    holds("berlin-spring-3d", lines);
  }

  @Test
  @Tag("long-campaigns")
  @Order(2)
  void anotherOneAsItCameDoesToo() throws Exception {
    holds("ho-chi-minh-3d", lines("ho-chi-minh-3d"));
  }

  private static void holds(String fleet, List<String> lines) throws Exception {
    JsonNode expected = JSON.readTree(FLEETS.resolve(fleet + ".expected.json").toFile());
    stack.send(lines);
    settle();
    Eventually.passes(
        PATIENCE, () -> assertThat(stack.rows("SELECT * FROM repair_windows LIMIT 5")).isEmpty());
    settle(); // what was asked for last may still be on its way into the rows

    String span =
        "('" + expected.path("start").asText() + "', '" + expected.path("end").asText() + "')";
    assertThat(secondsByDay(span)).isEqualTo(expectedSeconds(expected));
    assertThat(unobserved(span)).isEqualTo(silence(lines, expected));
    assertFigures(figures(span), expected);
  }

  private static void settle() throws Exception {
    Eventually.settles(
        PATIENCE,
        Duration.ofSeconds(8),
        () ->
            stack.value(
                "SELECT max(seq), count(*), (SELECT count(*) FROM repair_windows),"
                    + " (SELECT sum(attempt) FROM mission_attempts) FROM rollups"));
  }

  /** robot day state -> seconds */
  private static Map<String, BigDecimal> secondsByDay(String span) {
    Map<String, BigDecimal> seconds = new TreeMap<>();
    for (String row :
        stack.rows("SELECT robot_id || ' ' || day || ' ' || state, seconds FROM kpi.e10" + span)) {
      String[] columns = row.split("\\|", -1);
      seconds.put(columns[0], decimal(columns[1]));
    }
    return seconds;
  }

  private static Map<String, BigDecimal> expectedSeconds(JsonNode expected) {
    Map<String, BigDecimal> seconds = new TreeMap<>();
    expected
        .path("robots")
        .properties()
        .forEach(
            robot ->
                robot
                    .getValue()
                    .path("seconds_by_day")
                    .properties()
                    .forEach(
                        day ->
                            day.getValue()
                                .properties()
                                .forEach(
                                    state ->
                                        seconds.put(
                                            robot.getKey()
                                                + " "
                                                + day.getKey()
                                                + " "
                                                + state.getKey(),
                                            decimal(state.getValue().asText())))));
    return seconds;
  }

  private static BigDecimal decimal(String text) {
    BigDecimal number = new BigDecimal(text).stripTrailingZeros();
    return number.scale() < 0 ? number.setScale(0) : number;
  }

  private static Map<String, BigDecimal> unobserved(String span) {
    Map<String, BigDecimal> seconds = new TreeMap<>();
    for (String row :
        stack.rows(
            "SELECT robot_id, sum(unobserved_seconds) FROM kpi.e10"
                + span
                + " GROUP BY robot_id")) {
      String[] columns = row.split("\\|", -1);
      seconds.put(columns[0], decimal(columns[1]));
    }
    return seconds;
  }

  /** Robots are to speak every five minutes; after three of them without a word all is silence. */
  private static Map<String, BigDecimal> silence(List<String> lines, JsonNode expected)
      throws IOException {
    Map<String, TreeSet<Long>> spoke = new TreeMap<>();
    for (String line : lines) {
      JsonNode record = JSON.readTree(line);
      JsonNode value = record.path("value");
      String time =
          switch (record.path("topic").asText()) {
            case "oht50.telemetry" -> value.path("ts").asText();
            case "oht50.modules", "vda5050.state" -> value.path("timestamp").asText();
            default -> null;
          };
      if (time != null) {
        spoke.computeIfAbsent(record.path("key").asText(), robot -> new TreeSet<>()).add(ms(time));
      }
    }
    Map<String, BigDecimal> seconds = new TreeMap<>();
    spoke.forEach(
        (robot, times) -> {
          times.add(ms(expected.path("end").asText()));
          long silent = 0;
          long before = times.first();
          for (long time : times) {
            silent += Math.max(0, time - before - 900_000);
            before = time;
          }
          seconds.put(robot, decimal(BigDecimal.valueOf(silent, 3).toPlainString()));
        });
    return seconds;
  }

  private static long ms(String time) {
    return time.endsWith("Z") ? Instant.parse(time).toEpochMilli() : Long.parseLong(time);
  }

  /** robot -> its figures */
  private static Map<String, double[]> figures(String span) {
    Map<String, double[]> figures = new TreeMap<>();
    for (String row :
        stack.rows(
            "SELECT robot_id, failures, interventions, missions_completed, mtbf_productive_seconds,"
                + " mtbf_uptime_seconds, mttr_seconds, mmbi_missions, availability,"
                + " operational_utilisation FROM kpi.robots"
                + span)) {
      String[] columns = row.split("\\|", -1);
      figures.put(
          columns[0], Arrays.stream(columns).skip(1).mapToDouble(Double::parseDouble).toArray());
    }
    return figures;
  }

  private static void assertFigures(Map<String, double[]> figures, JsonNode expected) {
    assertThat(figures).hasSize(expected.path("robots").size());
    expected
        .path("robots")
        .properties()
        .forEach(
            robot -> {
              JsonNode of = robot.getValue();
              double[] wanted =
                  Stream.of(
                          "failures",
                          "interventions",
                          "missions_completed",
                          "mtbf_productive_s",
                          "mtbf_uptime_s",
                          "mttr_s",
                          "mmbi_missions",
                          "availability",
                          "operational_utilisation")
                      .mapToDouble(figure -> of.path(figure).asDouble())
                      .toArray();
              // Quotients are rounded here and there.
              assertThat(figures.get(robot.getKey()))
                  .as(robot.getKey())
                  .containsExactly(wanted, Offset.offset(1e-9));
            });
  }

  /** The lines of a log; missions of different logs are different ones. */
  private static List<String> lines(String fleet) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(FLEETS.resolve(fleet + ".jsonl.gz"))),
                StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .map(line -> line.replaceAll("\"m-(\\d+)\"", "\"" + fleet + "-$1\""))
          .collect(Collectors.toCollection(ArrayList::new));
    }
  }
}
