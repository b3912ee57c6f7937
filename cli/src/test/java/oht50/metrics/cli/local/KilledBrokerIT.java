package oht50.metrics.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import oht50.metrics.cli.DataFolder;
import oht50.metrics.cli.KafkaSender;
import oht50.metrics.cli.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka is killed -9 while somebody sends, and started again on its folder. */
class KilledBrokerIT {
  private static final int RECORDS = 3_000;

  @TempDir private Path folder;

  @Test
  void everythingThatWasSentIsThereOnceAndInOrder() throws Exception {
    DataFolder data = new DataFolder(folder);
    data.create();
    KafkaListeners listeners = KafkaListeners.of(PortCheck.anyFree(), PortCheck.anyFree());
    KafkaProcess kafka = KafkaProcess.start(data, listeners);
    try {
      kafka.awaitAnswer();
      String servers = kafka.bootstrapServers();
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", (Object) servers))) {
        Topics.createMissing(admin, List.of(Topics.POINTS));
      }
      AtomicInteger sent = new AtomicInteger();
      CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(servers, sent));
      while (sent.get() < RECORDS / 3) {
        LockSupport.parkNanos(1_000_000);
      }
      ProcessHandle killed = ProcessHandle.of(kafka.pid()).orElseThrow();
      killed.destroyForcibly();
      killed.onExit().get(10, TimeUnit.SECONDS);
      kafka = KafkaProcess.start(data, listeners);
      sending.get(2, TimeUnit.MINUTES);

      assertThat(read(servers)).isEqualTo(numbers());
    } finally {
      kafka.stop(Duration.ofSeconds(10));
    }
  }

  private static void send(String servers, AtomicInteger sent) {
    try (KafkaSender sender = KafkaSender.to(servers)) {
      for (String number : numbers()) {
        sender.send(Topics.POINTS, "one", number);
        sent.incrementAndGet();
        LockSupport.parkNanos(1_000_000);
      }
    }
  }

  private static List<String> numbers() {
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      numbers.add(Integer.toString(i));
    }
    return numbers;
  }

  private static List<String> read(String servers) {
    Properties properties = new Properties();
    properties.setProperty("bootstrap.servers", servers);
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.POINTS).stream()
              .map(each -> new TopicPartition(each.topic(), each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long end = consumer.endOffsets(partitions).values().stream().mapToLong(each -> each).sum();
      List<String> values = new ArrayList<>();
      while (values.size() < end) {
        consumer.poll(Duration.ofSeconds(1)).forEach(record -> values.add(record.value()));
      }
      return values;
    }
  }
}
