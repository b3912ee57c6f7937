package oht50.metrics.mission;

import oht50.metrics.level.LevelChange;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.SampleBatch;

/** Where answers about a mission go. */
public interface MissionOutput {
  /** An attempt is as this says now. */
  void attempt(MissionAttempt attempt);

  /** The end of an attempt, to be counted, or to be counted no longer. */
  void ended(Occurrence end);

  /**
   * How long an attempt took, in place of what was said for its end before.
   *
   * @param isFirst whether no duration of the mission was said before
   */
  void duration(SampleBatch sample, boolean isFirst);

  /** Missions more, or fewer, in the queue; or successful ones among those that ended. */
  void level(LevelChange change);
}
