package oht50.metrics.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import oht50.metrics.cli.Topics;
import oht50.metrics.cli.Transactions;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a job leaves behind on a real broker when it is never started again. */
class OrphanTransactionsIT {
  private static final TopicPartition ALERTS = new TopicPartition(Topics.ALERTS, 0);

  @TempDir Path folder;

  @Test
  void anOrphanHoldsUpReadersUntilItIsAborted() throws Exception {
    KafkaListeners listeners = KafkaListeners.of(PortCheck.anyFree(), PortCheck.anyFree());
    try (KafkaBroker broker = KafkaBroker.start(folder, listeners);
        Admin admin =
            Admin.create(Map.of("bootstrap.servers", (Object) broker.bootstrapServers()));
        KafkaProducer<String, String> orphan =
            producer(broker, Map.of("transactional.id", Transactions.OF_THE_JOB + "-0-7"));
        KafkaProducer<String, String> other = producer(broker, Map.of());
        KafkaConsumer<String, String> reader = reader(broker)) {
      Topics.createMissing(admin, List.of(Topics.ALERTS));
      orphan.initTransactions();
      orphan.beginTransaction();
      orphan.send(new ProducerRecord<>(Topics.ALERTS, 0, "k", "of the orphan")).get();
      other.send(new ProducerRecord<>(Topics.ALERTS, 0, "k", "behind it")).get();
      reader.assign(List.of(ALERTS));
      reader.seekToBeginning(List.of(ALERTS));
      Transactions transactions = new Transactions(admin);

      assertThat(values(reader, Duration.ofSeconds(2))).isEmpty();
      assertThat(transactions.open(Transactions.OF_THE_JOB))
          .singleElement()
          .satisfies(
              open -> {
                assertThat(open.id()).isEqualTo(Transactions.OF_THE_JOB + "-0-7");
                assertThat(open.partitions()).containsExactly(ALERTS.toString());
              });
      assertThat(transactions.open("of-another-job")).isEmpty();

      assertThat(transactions.abort(Transactions.OF_THE_JOB))
          .containsExactly(Transactions.OF_THE_JOB + "-0-7");

      assertThat(values(reader, Duration.ofSeconds(20))).containsExactly("behind it");
      assertThat(transactions.open(Transactions.OF_THE_JOB)).isEmpty();
    }
  }

  /** What the next poll that gives anything gives. */
  private static List<String> values(KafkaConsumer<String, String> reader, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < deadline) {
      List<String> values = new java.util.ArrayList<>();
      reader.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
      if (!values.isEmpty()) {
        return values;
      }
    }
    return List.of();
  }

  private static KafkaProducer<String, String> producer(
      KafkaBroker broker, Map<String, String> more) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", broker.bootstrapServers());
    properties.put("transaction.timeout.ms", "600000");
    properties.putAll(more);
    return new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
  }

  private static KafkaConsumer<String, String> reader(KafkaBroker broker) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", broker.bootstrapServers());
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", "false");
    return new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
  }
}
