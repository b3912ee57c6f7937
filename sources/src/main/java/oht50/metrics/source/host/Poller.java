package oht50.metrics.source.host;

/** Something to be asked now and then; it belongs to one thread. */
public interface Poller<T> extends AutoCloseable {
  /** What is so now; may block, may fail, never null. */
  T poll() throws Exception;

  @Override
  default void close() {}
}
