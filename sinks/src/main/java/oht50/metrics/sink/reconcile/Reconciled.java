package oht50.metrics.sink.reconcile;

/**
 * What a round has done.
 *
 * @param republished transitions whose record had been swallowed, published again
 * @param confirmed provisional records that turned out to be true
 * @param withdrawn provisional records that no lasting attempt has found again
 */
public record Reconciled(long republished, long confirmed, long withdrawn) {}
