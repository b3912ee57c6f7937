package oht50.metrics.bench;

import oht50.metrics.model.SampleBatch;

/** A way to make rollups out of batches, to be driven and measured. */
interface Contender extends AutoCloseable {
  void process(SampleBatch batch) throws Exception;

  void watermark(long timestamp) throws Exception;

  RowTally rows();
}
