package oht50.metrics.source.host;

import java.io.Serializable;

/** Creates a poller where it runs, in the thread that polls. */
public interface PollerFactory<T> extends Serializable {
  /**
   * @param checkpoints of the source that the poller polls for
   */
  Poller<T> open(Checkpoints checkpoints) throws Exception;
}
