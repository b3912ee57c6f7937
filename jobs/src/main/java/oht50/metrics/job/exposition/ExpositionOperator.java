package oht50.metrics.job.exposition;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import oht50.metrics.exposition.ExpositionPage;
import oht50.metrics.exposition.PageEntry;
import oht50.metrics.exposition.Tally;
import oht50.metrics.typeinfo.CodecSerializer;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Tallies in; nothing out but the page, which the reporter reads as a gauge.
 *
 * <p>No key: it runs once. State: every series of the page; counts and histograms stay, measured
 * values leave when nobody renews them. A late count is added like any other.
 *
 * <p>What a restart could take back is not shown yet: counters and histograms follow complete
 * checkpoints.
 *
 * <p>One gauge for the whole page and not one for each series: a scrape sees a histogram's buckets,
 * sum and count of one moment, and a series can leave, which a metric of Flink cannot.
 */
public final class ExpositionOperator extends AbstractStreamOperator<Void>
    implements OneInputStreamOperator<Tally, Void> {
  private static final long serialVersionUID = 1L;

  private static final ListStateDescriptor<PageEntry> ENTRIES =
      new ListStateDescriptor<>("page", new CodecSerializer<>(new PageEntry.BinaryForm()));

  // Runtime. Also its lock: a scrape comes in another thread.
  private transient ExpositionPage page;
  private transient ListState<PageEntry> kept;
  // checkpoint -> what it kept, until it is known to be complete
  private transient NavigableMap<Long, List<PageEntry>> pending;

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    kept = context.getOperatorStateStore().getListState(ENTRIES);
    page = ExpositionPage.of(kept.get());
    pending = new TreeMap<>();
  }

  @Override
  public void open() throws Exception {
    super.open();
    Gauge<Object[]> gauge = this::page;
    getMetricGroup().addGroup(PageForm.GROUP, PageForm.VERSION).gauge(PageForm.GAUGE, gauge);
  }

  @Override
  public void processElement(StreamRecord<Tally> record) {
    synchronized (page) {
      page.take(record.getValue());
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    synchronized (page) {
      page.onWatermark(mark.getTimestamp());
    }
    super.processWatermark(mark);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    List<PageEntry> entries = page.entries();
    kept.update(entries);
    pending.put(context.getCheckpointId(), entries);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    List<PageEntry> entries = pending.get(checkpointId);
    if (entries != null) {
      synchronized (page) {
        page.show(entries);
      }
    }
    pending.headMap(checkpointId, true).clear();
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    super.notifyCheckpointAborted(checkpointId);
    pending.remove(checkpointId);
  }

  /** As {@link PageForm} says; from any thread. */
  Object[] page() {
    synchronized (page) {
      return PageForm.of(page.rows());
    }
  }
}
