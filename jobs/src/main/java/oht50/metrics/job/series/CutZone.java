package oht50.metrics.job.series;

import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.StringSerializer;

/**
 * The configured zone by which the days in state are cut. Each subtask writes it, and each reads
 * those of all after a restart, at whatever parallelism; they are the same, because days are cut
 * anew before a snapshot is made.
 */
final class CutZone {
  private static final ListStateDescriptor<String> ZONE =
      new ListStateDescriptor<>("cut-zone", StringSerializer.INSTANCE);

  private final ListState<String> state;
  private final ZoneId configured;
  private ZoneId former; // null when the days are those of the configured zone

  CutZone(OperatorStateStore states, ZoneId configured) throws Exception {
    this.state = states.getUnionListState(ZONE);
    this.configured = configured;
    Set<String> zones = new TreeSet<>();
    state.get().forEach(zones::add);
    if (zones.size() > 1) {
      throw new IllegalStateException("a snapshot holds days of several configured zones " + zones);
    }
    zones.remove(configured.getId());
    this.former = zones.isEmpty() ? null : ZoneId.of(zones.iterator().next());
  }

  /** The zone that was configured before, if days are still cut by it, else null. */
  ZoneId former() {
    return former;
  }

  void cutAnew() {
    former = null;
  }

  void snapshot() throws Exception {
    ZoneId zone = former == null ? configured : former;
    state.update(List.of(zone.getId()));
  }
}
