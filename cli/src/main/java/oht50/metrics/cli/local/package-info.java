/**
 * Everything on one machine: embedded Kafka and PostgreSQL, Flink's processes, their supervisor.
 */
package oht50.metrics.cli.local;
