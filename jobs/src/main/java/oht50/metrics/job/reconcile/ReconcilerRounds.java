package oht50.metrics.job.reconcile;

import java.time.Duration;
import oht50.metrics.job.health.RoundCounts;
import oht50.metrics.sink.reconcile.AlertReconciler;
import oht50.metrics.sink.reconcile.ReconcileSettings;
import oht50.metrics.sink.reconcile.Reconciled;
import oht50.metrics.source.host.Poller;
import oht50.metrics.source.host.PollerFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Rounds of the reconciler; one that fails is tried again with a new one. */
public final class ReconcilerRounds implements Poller<Reconciled> {
  /** Between two rounds; the fast lane is settled as often. */
  public static final Duration PAUSE = Duration.ofSeconds(1);

  /** Longer than a round waits for an open transaction. */
  public static final Duration TIMEOUT = Duration.ofSeconds(60);

  public static final TypeInformation<Reconciled> TYPE = TypeInformation.of(Reconciled.class);

  private final AlertReconciler reconciler;

  private ReconcilerRounds(AlertReconciler reconciler) {
    this.reconciler = reconciler;
  }

  public static PollerFactory<Reconciled> of(ReconcileSettings settings) {
    return checkpoints -> new ReconcilerRounds(new AlertReconciler(settings));
  }

  /** {@code alerts_republished} above 0 is worth a look. */
  public static RoundCounts<Reconciled> counts() {
    return new RoundCounts<Reconciled>()
        .and("alerts_republished", Reconciled::republished)
        .and("fast_alerts_confirmed", Reconciled::confirmed)
        .and("fast_alerts_withdrawn", Reconciled::withdrawn);
  }

  @Override
  public Reconciled poll() throws Exception {
    return reconciler.round();
  }

  @Override
  public void close() {
    reconciler.close();
  }
}
