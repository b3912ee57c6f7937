package oht50.metrics.cli;

import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import oht50.metrics.cli.replay.ReplayRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends in order per partition and without repeats; the first failure ends it. */
final class KafkaSender implements AutoCloseable {
  private final String servers;
  private final KafkaProducer<String, String> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final Set<String> known = new HashSet<>();

  KafkaSender(Properties properties, String servers) {
    this.servers = servers;
    this.producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
  }

  void send(ReplayRecord record) {
    throwFailure();
    try {
      if (known.add(record.topic())) {
        producer.partitionsFor(record.topic());
      }
      Future<RecordMetadata> ignored =
          producer.send(
              new ProducerRecord<>(record.topic(), record.key(), record.value()),
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
