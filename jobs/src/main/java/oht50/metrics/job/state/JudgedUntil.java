package oht50.metrics.job.state;

import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.LongSerializer;

/**
 * The highest watermark that anything was decided at. After a restart the watermark begins low, and
 * what was known before must not be forgotten: an alert would be withdrawn because its deadline
 * seems to lie ahead, something beyond the horizon judged by state that has lost its answer.
 */
public final class JudgedUntil {
  private static final ListStateDescriptor<Long> JUDGED =
      new ListStateDescriptor<>("judged-until", LongSerializer.INSTANCE);

  private final ListState<Long> before; // one per subtask
  private long judged = Long.MIN_VALUE;

  /** A watermark is a promise to all subtasks, so the highest of any holds for each. */
  public JudgedUntil(OperatorStateStore store) throws Exception {
    before = store.getUnionListState(JUDGED);
    for (Long each : before.get()) {
      judged = Math.max(judged, each);
    }
  }

  public void snapshot() throws Exception {
    before.update(List.of(judged));
  }

  /**
   * How far time has come.
   *
   * @param watermark Long.MAX_VALUE at the end of a bounded input
   */
  public long at(long watermark) {
    if (watermark == Long.MAX_VALUE) {
      return watermark;
    }
    judged = Math.max(judged, watermark);
    return judged;
  }
}
