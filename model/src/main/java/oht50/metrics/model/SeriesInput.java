package oht50.metrics.model;

/**
 * What the series operator takes in: samples, what the registry says of their robot, and what is
 * stored of windows that are to be repaired.
 */
public sealed interface SeriesInput permits SampleBatch, Registration, Backfill {
  /** The key of the series that it concerns. */
  long key();
}
