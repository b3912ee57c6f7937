package oht50.metrics.job.scenario;

import oht50.metrics.job.series.SeriesOperator;
import oht50.metrics.model.Registration;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.series.SeriesOptions;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** The series operator with batches and registrations in one input. */
final class JoinedSeriesOperator extends SeriesOperator
    implements OneInputStreamOperator<Object, Rollup> {
  private static final long serialVersionUID = 1L;

  JoinedSeriesOperator(SeriesOptions options) {
    super(options);
  }

  static long key(Object element) {
    return element instanceof SampleBatch batch ? batch.key() : ((Registration) element).key();
  }

  @Override
  public void processElement(StreamRecord<Object> record) {
    if (record.getValue() instanceof SampleBatch batch) {
      processElement1(new StreamRecord<>(batch));
    } else {
      processElement2(new StreamRecord<>((Registration) record.getValue()));
    }
  }
}
