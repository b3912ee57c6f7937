/** Model types to PostgreSQL and Kafka. */
package oht50.metrics.sink;
