package oht50.metrics.sink.postgres;

import java.time.Duration;
import org.apache.flink.connector.jdbc.datasource.connections.JdbcConnectionProvider;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** A writer on the test's database, clock and timers. */
final class WriterUnderTest<T> implements AutoCloseable {
  static final int BATCH_ROWS = 100;
  static final Duration BATCH_INTERVAL = Duration.ofMillis(500);
  static final Duration OUTAGE_BUDGET = Duration.ofSeconds(60);

  final TestTimers timers = new TestTimers();
  final TestClock clock = new TestClock();
  final WriteMetrics metrics = new WriteMetrics(new UnregisteredMetricsGroup());
  final UpsertWriter<T> writer;

  WriterUnderTest(Table<T> table, JdbcConnectionProvider connections) {
    RowStore<T> store =
        new RowStore<>(table, connections, new OutagePatience(OUTAGE_BUDGET, clock), metrics);
    WriteOptions options = new WriteOptions(BATCH_ROWS, BATCH_INTERVAL, OUTAGE_BUDGET);
    writer = new UpsertWriter<>(table, store, options, timers, metrics);
  }

  /** Writes rows as one batch. */
  @SafeVarargs
  final void write(T... rows) throws Exception {
    for (T row : rows) {
      writer.write(row, null);
    }
    writer.flush(false);
  }

  @Override
  public void close() {
    writer.close();
  }
}
