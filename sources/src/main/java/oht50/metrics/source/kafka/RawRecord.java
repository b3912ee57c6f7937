package oht50.metrics.source.kafka;

import oht50.metrics.model.Position;

/**
 * A record as the broker holds it. Arrays are not to be modified.
 *
 * @param key or null
 * @param value or null
 * @param appendTime the broker's time, ms; negative when the record has none
 */
public record RawRecord(Position position, byte[] key, byte[] value, long appendTime) {}
