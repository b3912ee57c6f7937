/**
 * The exposition page: the specification's metrics under their own names, as Prometheus scrapes
 * them. Sums and newest values of what the job counts and measures, without a robot's label.
 */
package oht50.metrics.exposition;
