package oht50.metrics.sink.postgres;

import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** The product's own writers with their shipped settings, outside of a job. */
final class Writers {
  private Writers() {}

  static <T> UpsertWriter<T> of(Table<T> table, PostgresConnection connection) {
    WriteOptions options = WriteOptions.defaults();
    WriteMetrics metrics = new WriteMetrics(new UnregisteredMetricsGroup());
    RowStore<T> store =
        new RowStore<>(table, new Connections(connection), options.patience(), metrics);
    return new UpsertWriter<>(table, store, options, new NoTimers(), metrics);
  }

  /** Batches end when they are full, or with the seconds that are written. */
  private static final class NoTimers implements ProcessingTimeService {
    @Override
    public long getCurrentProcessingTime() {
      return System.currentTimeMillis();
    }

    @Override
    public ScheduledFuture<?> registerTimer(long timestamp, ProcessingTimeCallback target) {
      return null;
    }
  }
}
