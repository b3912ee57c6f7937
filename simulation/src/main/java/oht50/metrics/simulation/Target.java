package oht50.metrics.simulation;

import java.time.ZoneId;
import oht50.metrics.model.AlertTransition;

/** The three operators, in a chain as in the job, in some surroundings. */
interface Target extends AutoCloseable {
  /** Where what is published goes, in its order; rows are not stamped yet. */
  interface Output {
    /** A rollup, chunk, point, repair window, reject or row of the catalog. */
    void row(Object row);

    void transition(AlertTransition transition);
  }

  /** Takes in a message of a {@link Step.Take}. */
  void take(Object message) throws Exception;

  void watermark(long reached) throws Exception;

  /** The clock of the machine goes on by three seconds. */
  void standStill() throws Exception;

  /** State as bytes or as Flink keeps it; valid for any number of restores. */
  Object snapshot() throws Exception;

  /**
   * Begins anew, with nothing but a snapshot.
   *
   * @param zone that is configured now
   */
  void restore(Object snapshot, int parallelism, ZoneId zone) throws Exception;

  /**
   * What is left in state, timers included; empty text if nothing is.
   *
   * @param alertsAreOpen then the events of their robots are no leftovers
   */
  String leftovers(boolean alertsAreOpen);

  @Override
  void close() throws Exception;
}
