package oht50.metrics.sink.postgres;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import oht50.metrics.model.AlertTransition;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;

/** Holds the transitions since the last checkpoint and hands them over with the next. */
final class TransitionsWriter implements CommittingSinkWriter<AlertTransition, TransitionBatch> {
  private static final int LONGEST_BATCH = 1_000;

  private List<AlertTransition> held = new ArrayList<>();

  @Override
  public void write(AlertTransition transition, Context context) {
    held.add(transition);
  }

  /** Nothing leaves before its checkpoint. */
  @Override
  public void flush(boolean endOfInput) {}

  @Override
  public Collection<TransitionBatch> prepareCommit() {
    List<TransitionBatch> batches = new ArrayList<>();
    for (int from = 0; from < held.size(); from += LONGEST_BATCH) {
      int to = Math.min(from + LONGEST_BATCH, held.size());
      batches.add(new TransitionBatch(held.subList(from, to)));
    }
    held = new ArrayList<>();
    return batches;
  }

  @Override
  public void close() {}
}
