package oht50.metrics.sink.repair;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends the records of a round in one transaction. Opening one ends what another of the same id had
 * begun, and nothing more comes of that one.
 */
final class KafkaRepairTopic implements RepairTopic {
  /** As large as the topic takes; the points within are compressed already. */
  private static final int MAX_REQUEST_BYTES = 16 << 20;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final String topic;
  private final KafkaProducer<byte[], byte[]> producer;

  KafkaRepairTopic(RepairSettings settings) {
    this.topic = settings.topic();
    Properties properties = new Properties();
    properties.putAll(settings.properties());
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, settings.transactionalId());
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, String.valueOf(MAX_REQUEST_BYTES));
    properties.put(ProducerConfig.LINGER_MS_CONFIG, "0");
    // A round must end before the one who polls gives it up.
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, String.valueOf(PATIENCE.toMillis()));
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000");
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, String.valueOf(PATIENCE.toMillis()));
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    try {
      producer.initTransactions();
    } catch (KafkaException e) {
      close();
      throw e;
    }
  }

  @Override
  public void send(List<Message> messages) throws ExecutionException, InterruptedException {
    producer.beginTransaction();
    try {
      List<Future<?>> sent = new ArrayList<>();
      for (Message message : messages) {
        sent.add(producer.send(new ProducerRecord<>(topic, message.key(), message.value())));
      }
      for (Future<?> each : sent) {
        each.get();
      }
      producer.commitTransaction();
    } catch (KafkaException | ExecutionException e) {
      abort(e);
      throw e;
    }
  }

  private void abort(Exception cause) {
    try {
      producer.abortTransaction();
    } catch (KafkaException e) {
      cause.addSuppressed(e); // the next one to open ends it
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}
