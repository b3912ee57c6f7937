package oht50.metrics.sink.postgres;

import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What a writer says about itself: counters, and the duration of its newest flush. */
final class WriteMetrics {
  private final Counter rowsWritten;
  private final Counter rowsRefused;
  private final Counter batchesRetried;
  private volatile long flushMillis;

  WriteMetrics(MetricGroup group) {
    rowsWritten = group.counter("rowsWritten");
    rowsRefused = group.counter("rowsRefused");
    batchesRetried = group.counter("batchesRetried");
    group.gauge("flushMillis", () -> flushMillis);
  }

  void rowsWritten(int rows) {
    rowsWritten.inc(rows);
  }

  void rowsRefused(int rows) {
    rowsRefused.inc(rows);
  }

  void batchRetried() {
    batchesRetried.inc();
  }

  void flushed(long nanos) {
    flushMillis = TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  long written() {
    return rowsWritten.getCount();
  }

  long refused() {
    return rowsRefused.getCount();
  }

  long retried() {
    return batchesRetried.getCount();
  }
}
