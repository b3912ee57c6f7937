package oht50.metrics.sink.postgres;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import oht50.metrics.model.AlertTransition;
import org.apache.flink.api.connector.sink2.Committer;

/**
 * Writes the transitions of a completed checkpoint. While the database is away it asks Flink to
 * commit again later; Flink does so at once and {@code sink.committer.retries} times (default 10),
 * so the pause is here: about a minute over all retries. After that the job restarts and commits
 * again.
 */
final class TransitionsCommitter implements Committer<TransitionBatch> {
  private static final long FIRST_PAUSE_MILLIS = 500;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;

  private final RowStore<AlertTransition> store;
  private final TransitionsTable table = new TransitionsTable();
  private final WallClock clock;

  TransitionsCommitter(RowStore<AlertTransition> store, WallClock clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public void commit(Collection<CommitRequest<TransitionBatch>> requests)
      throws IOException, InterruptedException {
    boolean away = false;
    for (CommitRequest<TransitionBatch> request : requests) {
      if (away) {
        request.retryLater();
        continue;
      }
      List<AlertTransition> rows = folded(request.getCommittable());
      try {
        store.storeNow(rows);
      } catch (SQLException e) {
        if (SqlFailure.of(e) != SqlFailure.OUTAGE) {
          throw store.failed(rows, e);
        }
        away = true;
        request.retryLater();
        clock.sleep(pause(request.getNumberOfRetries()));
      }
    }
  }

  private static long pause(int retries) {
    return Math.min(FIRST_PAUSE_MILLIS << Math.min(retries, 10), LONGEST_PAUSE_MILLIS);
  }

  private List<AlertTransition> folded(TransitionBatch batch) {
    TreeMap<AlertTransition, AlertTransition> rows = new TreeMap<>(table.byKey());
    for (AlertTransition transition : batch.transitions()) {
      rows.merge(
          transition, transition, (held, incoming) -> table.fold(held, incoming).orElseThrow());
    }
    return new ArrayList<>(rows.values());
  }

  @Override
  public void close() {
    store.close();
  }
}
