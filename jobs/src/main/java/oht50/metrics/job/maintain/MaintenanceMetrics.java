package oht50.metrics.job.maintain;

import oht50.metrics.sink.postgres.Maintained;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Counts rounds and what they merged; {@code maintenance_rounds} that stand still are a failure.
 */
public final class MaintenanceMetrics extends RichMapFunction<Maintained, Maintained> {
  private static final long serialVersionUID = 1L;

  private transient Counter rounds;
  private transient Counter chunks;
  private transient Counter points;

  @Override
  public void open(OpenContext context) {
    MetricGroup health = getRuntimeContext().getMetricGroup().addGroup("oht50");
    rounds = health.counter("maintenance_rounds");
    chunks = health.counter("late_point_chunks_rewritten");
    points = health.counter("late_points_merged");
  }

  @Override
  public Maintained map(Maintained round) {
    rounds.inc();
    chunks.inc(round.chunks());
    points.inc(round.points());
    return round;
  }
}
