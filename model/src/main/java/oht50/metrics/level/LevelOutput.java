package oht50.metrics.level;

import oht50.metrics.model.SampleBatch;

/** Where levels go. */
public interface LevelOutput {
  /** What a level was, at each instant for which that is different now. */
  void samples(SampleBatch batch);

  /** A change whose place is no longer in state: only what came after it is right now. */
  void beyondHorizon(LevelChange change);
}
