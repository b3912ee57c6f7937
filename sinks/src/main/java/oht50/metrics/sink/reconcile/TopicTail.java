package oht50.metrics.sink.reconcile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the committed records of a topic between two positions. For one thread. */
final class TopicTail implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;

  TopicTail(Properties clients) {
    Properties properties = new Properties();
    properties.putAll(clients);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    // Positions beyond the end are those of a topic that was made anew.
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    this.consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Takes records in, with the positions behind them: partition -> next offset. */
  interface Reading<E extends Exception> {
    void note(List<ConsumerRecord<byte[], byte[]>> records, Map<Integer, Long> next) throws E;
  }

  /**
   * @param from partition -> next offset; a partition that is missing is read from its beginning
   * @param ends partition -> the offset to read up to: high watermarks
   * @return whether all ends were reached; an open transaction may stand before one of them
   */
  <E extends Exception> boolean read(
      Map<Integer, Long> from,
      Map<TopicPartition, Long> ends,
      Duration patience,
      Reading<E> reading)
      throws E {
    consumer.assign(ends.keySet());
    for (TopicPartition partition : ends.keySet()) {
      Long next = from.get(partition.partition());
      if (next == null) {
        consumer.seekToBeginning(List.of(partition));
      } else {
        consumer.seek(partition, next);
      }
    }
    long deadline = System.nanoTime() + patience.toNanos();
    while (!isAt(ends)) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      consumer.poll(POLL).forEach(records::add);
      Map<Integer, Long> next = new HashMap<>();
      ends.keySet()
          .forEach(partition -> next.put(partition.partition(), consumer.position(partition)));
      if (!records.isEmpty() || isAt(ends)) {
        reading.note(records, next);
      }
    }
    return true;
  }

  private boolean isAt(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  @Override
  public void close() {
    consumer.close();
  }
}
