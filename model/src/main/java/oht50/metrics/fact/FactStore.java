package oht50.metrics.fact;

import java.util.List;

/** What is kept of the robot at hand; null stands for nothing kept. */
public interface FactStore {
  FactIndex index();

  void index(FactIndex index);

  FactsOfInstant at(long timestamp);

  void at(long timestamp, FactsOfInstant facts);

  /** All instants of which facts are kept, in no order. */
  List<Long> instants();

  /** Asks to be called once the watermark has reached an instant; asking again changes nothing. */
  void wakeAt(long watermark);
}
