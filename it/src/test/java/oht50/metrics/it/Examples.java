package oht50.metrics.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oht50.metrics.cli.replay.EventTimes;
import oht50.metrics.cli.replay.KeyRule;

/**
 * The examples of every message, as lines for the topics where they belong. Each file is moved by
 * whole minutes, so that its last one is the same as that of all others: what lies within a file
 * keeps its distances, and nothing is ahead of the others.
 */
final class Examples {
  static final Path FOLDER = Path.of("../../shared/examples");

  /** What a program exports; it is scraped, not sent. */
  static final Path PAGES = FOLDER.resolve("exposition");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REJECTS = "rejects.jsonl";
  private static final String DAY = "2026-11-24T";

  /** What the project itself says, and what is written about the files. */
  private static final Set<String> NO_INPUTS =
      Set.of("README.md", "alert-out.json", "ws-metrics-frame.json", "exposition");

  private static final List<String> TELEMETRY =
      List.of(
          "module-telemetry-create.jsonl",
          "module-telemetry.json",
          "rs485-telemetry-with-comments.txt",
          "rs485-telemetry.json",
          "telemetry-events.jsonl",
          "telemetry-firmware.json",
          "telemetry-rest.jsonl",
          "telemetry-v0.2.json",
          "telemetry-v2.json",
          "telemetry-websocket.jsonl");

  /**
   * Where a file goes.
   *
   * @param key of a message
   * @param lastMinute that a message of it tells of, UTC
   */
  private record Input(String topic, UnaryOperator<String> key, String lastMinute) {}

  // By file, and sent in this order: of two values of one time and series the last one holds.
  private static final Map<String, Input> INPUTS = new TreeMap<>();

  static {
    for (String file : TELEMETRY) {
      input(file, "oht50.telemetry", "OHT-50-001", "18:50");
    }
    input("center-messages.jsonl", "oht50.telemetry", "OHT-50-001", "18:51");
    input("mission-events.jsonl", "oht50.missions", "@mission_id", "18:50");
    input("mission-record.json", "oht50.missions", "@id", "18:50");
    input("safety-events.jsonl", "oht50.safety", "OHT-50-001", "18:52");
    input("config-events.jsonl", "oht50.config", "config", "18:55");
    input("module-events.jsonl", "oht50.modules", "OHT-50-001", "18:50");
    input("mode-events.jsonl", "oht50.modules", "OHT-50-001", "18:40");
    input("metric-points.json", "oht50.points", "@name", "18:50");
    input("logs.jsonl", "oht50.logs", "oht50-1:8000", "18:50");
    input("performance-events.jsonl", "oht50.performance", "@instance", "18:50");
    input("vda5050-connection.jsonl", "vda5050.connection", Examples::peer, "18:58");
    input("vda5050-state-2.0.json", "vda5050.state", Examples::peer, "18:50");
    input("vda5050-state-2.1.json", "vda5050.state", Examples::peer, "18:50");
    input("vda5050-state-3.0.json", "vda5050.state", Examples::peer, "18:50");
    input("registry.jsonl", "oht50.registry", "@robot_id", "18:50");
    input("alerts-in.jsonl", "oht50.alerts.external", "oht50-1:8000", "18:51");
    input(REJECTS, null, "", "18:50"); // each line says its topic and key
    // Not of the examples, in which no machine speaks: what Telegraf says of one.
    input("telegraf.jsonl", "oht50.host", "crane-7", "18:50");
  }

  /**
   * @param key as {@code ./oht50 replay --key} takes it
   */
  private static void input(String file, String topic, String key, String lastMinute) {
    input(file, topic, KeyRule.parse(key)::keyOf, lastMinute);
  }

  private static void input(
      String file, String topic, UnaryOperator<String> key, String lastMinute) {
    INPUTS.put(file, new Input(topic, key, lastMinute));
  }

  private static String peer(String message) {
    JsonNode state = json(message);
    return state.path("manufacturer").asText() + "/" + state.path("serialNumber").asText();
  }

  private Examples() {}

  /** Files of the folder of which nothing is known here. */
  static Set<String> unknown() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> !INPUTS.containsKey(file) && !NO_INPUTS.contains(file))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * All of them as lines for {@code ./oht50 replay}.
   *
   * @param minute to which the last minute of every file is moved
   */
  static List<String> linesAt(Instant minute) {
    List<String> lines = new ArrayList<>();
    INPUTS.forEach(
        (file, input) -> {
          long later =
              Duration.between(Instant.parse(DAY + input.lastMinute + ":00Z"), minute).toMinutes();
          for (String message : messages(file)) {
            lines.add(
                file.equals(REJECTS)
                    ? rejectedLine(message, later)
                    : line(
                        input.topic, input.key.apply(message), EventTimes.shift(message, later)));
          }
        });
    return lines;
  }

  /** What the examples say must be rejected, as {@code topic|key|reason|path}. */
  static List<String> rejects() {
    return messages(REJECTS).stream()
        .map(Examples::json)
        .map(
            line ->
                String.join(
                    "|",
                    line.path("topic").asText(),
                    line.path("key").asText(),
                    line.path("reason").asText(),
                    line.path("field").isNull() ? "$" : line.path("field").asText()))
        .toList();
  }

  private static String rejectedLine(String message, long later) {
    JsonNode record = json(message);
    return line(
        record.path("topic").asText(),
        record.path("key").textValue(),
        EventTimes.shift(record.path("value").asText(), later));
  }

  private static String line(String topic, String key, String value) {
    ObjectNode line = JSON.createObjectNode();
    return line.put("topic", topic).put("key", key).put("value", value).toString();
  }

  /** The messages of a file: its lines, or the whole of it. */
  private static List<String> messages(String file) {
    try {
      Path path = FOLDER.resolve(file);
      Path here = Oht50.HOME.resolve("sources/src/test/resources/examples").resolve(file);
      String text = Files.readString(Files.exists(path) ? path : here);
      return file.endsWith(".jsonl") ? text.lines().toList() : List.of(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
