package oht50.metrics.bench;

/** A way to make rollups out of batches, to be driven and measured. */
interface Contender extends Driven, AutoCloseable {
  RowTally rows();
}
