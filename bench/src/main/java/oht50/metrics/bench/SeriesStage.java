package oht50.metrics.bench;

import oht50.metrics.job.series.SeriesOperator;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.SeriesInput;
import oht50.metrics.series.SeriesOptions;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** The product's operator, which takes batches as they are. */
final class SeriesStage implements Contender {
  private static final int MAX_PARALLELISM = 4_096;

  private final RowTally rows;
  private final KeyedOneInputStreamOperatorTestHarness<Long, SeriesInput, Rollup> harness;

  SeriesStage(SeriesOptions options, Backend backend, RowTally rows) throws Exception {
    this.rows = rows;
    DirectOutput<Rollup> output = new DirectOutput<>(this::tally, rows::aside);
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            output.of(new SeriesOperator(options)),
            SeriesInput::key,
            Types.LONG,
            MAX_PARALLELISM,
            1,
            0);
    backend.set(harness);
    harness.open();
  }

  private void tally(Rollup row) {
    rows.row(row.seriesId(), row.interval(), row.windowStart(), row.count(), row.min(), row.max());
  }

  @Override
  public void process(SampleBatch batch) throws Exception {
    harness.processElement(new StreamRecord<>(batch));
  }

  @Override
  public void watermark(long timestamp) throws Exception {
    harness.processWatermark(timestamp);
  }

  @Override
  public RowTally rows() {
    return rows;
  }

  @Override
  public void close() throws Exception {
    harness.close();
  }
}
