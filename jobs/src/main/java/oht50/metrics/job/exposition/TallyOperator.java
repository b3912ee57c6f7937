package oht50.metrics.job.exposition;

import java.util.concurrent.ScheduledFuture;
import oht50.metrics.exposition.Tallies;
import oht50.metrics.exposition.Tally;
import oht50.metrics.model.SampleBatch;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Samples in, one tally per series of the page and second out, because what comes after it runs
 * only once. No key and no state: what is summed up leaves before the barrier of a checkpoint. A
 * late sample is summed up like any other.
 */
public final class TallyOperator extends AbstractStreamOperator<Tally>
    implements OneInputStreamOperator<SampleBatch, Tally> {
  private static final long serialVersionUID = 1L;
  private static final long FLUSH_AFTER_MILLIS = 1_000;

  // Runtime.
  private transient Tallies tallies;
  private transient ScheduledFuture<?> timer;

  @Override
  public void open() throws Exception {
    super.open();
    tallies = new Tallies();
  }

  @Override
  public void processElement(StreamRecord<SampleBatch> record) {
    tallies.add(record.getValue());
    if (timer == null && !tallies.isEmpty()) {
      long now = getProcessingTimeService().getCurrentProcessingTime();
      timer = getProcessingTimeService().registerTimer(now + FLUSH_AFTER_MILLIS, this::onTime);
    }
  }

  private void onTime(long timestamp) {
    timer = null;
    flush();
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    flush();
  }

  @Override
  public void finish() throws Exception {
    flush();
    super.finish();
  }

  private void flush() {
    for (Tally tally : tallies.drain()) {
      output.collect(new StreamRecord<>(tally));
    }
  }
}
