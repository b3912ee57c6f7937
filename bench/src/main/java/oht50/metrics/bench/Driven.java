package oht50.metrics.bench;

import java.util.List;
import oht50.metrics.model.SampleBatch;

/** What takes batches and time, as an operator does. */
public interface Driven {
  /** How far the watermark is behind what arrives, ms. */
  long WATERMARK_DELAY = 2_000;

  void process(SampleBatch batch) throws Exception;

  /**
   * @param timestamp ms
   */
  void watermark(long timestamp) throws Exception;

  /**
   * Delivers the arrivals of some seconds, each followed by its watermark.
   *
   * @param from the end of the second before, ms
   * @return samples
   */
  default long drive(long from, List<List<SampleBatch>> seconds) throws Exception {
    long samples = 0;
    long newest = from;
    for (List<SampleBatch> arrivals : seconds) {
      newest += 1_000;
      for (SampleBatch batch : arrivals) {
        process(batch);
        samples += batch.size();
      }
      watermark(newest - WATERMARK_DELAY);
    }
    return samples;
  }
}
