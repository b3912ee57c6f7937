package oht50.metrics.vda;

import oht50.metrics.fact.RobotFact;
import oht50.metrics.model.Event;

/** Where what follows from the states of a robot goes. */
public interface ReportOutput {
  /** Follows now, or follows no longer. */
  void fact(RobotFact fact);

  /** The same as an event for the table. */
  void event(Event event);
}
