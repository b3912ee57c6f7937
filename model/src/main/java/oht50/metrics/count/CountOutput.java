package oht50.metrics.count;

import oht50.metrics.model.Occurrence;
import oht50.metrics.model.SampleBatch;

/** Where counts go. */
public interface CountOutput {
  /** The counts of one second, one sample per series whose count changed. */
  void counts(SampleBatch batch);

  /** By how much each of these counts differs from the one before; they sum up to the counts. */
  void increments(SampleBatch batch);

  /** An occurrence whose second is no longer in state. */
  void beyondHorizon(Occurrence occurrence);
}
