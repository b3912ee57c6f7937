/** A machine's own metrics to Kafka. */
package oht50.metrics.cli.agent;
