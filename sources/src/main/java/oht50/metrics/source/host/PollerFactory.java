package oht50.metrics.source.host;

import java.io.Serializable;

/** Creates a poller where it runs, in the thread that polls. */
public interface PollerFactory<T> extends Serializable {
  Poller<T> open() throws Exception;
}
