package oht50.metrics.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The job's jar on a cluster of somebody else: submitted, stopped and resumed with Flink's own
 * command line. {@code ./oht50 up} only provides Kafka and PostgreSQL; the job that it runs reads
 * other topics.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FlinkRunIT {
  private static final long T = Instant.parse("2025-06-01T12:00:00Z").toEpochMilli();
  private static final long MINUTE = 60_000;
  private static final String ROBOT = "{\"robot_id\": \"FLINK-RUN\"}";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration COMMAND = Duration.ofMinutes(2);
  private static final List<String> TOPICS =
      List.of(
          "telemetry",
          "missions",
          "safety",
          "points",
          "clock",
          "alerts",
          "alerts-fast",
          "rejected");

  private static Stack stack;
  private static FlinkCommands cluster;
  private static String job;
  private static String savepoint;

  @BeforeAll
  static void provide() throws IOException {
    stack = Stack.at(6).up("--no-demo", "--no-host", "--no-clock");
    List<String> create = new ArrayList<>(List.of("topics", "create"));
    TOPICS.forEach(topic -> create.add(ownTopic(topic)));
    stack.command(create.toArray(new String[0])).expectSuccess();
    cluster =
        new FlinkCommands(
            stack.data().resolve("other-flink"),
            stack.firstPort() + 6,
            FlinkCommands.databasePassword(stack));
    cluster.startCluster();
    Eventually.passes(
        PATIENCE,
        () -> assertThat(cluster.get("/overview").path("taskmanagers").asInt()).isEqualTo(1));
  }

  @AfterAll
  static void end() {
    if (cluster != null) {
      cluster.close();
    }
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  @Order(1)
  void theJarHoldsNothingOfTheClusterAndNoBroker() throws IOException {
    try (JarFile jar = new JarFile(FlinkCommands.jar().toFile())) {
      List<String> names = jar.stream().map(ZipEntry::getName).toList();
      assertThat(names).contains("oht50/metrics/job/MetricsJob.class");
      assertThat(names)
          .noneMatch(name -> name.startsWith("org/slf4j/"))
          .noneMatch(name -> name.startsWith("org/apache/logging/log4j/"))
          .noneMatch(name -> name.startsWith("org/apache/flink/runtime/"))
          .noneMatch(name -> name.startsWith("kafka/server/KafkaRaftServer"));
    }
  }

  @Test
  @Order(2)
  void aSubmittedJobRunsAndComputes() throws IOException {
    job = run();
    isRunning();
    send(Lines.point("load", ROBOT, T + 10_000, 1), Lines.point("load", ROBOT, T + 20_000, 2));
    send(Lines.clock(T + MINUTE + 10_000));
    Eventually.passes(PATIENCE, () -> assertThat(minute(T)).containsExactly("2|3|t|0"));
    Eventually.passes(
        PATIENCE,
        () -> assertThat(checkpoints().path("counts").path("completed").asInt()).isPositive());
    assertThat(checkpoints().path("counts").path("restored").asInt()).isZero();
  }

  @Test
  @Order(3)
  void itStopsWithASavepoint() throws IOException {
    send(
        Lines.point("load", ROBOT, T + MINUTE + 20_000, 10),
        Lines.point("load", ROBOT, T + MINUTE + 25_000, 20));
    send(Lines.clock(T + MINUTE + 50_000));
    // The open window is shown early: both points are in the state that the savepoint takes.
    Eventually.passes(PATIENCE, () -> assertThat(minute(T + MINUTE)).containsExactly("2|30|f|0"));

    Oht50.Result stopped =
        cluster.flink(
            COMMAND, "stop", "--savepointPath", cluster.savepoints().toUri().toString(), job);
    savepoint = found("Path: (file:\\S+)", stopped.expectSuccess().out());
    Eventually.passes(
        PATIENCE,
        () -> assertThat(cluster.get("/jobs/" + job).path("state").asText()).isEqualTo("FINISHED"));
  }

  @Test
  @Order(4)
  void itGoesOnFromTheSavepointInTheMiddleOfAWindow() throws IOException {
    send(
        Lines.point("load", ROBOT, T + MINUTE + 30_000, 30),
        Lines.point("load", ROBOT, T + MINUTE + 51_000, 40));
    job = run("-s", savepoint);
    isRunning();
    send(Lines.clock(T + 10 * MINUTE));
    Eventually.passes(PATIENCE, () -> assertThat(minute(T + MINUTE)).containsExactly("4|100|t|0"));

    assertThat(checkpoints().path("counts").path("restored").asInt()).isPositive();
    assertThat(checkpoints().path("latest").path("restored").path("is_savepoint").asBoolean())
        .isTrue();
    // The same life of the series wrote both minutes, and nobody asks for a repair.
    assertThat(
            stack.rows(
                "SELECT count(DISTINCT rollups.incarnation) FROM rollups JOIN series USING (series_id)"
                    + " WHERE labels->>'robot_id' = 'FLINK-RUN'"))
        .containsExactly("1");
    assertThat(cluster.get("/jobs/" + job + "/exceptions").at("/exceptionHistory/entries"))
        .isEmpty();
  }

  @Test
  @Order(5)
  void recordsThatExpiredUnreadAreRefusedAndNamed() throws Exception {
    Oht50.Result stopped =
        cluster.flink(
            COMMAND, "stop", "--savepointPath", cluster.savepoints().toUri().toString(), job);
    savepoint = found("Path: (file:\\S+)", stopped.expectSuccess().out());
    send(
        Lines.point("load", ROBOT, T + 11 * MINUTE, 5),
        Lines.point("load", ROBOT, T + 12 * MINUTE, 6));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", (Object) kafka()))) {
      TopicPartition partition = fullest(admin);
      admin
          .deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(-1)))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
    send(Lines.point("load", ROBOT, T + 13 * MINUTE, 7));

    job = run("-s", savepoint);
    Eventually.passes(
        PATIENCE,
        () ->
            assertThat(cluster.get("/jobs/" + job + "/exceptions").toString())
                .containsPattern(
                    "it6\\.points-\\d: \\d+ records from offset \\d+ to \\d+ have expired")
                .contains("kafka.accept-gap=true"));
    cluster.flink(COMMAND, "cancel", job).expectSuccess();
  }

  @Test
  @Order(6)
  void anAcceptedGapIsInTheRejects() throws Exception {
    job = run("-s", savepoint, "kafka.accept-gap=true");
    isRunning();
    Eventually.passes(
        PATIENCE,
        () ->
            assertThat(stack.rows("SELECT reason, detail FROM rejected WHERE topic = 'it6.points'"))
                .singleElement()
                .asString()
                .startsWith("EXPIRED|it6.points-"));
  }

  private static String kafka() {
    return "127.0.0.1:" + stack.firstPort();
  }

  /** The partition of the points that has most records. */
  private static TopicPartition fullest(Admin admin) throws Exception {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (int partition = 0; partition < 4; partition++) {
      latest.put(new TopicPartition(ownTopic("points"), partition), OffsetSpec.latest());
    }
    return admin.listOffsets(latest).all().get(30, TimeUnit.SECONDS).entrySet().stream()
        .max(Comparator.comparingLong(end -> end.getValue().offset()))
        .orElseThrow()
        .getKey();
  }

  /** {@code flink run -d} with options, or with a setting; returns the job's id. */
  private static String run(String... options) {
    List<String> arguments = new ArrayList<>(List.of("run", "-d"));
    for (String option : options) {
      if (!option.contains("=")) {
        arguments.add(option);
      }
    }
    arguments.addAll(List.of("-c", "oht50.metrics.job.MetricsJob"));
    arguments.addAll(List.of(FlinkCommands.jar().toString(), "--config"));
    arguments.add(cluster.jobYaml().toString());
    List<String> settings = new ArrayList<>();
    settings.add("kafka.bootstrap-servers=" + kafka());
    settings.add("kafka.group=it-flink-run");
    TOPICS.forEach(topic -> settings.add("kafka.topics." + topic + "=" + ownTopic(topic)));
    settings.add(
        "postgres.url=" + stack.status().path("jdbcUrl").asText().replaceFirst("\\?.*", ""));
    for (String option : options) {
      if (option.contains("=")) {
        settings.add(option);
      }
    }
    settings.add("host.enabled=false");
    settings.add("clock.enabled=false");
    settings.add("time.max-trailing=3650d");
    settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    Oht50.Result result = cluster.flink(COMMAND, arguments.toArray(new String[0]));
    return found("JobID ([0-9a-f]{32})", result.expectSuccess().out());
  }

  private static void isRunning() {
    Eventually.passes(
        PATIENCE,
        () -> {
          JsonNode status = cluster.get("/jobs/" + job);
          assertThat(status.path("state").asText()).isEqualTo("RUNNING");
          assertThat(status.path("vertices"))
              .isNotEmpty()
              .allMatch(vertex -> vertex.path("status").asText().equals("RUNNING"));
        });
  }

  private static JsonNode checkpoints() {
    return cluster.get("/jobs/" + job + "/checkpoints");
  }

  /** count|sum|is_final|revision of the minute that starts then. */
  private static List<String> minute(long start) {
    return stack.rows(
        "SELECT count, sum, is_final, revision FROM rollups JOIN series USING (series_id)"
            + " WHERE labels->>'robot_id' = 'FLINK-RUN' AND \"interval\" = '1m'"
            + " AND window_start = to_timestamp("
            + start / 1_000
            + ")");
  }

  private static void send(String... lines) throws IOException {
    stack.send(Arrays.stream(lines).map(line -> line.replace("\"oht50.", "\"it6.")).toList());
  }

  private static String ownTopic(String name) {
    return "it6." + name;
  }

  private static String found(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern + " in\n" + text).isTrue();
    return matcher.group(1);
  }
}
