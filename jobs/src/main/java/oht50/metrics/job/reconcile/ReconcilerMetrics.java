package oht50.metrics.job.reconcile;

import oht50.metrics.sink.reconcile.Reconciled;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Counts what the reconciler had to do; {@code alerts_republished} above 0 is worth a look. */
public final class ReconcilerMetrics extends RichMapFunction<Reconciled, Reconciled> {
  private static final long serialVersionUID = 1L;

  private transient Counter republished;
  private transient Counter confirmed;
  private transient Counter withdrawn;

  @Override
  public void open(OpenContext context) {
    MetricGroup health = getRuntimeContext().getMetricGroup().addGroup("oht50");
    republished = health.counter("alerts_republished");
    confirmed = health.counter("fast_alerts_confirmed");
    withdrawn = health.counter("fast_alerts_withdrawn");
  }

  @Override
  public Reconciled map(Reconciled round) {
    republished.inc(round.republished());
    confirmed.inc(round.confirmed());
    withdrawn.inc(round.withdrawn());
    return round;
  }
}
