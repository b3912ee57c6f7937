package oht50.metrics.source.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * A partition seen for the first time is read from its earliest record. An offset of a checkpoint
 * that the broker no longer holds is an error that fails the job: the connector's own initializers
 * would jump over the gap without a word.
 */
final class EarliestThenNone implements OffsetsInitializer {
  private static final long serialVersionUID = 1L;

  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
    // Numbers, not the connector's "earliest" marker: should the first records expire before they
    // are fetched, that too is a gap.
    return new HashMap<>(retriever.beginningOffsets(partitions));
  }

  @Override
  @SuppressWarnings("deprecation")
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return OffsetResetStrategy.NONE;
  }
}
