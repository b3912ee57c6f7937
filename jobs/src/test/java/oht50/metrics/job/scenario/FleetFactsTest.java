package oht50.metrics.job.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three days of a fleet of which two sides tell: what counts is what the registry says. */
class FleetFactsTest {
  private static final Path FLEETS = Path.of("../../shared/data/fleet");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STATES = "vda5050.state";

  @ParameterizedTest
  @CsvSource({
    "ho-chi-minh-3d,false",
    "ho-chi-minh-3d,true",
    "berlin-spring-3d,false",
    "berlin-spring-3d,true"
  })
  void theTopicsThatTheRegistryNamesAreCountedExactly(String fleet, boolean isShuffled)
      throws Exception {
    JsonNode expected = JSON.readTree(FLEETS.resolve(fleet + ".expected.json").toFile());

    FleetPipeline pipeline = run(log(fleet), isShuffled);

    assertThat(pipeline.totals("oht50_missions_total", "type", "status"))
        .isEqualTo(totals(expected.path("missions_total"), "type", "status"));
    assertThat(pipeline.totals("oht50_safety_events_total", "type", "severity"))
        .isEqualTo(totals(expected.path("safety_events_total"), "type", "severity"));
    assertSums(
        pipeline.sums("oht50_mission_duration_seconds", "type"),
        expected.path("mission_duration_seconds_sum"));
    assertSums(
        pipeline.sums("oht50_safety_response_time_seconds", "type"),
        expected.path("safety_response_time_seconds_sum"));
  }

  /** The states tell what the topics tell, though not of what kind a mission is. */
  @ParameterizedTest
  @CsvSource({
    "ho-chi-minh-3d,false",
    "ho-chi-minh-3d,true",
    "berlin-spring-3d,false",
    "berlin-spring-3d,true"
  })
  void ofRobotsThatCountFromTheirStatesTheStatesAreCounted(String fleet, boolean isShuffled)
      throws Exception {
    JsonNode expected = JSON.readTree(FLEETS.resolve(fleet + ".expected.json").toFile());
    List<JsonNode> log = log(fleet);
    for (JsonNode record : log) {
      if (record.path("value").path("interface").asText().equals("vda5050")) {
        ((ObjectNode) record.path("value")).put("missions_from", STATES).put("safety_from", STATES);
      }
    }
    FleetStates states = FleetStates.of(log);

    FleetPipeline pipeline = run(log, isShuffled);

    Map<String, Integer> missions =
        pipeline.totals("oht50_missions_total", "robot_id", "type", "status");
    missions.keySet().removeIf(name -> !name.startsWith("semitec/"));
    assertThat(missions).isEqualTo(states.missions());
    Map<String, Integer> safety =
        pipeline.totals("oht50_safety_events_total", "robot_id", "type", "severity");
    safety.keySet().removeIf(name -> !name.startsWith("semitec/"));
    assertThat(safety).isEqualTo(states.safety());
    assertThat(pipeline.sums("oht50_mission_duration_seconds", "type").get("order"))
        .isCloseTo(states.seconds(), within(1e-6));
    assertThat(pipeline.sums("oht50_safety_response_time_seconds", "robot_id").keySet())
        .as("states say nothing of response times")
        .noneMatch(robot -> robot.startsWith("semitec/"));
    expected
        .path("robots")
        .properties()
        .forEach(
            robot -> {
              String type = robot.getKey().startsWith("semitec/") ? "order" : "";
              int completed =
                  pipeline
                      .totals("oht50_missions_total", "robot_id", "status")
                      .getOrDefault(robot.getKey() + " completed", 0);
              assertThat(completed)
                  .as(robot.getKey() + type)
                  .isEqualTo(robot.getValue().path("missions_completed").asInt());
              int failures =
                  pipeline.totals("oht50_safety_events_total", "robot_id").get(robot.getKey());
              assertThat(failures).isEqualTo(robot.getValue().path("failures").asInt());
            });
  }

  private static FleetPipeline run(List<JsonNode> log, boolean isShuffled) throws Exception {
    if (!isShuffled) {
      return FleetPipeline.of(log, null);
    }
    Random random = new Random(5050);
    Collections.shuffle(log, random);
    return FleetPipeline.of(log, random);
  }

  private static void assertSums(Map<String, Double> sums, JsonNode expected) {
    assertThat(sums).hasSize(expected.size());
    expected
        .properties()
        .forEach(
            sum ->
                assertThat(sums.get(sum.getKey()))
                    .as(sum.getKey())
                    .isCloseTo(sum.getValue().asDouble(), within(1e-6)));
  }

  private static Map<String, Integer> totals(JsonNode expected, String first, String second) {
    Map<String, Integer> totals = new TreeMap<>();
    expected.forEach(
        total ->
            totals.put(
                total.path(first).asText() + " " + total.path(second).asText(),
                total.path("value").asInt()));
    return totals;
  }

  private static List<JsonNode> log(String fleet) throws IOException {
    List<JsonNode> log = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(FLEETS.resolve(fleet + ".jsonl.gz"))),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.add(JSON.readTree(line));
      }
    }
    return log;
  }
}
