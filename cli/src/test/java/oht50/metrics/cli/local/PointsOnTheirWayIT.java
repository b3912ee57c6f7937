package oht50.metrics.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import oht50.metrics.cli.Topics;
import oht50.metrics.client.MetricType;
import oht50.metrics.client.MetricsClient;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the client and the agent send to a real broker. */
class PointsOnTheirWayIT {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir static Path folder;
  private static KafkaBroker broker;

  @BeforeAll
  static void start() throws Exception {
    broker =
        KafkaBroker.start(
            folder.resolve("kafka"), KafkaListeners.of(PortCheck.anyFree(), PortCheck.anyFree()));
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", (Object) broker.bootstrapServers()))) {
      Topics.createMissing(admin, List.of(Topics.POINTS, Topics.HOST));
    }
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void everyPointThatThreadsRecordArrivesOnceUnderItsName() throws Exception {
    int threads = 4;
    int each = 2_500;
    try (MetricsClient client = MetricsClient.to(broker.bootstrapServers())) {
      ExecutorService pool = Executors.newFixedThreadPool(threads);
      List<Future<?>> recording = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        String name = "metric_" + i;
        recording.add(
            pool.submit(
                () -> {
                  for (int value = 0; value < each; value++) {
                    client.recordMetric(name, value, Map.of("thread", name), MetricType.HISTOGRAM);
                  }
                }));
      }
      for (Future<?> done : recording) {
        done.get();
      }
      pool.shutdown();
    }

    Set<String> values = new HashSet<>();
    Set<String> instants = new HashSet<>();
    int points = 0;
    for (ConsumerRecord<String, String> record : read(Topics.POINTS, all -> true)) {
      for (JsonNode point : JSON.readTree(record.value())) {
        assertThat(point.get("name").asText()).isEqualTo(record.key());
        values.add(record.key() + " " + point.get("value"));
        instants.add(record.key() + " " + point.get("timestamp"));
        points++;
      }
    }
    assertThat(points).isEqualTo(threads * each);
    assertThat(values).hasSize(threads * each);
    assertThat(instants).hasSize(threads * each);
  }

  /** A process of its own, with the jar and nothing else. */
  @Test
  void theAgentsJarAloneSendsThisMachineUntilItIsStopped() throws Exception {
    Path err = folder.resolve("agent.err");
    Process agent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Path.of("target/oht50-agent.jar").toAbsolutePath().toString(),
                "--bootstrap-servers",
                broker.bootstrapServers(),
                "--instance",
                "crane-7",
                "--interval",
                "1s")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(err.toFile())
            .start();
    List<ConsumerRecord<String, String>> records;
    try {
      records = read(Topics.HOST, found -> found.size() >= 2 || !agent.isAlive());
    } finally {
      agent.destroy();
      assertThat(agent.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(Files.readString(err)).isEqualTo("sending crane-7 to oht50.host each 1000 ms\n");
    assertThat(agent.exitValue()).isZero();
    assertThat(records).hasSizeGreaterThanOrEqualTo(2);
    Set<String> names = new HashSet<>();
    for (JsonNode point : JSON.readTree(records.get(1).value())) {
      assertThat(records.get(1).key()).isEqualTo("crane-7");
      assertThat(point.get("labels").get("instance").asText()).isEqualTo("crane-7");
      names.add(point.get("name").asText());
    }
    assertThat(names)
        .contains("oht50_cpu_usage_percent", "oht50_memory_total_bytes", "oht50_system_load");
  }

  /** What is in a topic, once it is at its end and enough. */
  private static List<ConsumerRecord<String, String>> read(
      String topic, Predicate<List<ConsumerRecord<String, String>>> enough) {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "enable.auto.commit", "false");
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(each -> new TopicPartition(topic, each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      List<ConsumerRecord<String, String>> records = new ArrayList<>();
      long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
      while (System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        boolean atEnd =
            partitions.stream().allMatch(each -> consumer.position(each) >= ends.get(each));
        if (atEnd && enough.test(records)) {
          return records;
        }
      }
      return records;
    }
  }
}
