/** The Flink job: topology, operators and their state. */
package oht50.metrics.job;
