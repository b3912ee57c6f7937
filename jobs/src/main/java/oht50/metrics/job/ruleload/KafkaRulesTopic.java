package oht50.metrics.job.ruleload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import oht50.metrics.model.Position;
import oht50.metrics.model.Rejected;
import oht50.metrics.sink.kafka.RuleSetRecord;
import oht50.metrics.source.kafka.RawRecord;
import oht50.metrics.source.kafka.RulesDecoder;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The topic of rule sets in Kafka, read as the job reads it. The producer is opened with the first
 * set that is sent, and no set of it is stored twice.
 */
public final class KafkaRulesTopic implements RulesTopic {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final String topic;
  private final Properties clients;
  private final RulesDecoder decoder = new RulesDecoder();
  private final KafkaConsumer<byte[], byte[]> consumer;
  private List<TopicPartition> partitions = List.of();
  private KafkaProducer<byte[], byte[]> producer;

  /**
   * @param properties of Kafka clients, where the brokers are among them
   */
  public KafkaRulesTopic(Properties properties, String topic) {
    this.topic = topic;
    this.clients = properties;
    Properties reading = new Properties();
    reading.putAll(properties);
    reading.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    reading.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    reading.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted"); // as the job
    // Positions beyond the end are those of a topic that was made anew.
    reading.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    this.consumer =
        new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public List<ToldRules> news() {
    if (partitions.isEmpty()) {
      assign();
    }
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    List<ToldRules> news = new ArrayList<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isAt(ends)) {
      if (System.nanoTime() - deadline > 0) {
        throw new TimeoutException("the end of topic " + topic + " is out of reach");
      }
      consumer.poll(POLL).forEach(record -> news.add(told(record)));
    }
    // Within a partition the order is that of offsets already, and all sets have one key.
    news.sort(Comparator.comparingLong(ToldRules::arrivedAt));
    return news;
  }

  private void assign() {
    var found = consumer.partitionsFor(topic);
    if (found == null || found.isEmpty()) {
      throw new UnknownTopicOrPartitionException(
          "there is no topic " + topic + "; create it with ./oht50 topics create");
    }
    partitions = found.stream().map(each -> new TopicPartition(topic, each.partition())).toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  private boolean isAt(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private ToldRules told(ConsumerRecord<byte[], byte[]> record) {
    Position position = new Position(record.topic(), record.partition(), record.offset());
    RulesDecoder.Told told =
        decoder.told(new RawRecord(position, record.key(), record.value(), record.timestamp()));
    return new ToldRules(position, record.timestamp(), told.set(), fault(told.reject()));
  }

  private static String fault(Rejected reject) {
    return reject == null ? null : reject.path() + ": " + reject.reason() + ": " + reject.detail();
  }

  @Override
  public Position send(long effectiveFrom, SortedMap<String, String> files)
      throws ExecutionException, InterruptedException {
    if (producer == null) {
      producer = open();
    }
    byte[] value = RuleSetRecord.value(effectiveFrom, files);
    RecordMetadata sent =
        producer.send(new ProducerRecord<>(topic, RuleSetRecord.key(), value)).get();
    return new Position(sent.topic(), sent.partition(), sent.offset());
  }

  private KafkaProducer<byte[], byte[]> open() {
    Properties sending = new Properties();
    sending.putAll(clients);
    sending.put(ProducerConfig.ACKS_CONFIG, "all");
    sending.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    sending.put(ProducerConfig.LINGER_MS_CONFIG, "0");
    // Whoever polls must have an answer before it is given up.
    sending.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, String.valueOf(PATIENCE.toMillis()));
    sending.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000");
    sending.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, String.valueOf(PATIENCE.toMillis()));
    return new KafkaProducer<>(sending, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public void close() {
    consumer.close();
    if (producer != null) {
      producer.close(Duration.ZERO);
    }
  }
}
