package oht50.metrics.cli.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import oht50.metrics.cli.Oht50;
import oht50.metrics.cli.Topics;
import oht50.metrics.cli.db.ScratchDatabase;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rejected records of a real database sent again through a real broker. */
class RejectsReplayIT {
  /** Not UTF-8: what is sent again is bytes, not text. */
  private static final byte[] BROKEN = {'{', (byte) 0xff, 0, '}'};

  @TempDir static Path brokerFolder;
  private static KafkaBroker broker;
  private static ScratchDatabase database;
  private static int topics;

  @TempDir Path folder;
  private final String topic = "t" + topics++;
  private final TopicPartition partition = new TopicPartition(topic, 1);
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() throws Exception {
    broker =
        KafkaBroker.start(
            brokerFolder, KafkaListeners.of(PortCheck.anyFree(), PortCheck.anyFree()));
    database = ScratchDatabase.migrated();
  }

  @AfterAll
  static void stop() throws Exception {
    database.close();
    broker.close();
  }

  /** Two records of a partition, the second of them rejected; a third that was never there. */
  private void rejectTheSecond() throws Exception {
    Properties properties = new Properties();
    properties.setProperty("bootstrap.servers", broker.bootstrapServers());
    try (Admin admin = Admin.create(properties);
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      Topics.createMissing(admin, List.of(topic));
      byte[] key = "R-1".getBytes(UTF_8);
      producer.send(new ProducerRecord<>(topic, 1, key, "fine".getBytes(UTF_8))).get();
      ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, 1, key, BROKEN);
      record.headers().add("trace", "7".getBytes(UTF_8));
      producer.send(record).get();
    }
    insert(topic, 1, 1, "$");
    insert(topic, 1, 1, "x");
  }

  private static void insert(String topic, int partition, long offset, String path)
      throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement statement =
            connection.prepareStatement(
                "INSERT INTO rejected VALUES (?, ?, ?, ?, 'WRONG_TYPE', '', 'R-1', '', now())")) {
      statement.setString(1, topic);
      statement.setInt(2, partition);
      statement.setLong(3, offset);
      statement.setString(4, path);
      statement.execute();
    }
  }

  private int replay(String... arguments) {
    List<String> all = new ArrayList<>(List.of("rejects", "replay"));
    all.addAll(Arrays.asList(arguments));
    all.addAll(
        List.of(
            "--bootstrap-servers",
            broker.bootstrapServers(),
            "--jdbc-url",
            database.url() + "?user=oht50_analyst"));
    return Oht50.execute(
        new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
  }

  /** All records of the topic but the first two. */
  private List<ConsumerRecord<byte[], byte[]>> added() {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "enable.auto.commit", "false");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(each -> new TopicPartition(topic, each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      consumer.seek(partition, 2);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> added = new ArrayList<>();
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        consumer.poll(java.time.Duration.ofMillis(100)).forEach(added::add);
      }
      return added;
    }
  }

  @Test
  void aRejectedRecordIsSentAgainAsItIs() throws Exception {
    rejectTheSecond();

    assertThat(replay(topic + "/1/1", "--dry-run")).isZero();
    assertThat(out.toString().strip()).isEqualTo(topic + "/1/1 would be sent again, 4 bytes");
    assertThat(added()).isEmpty();
    assertThat(replay("--topic", topic)).isZero();

    assertThat(added())
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.key()).isEqualTo("R-1".getBytes(UTF_8));
              assertThat(record.value()).isEqualTo(BROKEN);
              assertThat(record.headers().lastHeader("trace").value()).isEqualTo(new byte[] {'7'});
            });
    assertThat(err.toString()).endsWith("1 record sent again\n");
  }

  @Test
  void anEditedFileIsSentInsteadUnderTheSameKey() throws Exception {
    rejectTheSecond();
    Path file = Files.writeString(folder.resolve("edited.json"), "{\"mended\": true}");

    assertThat(replay(topic + "/1/1", "--file", file.toString())).isZero();

    assertThat(added())
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.key()).isEqualTo("R-1".getBytes(UTF_8));
              assertThat(new String(record.value(), UTF_8)).isEqualTo("{\"mended\": true}");
            });
  }

  @Test
  void whatKafkaNoLongerHasIsSaidAndTheRestIsSent() throws Exception {
    rejectTheSecond();
    insert(topic, 1, 0, "$");
    insert(topic, 1, 99, "$");
    insert(topic, 77, 0, "$");
    insert("table:" + topic, -1, 5, "$");
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", (Object) broker.bootstrapServers()))) {
      admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(1))).all().get();
    }

    assertThat(replay("--topic", topic)).isEqualTo(1);
    assertThat(replay("--topic", "table:" + topic)).isEqualTo(1);

    assertThat(out.toString().lines())
        .containsExactly(
            topic + "/1/0 is no longer in Kafka",
            topic + "/1/1 sent again, 4 bytes",
            topic + "/1/99 is no longer in Kafka",
            topic + "/77/0 is no longer in Kafka",
            "table:" + topic + "/-1/5 is no longer in Kafka");
    assertThat(err.toString()).startsWith("1 record sent again, 3 no longer in Kafka\n");
    assertThat(added()).hasSize(1);
  }

  @Test
  void moreThanTheLimitIsRefusedAsAWhole() throws Exception {
    rejectTheSecond();
    insert(topic, 1, 0, "$");

    assertThat(replay("--topic", topic, "--limit", "1")).isEqualTo(2);

    assertThat(err.toString()).contains("more than 1 records; nothing was sent");
    assertThat(added()).isEmpty();
  }
}
