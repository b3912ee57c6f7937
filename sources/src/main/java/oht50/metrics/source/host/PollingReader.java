package oht50.metrics.source.host;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;

/** Emits what the poll loop has handed over; the task's thread never polls. */
final class PollingReader<T> implements SourceReader<T, PollingSplit> {
  private final Handover<T> handover;
  private final SeenCheckpoints checkpoints;
  private final Runnable startLoop;
  private final Runnable closeLoop;

  private boolean hasSplit;

  /**
   * @param startLoop run once, when the reader gets the split
   */
  PollingReader(
      Handover<T> handover, SeenCheckpoints checkpoints, Runnable startLoop, Runnable closeLoop) {
    this.handover = handover;
    this.checkpoints = checkpoints;
    this.startLoop = startLoop;
    this.closeLoop = closeLoop;
  }

  @Override
  public void start() {}

  @Override
  public InputStatus pollNext(ReaderOutput<T> output) {
    T element = handover.poll();
    if (element != null) {
      output.collect(element);
    }
    return handover.isEmpty() ? InputStatus.NOTHING_AVAILABLE : InputStatus.MORE_AVAILABLE;
  }

  @Override
  public List<PollingSplit> snapshotState(long checkpointId) {
    checkpoints.begin(checkpointId);
    return hasSplit ? List.of(PollingSplit.ONLY) : List.of();
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) {
    checkpoints.complete(checkpointId);
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return handover.available();
  }

  /** The split may come from state and from an enumerator as well. */
  @Override
  public void addSplits(List<PollingSplit> splits) {
    if (!hasSplit && !splits.isEmpty()) {
      hasSplit = true;
      startLoop.run();
    }
  }

  @Override
  public void notifyNoMoreSplits() {}

  @Override
  public void close() {
    closeLoop.run();
  }
}
