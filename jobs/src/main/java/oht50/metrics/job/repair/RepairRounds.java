package oht50.metrics.job.repair;

import java.time.Duration;
import oht50.metrics.job.health.RoundCounts;
import oht50.metrics.sink.repair.RepairSettings;
import oht50.metrics.sink.repair.Repaired;
import oht50.metrics.sink.repair.Repairer;
import oht50.metrics.source.host.Checkpoints;
import oht50.metrics.source.host.Poller;
import oht50.metrics.source.host.PollerFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Rounds of the repair; one that fails is tried again with a new producer and connection. */
public final class RepairRounds implements Poller<Repaired> {
  /** Longer than Kafka and PostgreSQL are waited for. */
  public static final Duration TIMEOUT = Duration.ofSeconds(120);

  public static final TypeInformation<Repaired> TYPE = TypeInformation.of(Repaired.class);

  private final Repairer repairer;
  private final Checkpoints checkpoints;

  private RepairRounds(Repairer repairer, Checkpoints checkpoints) {
    this.repairer = repairer;
    this.checkpoints = checkpoints;
  }

  public static PollerFactory<Repaired> of(RepairSettings settings) {
    return checkpoints -> new RepairRounds(new Repairer(settings), checkpoints);
  }

  /** {@code repair_rounds} that stand still are a failure; refused windows are in the rejects. */
  public static RoundCounts<Repaired> counts() {
    return new RoundCounts<Repaired>()
        .and("repair_rounds", round -> 1)
        .and("repair_windows_asked", Repaired::asked)
        .and("repair_windows_sent", Repaired::sent)
        .and("repair_points_sent", Repaired::points)
        .and("repair_windows_refused", Repaired::refused);
  }

  @Override
  public Repaired poll() throws Exception {
    return repairer.round(checkpoints::begun, checkpoints::completed);
  }

  @Override
  public void close() {
    repairer.close();
  }
}
