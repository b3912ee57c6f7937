package oht50.metrics.job.maintain;

import java.time.Duration;
import oht50.metrics.job.health.RoundCounts;
import oht50.metrics.sink.postgres.Maintained;
import oht50.metrics.sink.postgres.Maintenance;
import oht50.metrics.sink.postgres.PostgresConnection;
import oht50.metrics.source.host.Poller;
import oht50.metrics.source.host.PollerFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Rounds of the maintenance of tables; one that fails is tried again with a new connection. */
public final class MaintenanceRounds implements Poller<Maintained> {
  /** Longer than a statement may take before its connection is given up. */
  public static final Duration TIMEOUT = Duration.ofSeconds(60);

  public static final TypeInformation<Maintained> TYPE = TypeInformation.of(Maintained.class);

  /** So that other rounds and a shutdown do not wait for a backlog. */
  private static final int STEPS_PER_ROUND = 20;

  private final Maintenance maintenance;

  private MaintenanceRounds(Maintenance maintenance) {
    this.maintenance = maintenance;
  }

  /**
   * @param settle how long a late point waits before it is merged
   * @param chunksPerStep how many chunks one transaction rewrites at most
   */
  public static PollerFactory<Maintained> of(
      PostgresConnection postgres, Duration settle, int chunksPerStep) {
    return checkpoints ->
        new MaintenanceRounds(new Maintenance(postgres, settle, chunksPerStep, STEPS_PER_ROUND));
  }

  /** {@code maintenance_rounds} that stand still are a failure. */
  public static RoundCounts<Maintained> counts() {
    return new RoundCounts<Maintained>()
        .and("maintenance_rounds", round -> 1)
        .and("late_point_chunks_rewritten", Maintained::chunks)
        .and("late_points_merged", Maintained::points);
  }

  @Override
  public Maintained poll() throws Exception {
    return maintenance.round();
  }

  @Override
  public void close() {
    maintenance.close();
  }
}
