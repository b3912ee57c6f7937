package oht50.metrics.cli.rejects;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Records read again where they stand. */
public final class OriginalRecords {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Consumer<byte[], byte[]> consumer;

  /**
   * @param consumer without a group, that never jumps to another offset
   */
  public OriginalRecords(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /** The record, or nothing if Kafka does not have it any more, or never had. */
  public Optional<ConsumerRecord<byte[], byte[]>> at(RecordPosition position) {
    TopicPartition partition = new TopicPartition(position.topic(), position.partition());
    if (!exists(partition) || !holds(partition, position.offset())) {
      return Optional.empty();
    }
    consumer.assign(List.of(partition));
    consumer.seek(partition, position.offset());
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (consumer.position(partition) <= position.offset()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        // What stands behind it comes first if it was compacted away.
        return record.offset() == position.offset() ? Optional.of(record) : Optional.empty();
      }
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("no answer for " + position);
      }
    }
    return Optional.empty();
  }

  private boolean exists(TopicPartition partition) {
    // A refused row's topic is table:NAME, which no topic is called.
    return partition.partition() >= 0
        && consumer.listTopics().containsKey(partition.topic())
        && consumer.partitionsFor(partition.topic()).size() > partition.partition();
  }

  private boolean holds(TopicPartition partition, long offset) {
    Map<TopicPartition, Long> first = consumer.beginningOffsets(List.of(partition));
    Map<TopicPartition, Long> end = consumer.endOffsets(List.of(partition));
    return offset >= first.get(partition) && offset < end.get(partition);
  }
}
