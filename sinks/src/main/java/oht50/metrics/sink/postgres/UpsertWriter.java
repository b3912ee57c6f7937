package oht50.metrics.sink.postgres;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;

/**
 * Gathers rows, one for each key, and writes them sorted by key: when a batch is full, when its
 * oldest row has waited long enough, and at every checkpoint. Everything happens in the task's own
 * thread, the timer included.
 */
final class UpsertWriter<T> implements SinkWriter<T> {
  private final Table<T> table;
  private final RowStore<T> store;
  private final WriteOptions options;
  private final ProcessingTimeService time;
  private final WriteMetrics metrics;

  // any row of a key -> the row to write; sorted, so that two writers cannot deadlock
  private final TreeMap<T, T> pending;
  private boolean timerSet;

  UpsertWriter(
      Table<T> table,
      RowStore<T> store,
      WriteOptions options,
      ProcessingTimeService time,
      WriteMetrics metrics) {
    this.table = table;
    this.store = store;
    this.options = options;
    this.time = time;
    this.metrics = metrics;
    this.pending = new TreeMap<>(table.byKey());
  }

  @Override
  public void write(T row, Context context) throws IOException, InterruptedException {
    T held = pending.get(row);
    if (held == null) {
      pending.put(row, row);
    } else {
      Optional<T> folded = table.fold(held, row);
      if (folded.isEmpty()) {
        flush(false);
      }
      pending.put(row, folded.orElse(row));
    }
    if (pending.size() >= options.batchRows()) {
      flush(false);
    } else {
      setTimer();
    }
  }

  private void setTimer() {
    if (timerSet) {
      return;
    }
    timerSet = true;
    // It fires in the task's thread; its future has nothing to tell.
    var unused =
        time.registerTimer(
            time.getCurrentProcessingTime() + options.batchInterval().toMillis(),
            instant -> {
              timerSet = false;
              flush(false);
            });
  }

  @Override
  public void flush(boolean endOfInput) throws IOException, InterruptedException {
    if (pending.isEmpty()) {
      return;
    }
    long start = System.nanoTime();
    store.store(new ArrayList<>(pending.values()));
    pending.clear();
    metrics.flushed(System.nanoTime() - start);
  }

  @Override
  public void close() {
    store.close();
  }
}
