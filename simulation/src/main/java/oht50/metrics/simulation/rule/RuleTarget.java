package oht50.metrics.simulation.rule;

import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.RecordedSample;
import oht50.metrics.model.RuleSet;
import oht50.metrics.model.SampleBatch;

/** The router, the parts of entities and those of everything, as in the job, in surroundings. */
interface RuleTarget extends AutoCloseable {
  /** Where what is published goes, in its order. */
  interface Output {
    void transition(AlertTransition transition);

    void recorded(RecordedSample sample);

    /** Points on their way to the part of everything. */
    void handedOn(int points);
  }

  void take(SampleBatch batch) throws Exception;

  void load(RuleSet set) throws Exception;

  void watermark(long reached) throws Exception;

  /** The clock of the machine goes on by three seconds. */
  void standStill() throws Exception;

  /** State as bytes or as Flink keeps it; valid for any number of restores. */
  Object snapshot() throws Exception;

  /** Begins anew, with nothing but a snapshot. */
  void restore(Object snapshot, int parallelism) throws Exception;

  /** What is left in state, timers included: of entities, and if asked for of everything. */
  String leftovers(boolean isOfWholeToo);

  @Override
  void close() throws Exception;
}
