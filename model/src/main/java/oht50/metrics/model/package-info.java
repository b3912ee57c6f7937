/**
 * Words of the field: series, samples, events, rollups, transitions and rejects, as immutable
 * values.
 *
 * <p>Nothing here knows Flink, Kafka or PostgreSQL. Times are milliseconds since the epoch, UTC.
 */
package oht50.metrics.model;
