package oht50.metrics.model;

/** What the series operator takes in: samples, and what the registry says of their robot. */
public sealed interface SeriesInput permits SampleBatch, Registration {
  /** The key of the series that it concerns. */
  long key();
}
