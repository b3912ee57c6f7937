package oht50.metrics.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
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
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The job's jar on a cluster of somebody else: submitted, stopped and resumed with Flink's own
 * command line. {@code ./oht50 up} only provides Kafka and PostgreSQL; the job that it runs reads
 * other topics.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(10)
class FlinkRunIT {
  private static final long T = Instant.parse("2025-06-01T12:00:00Z").toEpochMilli();
  private static final long MINUTE = 60_000;
  private static final String ROBOT = "{\"robot_id\": \"FLINK-RUN\"}";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  @RegisterExtension private static final SharedStack QUIET = SharedStack.quiet();

  private static Stack stack;
  private static FlinkCommands cluster;
  private static SubmittedJob job;
  private static String savepoint;

  @BeforeAll
  static void provide() throws IOException {
    stack = QUIET.stack();
    cluster =
        new FlinkCommands(
            stack.data().resolve("other-flink"),
            stack.firstPort() + 6,
            FlinkCommands.databasePassword(stack));
    cluster.startCluster();
    Eventually.passes(
        PATIENCE,
        () -> assertThat(cluster.get("/overview").path("taskmanagers").asInt()).isEqualTo(1));
    job = new SubmittedJob(stack, cluster, "it6");
  }

  @AfterAll
  static void end() {
    if (cluster != null) {
      cluster.close();
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
    job.run();
    job.awaitRunning();
    send(Lines.point("load", ROBOT, T + 10_000, 1), Lines.point("load", ROBOT, T + 20_000, 2));
    send(Lines.clock(T + MINUTE + 10_000));
    Eventually.passes(PATIENCE, () -> assertThat(minute(T)).containsExactly("2|3|t|0"));
    Eventually.passes(
        PATIENCE,
        () -> assertThat(job.checkpoints().path("counts").path("completed").asInt()).isPositive());
    assertThat(job.checkpoints().path("counts").path("restored").asInt()).isZero();
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

    savepoint = job.stop();
  }

  @Test
  @Order(4)
  void itGoesOnFromTheSavepointInTheMiddleOfAWindow() throws IOException {
    send(
        Lines.point("load", ROBOT, T + MINUTE + 30_000, 30),
        Lines.point("load", ROBOT, T + MINUTE + 51_000, 40));
    job.run("-s", savepoint);
    job.awaitRunning();
    send(Lines.clock(T + 10 * MINUTE));
    Eventually.passes(PATIENCE, () -> assertThat(minute(T + MINUTE)).containsExactly("4|100|t|0"));

    assertThat(job.checkpoints().path("counts").path("restored").asInt()).isPositive();
    assertThat(job.checkpoints().path("latest").path("restored").path("is_savepoint").asBoolean())
        .isTrue();
    // The same life of the series wrote both minutes, and nobody asks for a repair.
    assertThat(
            stack.rows(
                "SELECT count(DISTINCT rollups.incarnation) FROM rollups JOIN series USING (series_id)"
                    + " WHERE labels->>'robot_id' = 'FLINK-RUN'"))
        .containsExactly("1");
    assertThat(job.exceptions().at("/exceptionHistory/entries")).isEmpty();
  }

  @Test
  @Order(5)
  void recordsThatExpiredUnreadAreRefusedAndNamed() throws Exception {
    savepoint = job.stop();
    send(
        Lines.point("load", ROBOT, T + 11 * MINUTE, 5),
        Lines.point("load", ROBOT, T + 12 * MINUTE, 6));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", (Object) job.kafka()))) {
      TopicPartition partition = fullest(admin);
      admin
          .deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(-1)))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
    send(Lines.point("load", ROBOT, T + 13 * MINUTE, 7));

    job.run("-s", savepoint);
    Eventually.passes(
        PATIENCE,
        () ->
            assertThat(job.exceptions().toString())
                .containsPattern(
                    "it6\\.points-\\d: \\d+ records from offset \\d+ to \\d+ have expired")
                .contains("kafka.accept-gap=true"));
    job.cancel();
  }

  @Test
  @Order(6)
  void anAcceptedGapIsInTheRejects() throws Exception {
    job.run("-s", savepoint, "kafka.accept-gap=true");
    job.awaitRunning();
    Eventually.passes(
        PATIENCE,
        () ->
            assertThat(stack.rows("SELECT reason, detail FROM rejected WHERE topic = 'it6.points'"))
                .singleElement()
                .asString()
                .startsWith("EXPIRED|it6.points-"));
  }

  @Test
  @Order(7)
  void savepointsOfReleasedVersionsAreRestored() throws IOException {
    job.cancel();
    assertThat(GoldenFleet.versions()).isNotEmpty();
    for (String version : GoldenFleet.versions()) {
      GoldenFleet fleet = new GoldenFleet(version, stack, cluster);
      // Tables and topics as they were: this version's state of them is then thrown away.
      fleet.run();
      fleet.before();
      fleet.job().cancel();
      fleet.run("-s", fleet.unpack());
      fleet.after();
      assertThat(GoldenFleet.ofKnownMetrics(fleet.answers()))
          .as(version)
          .containsExactlyInAnyOrderElementsOf(GoldenFleet.expected());
      fleet.job().cancel();
    }
  }

  /** The partition of the points that has most records. */
  private static TopicPartition fullest(Admin admin) throws Exception {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (int partition = 0; partition < 4; partition++) {
      latest.put(new TopicPartition(job.topic("points"), partition), OffsetSpec.latest());
    }
    return admin.listOffsets(latest).all().get(30, TimeUnit.SECONDS).entrySet().stream()
        .max(Comparator.comparingLong(end -> end.getValue().offset()))
        .orElseThrow()
        .getKey();
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

  private static void send(String... lines) {
    job.send(List.of(lines));
  }
}
