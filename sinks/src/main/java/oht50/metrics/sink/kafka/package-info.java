/** Model types to Kafka, as JSON. */
package oht50.metrics.sink.kafka;
