package oht50.metrics.job.health;

import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/**
 * Gauge {@code checkpoint_age_seconds}: time since the last complete checkpoint; NaN before the
 * first.
 */
public final class CheckpointAge {
  private static final long NONE = Long.MIN_VALUE;

  private final ProcessingTimeService clock;
  private volatile long completedAt = NONE;

  private CheckpointAge(ProcessingTimeService clock) {
    this.clock = clock;
  }

  public static CheckpointAge in(MetricGroup group, ProcessingTimeService clock) {
    CheckpointAge age = new CheckpointAge(clock);
    Gauge<Double> gauge = age::seconds;
    group.gauge("checkpoint_age_seconds", gauge);
    return age;
  }

  public void completed() {
    completedAt = clock.getCurrentProcessingTime();
  }

  private double seconds() {
    long at = completedAt;
    return at == NONE ? Double.NaN : (clock.getCurrentProcessingTime() - at) / 1000.0;
  }
}
