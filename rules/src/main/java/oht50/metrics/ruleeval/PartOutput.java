package oht50.metrics.ruleeval;

import oht50.metrics.model.AlertTransition;
import oht50.metrics.rulefile.RecordingRule;
import oht50.metrics.rulefile.Rule;

/** Where it goes what follows from the samples of a part. */
public interface PartOutput {
  void transition(AlertTransition transition);

  void recorded(RecordingRule rule, RecordedPoint point);

  /** For the part of everything: a partial result, or a recorded sample that is looked at there. */
  void handedOn(RecordedPoint point);

  /**
   * A rule has no result at a tick; what it said before it stands. Said once, until it has one.
   *
   * @param tick ms
   */
  void failed(Rule rule, long tick, String message);
}
