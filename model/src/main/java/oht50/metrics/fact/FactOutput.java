package oht50.metrics.fact;

import oht50.metrics.mission.MissionFact;
import oht50.metrics.model.Event;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.SampleBatch;

/** Where facts that count go, and what is to be taken back of them. */
public interface FactOutput {
  void event(Event event);

  void missionFact(MissionFact fact);

  void counted(Occurrence occurrence);

  /**
   * @param isFirst whether nothing was said before for its place
   */
  void sample(SampleBatch sample, boolean isFirst);
}
