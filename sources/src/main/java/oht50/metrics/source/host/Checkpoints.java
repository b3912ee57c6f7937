package oht50.metrics.source.host;

/**
 * What a source has seen of the job's checkpoints, from any thread. One that has completed was
 * begun here before.
 */
public interface Checkpoints {
  /** Before the first since the job's last start. */
  long NONE = -1;

  /** The newest that this source is a part of, whether it completes or not. */
  long begun();

  /** The newest that this source was told to have completed. */
  long completed();
}
