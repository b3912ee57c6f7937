package oht50.metrics.source.host;

import java.util.List;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/** Gives the one split to the first reader, once. */
final class PollingEnumerator implements SplitEnumerator<PollingSplit, PollingState> {
  private final SplitEnumeratorContext<PollingSplit> context;
  private boolean assigned;

  PollingEnumerator(SplitEnumeratorContext<PollingSplit> context, PollingState state) {
    this.context = context;
    this.assigned = state.assigned();
  }

  @Override
  public void start() {}

  @Override
  public void handleSplitRequest(int subtask, String host) {
    // Readers do not ask.
  }

  /** A reader failed before a checkpoint held its split; it registers again. */
  @Override
  public void addSplitsBack(List<PollingSplit> splits, int subtask) {
    assigned = assigned && splits.isEmpty();
  }

  @Override
  public void addReader(int subtask) {
    if (!assigned) {
      assigned = true;
      context.assignSplit(PollingSplit.ONLY, subtask);
    }
  }

  @Override
  public PollingState snapshotState(long checkpointId) {
    return new PollingState(assigned);
  }

  @Override
  public void close() {}
}
