package oht50.metrics.model;

/**
 * A row or record that is put into order on its way out. Of two writes of one key the one with the
 * higher (epoch, seq) wins: a restart takes a higher epoch and so overrides what a failed attempt
 * wrote, and a zombie loses.
 *
 * @param <T> the type itself
 */
public interface Stampable<T> {
  /**
   * The same content with its place in the order.
   *
   * @param epoch number of the attempt, from a database sequence
   * @param seq place within the attempt and its writer
   */
  T stamped(long epoch, long seq);
}
