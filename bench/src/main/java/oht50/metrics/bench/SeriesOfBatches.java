package oht50.metrics.bench;

import oht50.metrics.job.series.SeriesOperator;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.series.SeriesOptions;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** The series operator without its second input: nobody registers robots. */
final class SeriesOfBatches extends SeriesOperator
    implements OneInputStreamOperator<SampleBatch, Rollup> {
  private static final long serialVersionUID = 1L;

  SeriesOfBatches(SeriesOptions options) {
    super(options);
  }

  @Override
  public void processElement(StreamRecord<SampleBatch> batch) {
    processElement1(batch);
  }
}
