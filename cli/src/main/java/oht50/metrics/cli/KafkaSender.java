package oht50.metrics.cli;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends in order per partition and without repeats; the first failure ends it. */
public final class KafkaSender implements AutoCloseable {
  private final String servers;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final Set<String> known = new HashSet<>();

  private KafkaSender(Properties properties, String servers) {
    this.servers = servers;
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** The broker answers now; should it be away later, the sender waits for up to two minutes. */
  public static KafkaSender to(String servers) {
    Properties properties = KafkaOption.clientProperties(servers);
    properties.setProperty("enable.idempotence", "true");
    properties.setProperty("acks", "all");
    properties.setProperty("linger.ms", "20");
    properties.setProperty("batch.size", "131072");
    // A broker that is started again knows the sequence numbers of this producer from its log:
    // what was sent twice is not stored twice.
    properties.setProperty("max.block.ms", "120000");
    properties.setProperty("delivery.timeout.ms", "120000");
    properties.setProperty("reconnect.backoff.max.ms", "500");
    return new KafkaSender(properties, servers);
  }

  public void send(String topic, String key, String value) {
    send(new ProducerRecord<>(topic, utf8(key), utf8(value)));
  }

  static byte[] utf8(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  public void send(ProducerRecord<byte[], byte[]> record) {
    throwFailure();
    try {
      if (known.add(record.topic())) {
        producer.partitionsFor(record.topic());
      }
      Future<RecordMetadata> ignored =
          producer.send(
              record,
              (metadata, exception) -> {
                if (exception != null) {
                  failure.compareAndSet(null, exception);
                }
              });
    } catch (KafkaException e) {
      failure.compareAndSet(null, e);
      throwFailure();
    }
  }

  /** Waits for all of them. */
  public void flush() {
    producer.flush();
    throwFailure();
  }

  /** Waits for all of them. */
  @Override
  public void close() {
    producer.flush();
    producer.close();
    throwFailure();
  }

  private void throwFailure() {
    Exception first = failure.get();
    if (first instanceof RecordTooLargeException) {
      throw CommandFailure.problems("Kafka refused a record: " + RootCause.of(first));
    }
    if (first != null) {
      throw KafkaOption.doesNotAnswer(servers, first);
    }
  }
}
