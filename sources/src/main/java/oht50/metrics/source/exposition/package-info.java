/**
 * The text formats in which Prometheus' targets say their samples, read strictly: a text is read as
 * a whole or not at all. No Flink here.
 */
package oht50.metrics.source.exposition;
