package oht50.metrics.model;

import java.io.Serializable;

/**
 * Where a record stands in its source: a Kafka topic, partition and offset, or the same three of
 * another source. Of two values for one series and timestamp the one of the higher position wins.
 */
public record Position(String topic, int partition, long offset) implements Serializable {
  /**
   * Topic and partition as one number; with the offset it orders positions totally. The order
   * across partitions is arbitrary but the same in every run.
   */
  public static long sourceId(String topic, int partition) {
    return (Hash64.id(topic) & 0x7fff_ffff_0000_0000L) | (partition & 0xffff_ffffL);
  }

  /** What the source ids of all partitions of a topic have in common: that of its first. */
  public static long topicOf(long sourceId) {
    return sourceId & ~0xffff_ffffL;
  }

  public long sourceId() {
    return sourceId(topic, partition);
  }

  public boolean isAfter(Position other) {
    long source = sourceId();
    long otherSource = other.sourceId();
    return source != otherSource ? source > otherSource : offset > other.offset;
  }

  /** {@code topic-partition@offset} */
  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
