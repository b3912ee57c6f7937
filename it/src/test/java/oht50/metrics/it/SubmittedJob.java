package oht50.metrics.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The job's jar on a cluster of somebody else, with topics of its own in a stack's Kafka. */
final class SubmittedJob {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration COMMAND = Duration.ofMinutes(2);
  private static final List<String> TOPICS =
      List.of(
          "telemetry",
          "missions",
          "safety",
          "points",
          "modules",
          "config",
          "logs",
          "performance",
          "alerts-external",
          "host",
          "vda-state",
          "vda-connection",
          "registry",
          "clock",
          "rules",
          "recorded",
          "repair",
          "alerts",
          "alerts-fast",
          "rejected");

  private final Stack stack;
  private final FlinkCommands cluster;
  private final String prefix;
  private String id;

  /**
   * @param prefix of its topics, in place of {@code oht50}
   */
  SubmittedJob(Stack stack, FlinkCommands cluster, String prefix) {
    this.stack = stack;
    this.cluster = cluster;
    this.prefix = prefix;
    List<String> create = new ArrayList<>(List.of("topics", "create"));
    TOPICS.forEach(topic -> create.add(topic(topic)));
    stack.command(create.toArray(new String[0])).expectSuccess();
  }

  String topic(String name) {
    return prefix + "." + name;
  }

  /** {@code flink run -d} with options, and with settings of the form {@code key=value}. */
  void run(String... options) {
    List<String> arguments = new ArrayList<>(List.of("run", "-d"));
    List<String> settings = new ArrayList<>();
    for (String option : options) {
      (option.contains("=") ? settings : arguments).add(option);
    }
    arguments.addAll(List.of("-c", "oht50.metrics.job.MetricsJob"));
    arguments.addAll(List.of(FlinkCommands.jar().toString(), "--config"));
    arguments.add(cluster.jobYaml().toString());
    settings.add("kafka.bootstrap-servers=" + kafka());
    settings.add("kafka.group=" + prefix);
    TOPICS.forEach(topic -> settings.add("kafka.topics." + topic + "=" + topic(topic)));
    settings.add(
        "postgres.url=" + stack.status().path("jdbcUrl").asText().replaceFirst("\\?.*", ""));
    settings.add("host.enabled=false");
    settings.add("clock.enabled=false");
    settings.add("time.max-trailing=3650d");
    settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    Oht50.Result result = cluster.flink(COMMAND, arguments.toArray(new String[0]));
    id = found("JobID ([0-9a-f]{32})", result.expectSuccess().out());
  }

  String kafka() {
    return "127.0.0.1:" + stack.firstPort();
  }

  void awaitRunning() {
    Eventually.passes(
        PATIENCE,
        () -> {
          JsonNode status = cluster.get("/jobs/" + id);
          assertThat(status.path("state").asText()).isEqualTo("RUNNING");
          assertThat(status.path("vertices"))
              .isNotEmpty()
              .allMatch(vertex -> vertex.path("status").asText().equals("RUNNING"));
        });
  }

  /** Returns where its savepoint is. */
  String stop() {
    Oht50.Result stopped =
        cluster.flink(
            COMMAND, "stop", "--savepointPath", cluster.savepoints().toUri().toString(), id);
    String savepoint = found("Path: (file:\\S+)", stopped.expectSuccess().out());
    awaitState("FINISHED");
    return savepoint;
  }

  void cancel() {
    cluster.flink(COMMAND, "cancel", id).expectSuccess();
    awaitState("CANCELED");
  }

  private void awaitState(String state) {
    Eventually.passes(
        PATIENCE,
        () -> assertThat(cluster.get("/jobs/" + id).path("state").asText()).isEqualTo(state));
  }

  JsonNode checkpoints() {
    return cluster.get("/jobs/" + id + "/checkpoints");
  }

  JsonNode exceptions() {
    return cluster.get("/jobs/" + id + "/exceptions");
  }

  /** Sends lines of {@link Lines} to its own topics. */
  void send(List<String> lines) {
    stack.send(lines.stream().map(line -> line.replace("\"oht50.", "\"" + prefix + ".")).toList());
  }

  private static String found(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern + " in\n" + text).isTrue();
    return matcher.group(1);
  }
}
