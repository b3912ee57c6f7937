package oht50.metrics.sink.postgres;

import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.ProcessingTimeService;

/** Holds the newest timer until the test lets time pass. */
final class TestTimers implements ProcessingTimeService {
  private long now;
  private long due = Long.MAX_VALUE;
  private ProcessingTimeCallback callback;

  @Override
  public long getCurrentProcessingTime() {
    return now;
  }

  @Override
  public ScheduledFuture<?> registerTimer(long timestamp, ProcessingTimeCallback target) {
    due = timestamp;
    callback = target;
    return null;
  }

  void advance(long millis) throws Exception {
    now += millis;
    if (now >= due) {
      due = Long.MAX_VALUE;
      callback.onProcessingTime(now);
    }
  }

  boolean isSet() {
    return due != Long.MAX_VALUE;
  }
}
