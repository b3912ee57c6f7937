package oht50.metrics.job.health;

import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/**
 * Gauge {@code watermark_delay_seconds}: how far event time is behind the clock; NaN before the
 * first.
 */
public final class WatermarkDelay {
  private volatile long watermark = Long.MIN_VALUE;

  private WatermarkDelay() {}

  public static WatermarkDelay in(MetricGroup group, ProcessingTimeService clock) {
    WatermarkDelay delay = new WatermarkDelay();
    Gauge<Double> gauge = () -> delay.seconds(clock.getCurrentProcessingTime());
    group.gauge("watermark_delay_seconds", gauge);
    return delay;
  }

  public void watermark(long reached) {
    watermark = reached;
  }

  private double seconds(long now) {
    long reached = watermark;
    return reached == Long.MIN_VALUE || reached == Long.MAX_VALUE
        ? Double.NaN
        : (now - reached) / 1000.0;
  }
}
