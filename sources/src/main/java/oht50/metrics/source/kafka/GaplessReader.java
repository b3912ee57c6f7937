package oht50.metrics.source.kafka;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import oht50.metrics.model.Position;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Rejected;
import oht50.metrics.source.Decoded;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at what the broker holds before a partition is read; all else is the reader's. */
final class GaplessReader implements SourceReader<Decoded, KafkaPartitionSplit> {
  private static final Logger LOG = LoggerFactory.getLogger(GaplessReader.class);

  private final SourceReader<Decoded, KafkaPartitionSplit> reader;
  private final Logs logs;
  private final boolean acceptGap;
  private final LongSupplier clockMillis;

  private final Deque<Gap> gaps = new ArrayDeque<>();

  /** What a broker holds of partitions. */
  interface Logs {
    /**
     * Offsets of a partition's log.
     *
     * @param start of the first record
     * @param end after the last record
     */
    record Held(long start, long end) {}

    Map<TopicPartition, Held> of(Collection<TopicPartition> partitions)
        throws InterruptedException, ExecutionException, TimeoutException;
  }

  private record Gap(KafkaPartitionSplit split, String detail) {}

  GaplessReader(
      SourceReader<Decoded, KafkaPartitionSplit> reader,
      Logs logs,
      boolean acceptGap,
      LongSupplier clockMillis) {
    this.reader = reader;
    this.logs = logs;
    this.acceptGap = acceptGap;
    this.clockMillis = clockMillis;
  }

  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    Map<TopicPartition, Logs.Held> held = held(splits);
    List<KafkaPartitionSplit> readable = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    for (KafkaPartitionSplit split : splits) {
      String gap = gap(split, held.get(split.getTopicPartition()));
      if (gap == null) {
        readable.add(split);
        continue;
      }
      faults.add(gap);
      gaps.add(new Gap(split, gap));
      readable.add(
          new KafkaPartitionSplit(
              split.getTopicPartition(),
              held.get(split.getTopicPartition()).start(),
              split.getStoppingOffset().orElse(KafkaPartitionSplit.NO_STOPPING_OFFSET)));
    }
    if (!faults.isEmpty() && !acceptGap) {
      throw new OffsetsExpired(
          String.join("; ", faults)
              + "; to go on without them start once with kafka.accept-gap=true, which notes the gap"
              + " in the rejects");
    }
    faults.forEach(gap -> LOG.error("Accepted a gap: {}", gap));
    reader.addSplits(readable);
  }

  private Map<TopicPartition, Logs.Held> held(List<KafkaPartitionSplit> splits) {
    try {
      return logs.of(splits.stream().map(KafkaPartitionSplit::getTopicPartition).toList());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Map.of();
    } catch (ExecutionException | TimeoutException e) {
      // The consumer waits for the broker, and does not jump over a gap either.
      LOG.warn("Kafka does not say yet what it holds: {}", e.toString());
      return Map.of();
    }
  }

  /** What is missing, in words; null if nothing is. */
  private static String gap(KafkaPartitionSplit split, Logs.Held held) {
    long from = split.getStartingOffset();
    if (held == null || from < 0) {
      return null;
    }
    TopicPartition partition = split.getTopicPartition();
    if (from < held.start()) {
      return "%s: %d records from offset %d to %d have expired before they were read"
          .formatted(partition, held.start() - from, from, held.start() - 1);
    }
    if (from > held.end()) {
      return "%s: offset %d was reached before, and the log ends at %d: the topic was made anew, or its end was lost"
          .formatted(partition, from, held.end());
    }
    return null;
  }

  @Override
  public InputStatus pollNext(ReaderOutput<Decoded> output) throws Exception {
    for (Gap gap = gaps.poll(); gap != null; gap = gaps.poll()) {
      output.createOutputForSplit(gap.split().splitId()).collect(reject(gap));
    }
    return reader.pollNext(output);
  }

  private Decoded reject(Gap gap) {
    KafkaPartitionSplit split = gap.split();
    return Decoded.rejected(
        new Rejected(
            new Position(split.getTopic(), split.getPartition(), split.getStartingOffset()),
            Rejected.WHOLE,
            RejectReason.EXPIRED,
            gap.detail(),
            null,
            null,
            clockMillis.getAsLong()));
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return gaps.isEmpty() ? reader.isAvailable() : CompletableFuture.completedFuture(null);
  }

  @Override
  public void start() {
    reader.start();
  }

  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
    return reader.snapshotState(checkpointId);
  }

  @Override
  public void notifyNoMoreSplits() {
    reader.notifyNoMoreSplits();
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    reader.handleSourceEvents(event);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    reader.notifyCheckpointComplete(checkpointId);
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    reader.notifyCheckpointAborted(checkpointId);
  }

  @Override
  public void pauseOrResumeSplits(
      Collection<String> splitsToPause, Collection<String> splitsToResume) {
    reader.pauseOrResumeSplits(splitsToPause, splitsToResume);
  }

  @Override
  public void close() throws Exception {
    reader.close();
  }
}
