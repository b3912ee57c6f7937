package oht50.metrics.source.kafka;

import oht50.metrics.model.Position;

/**
 * A record as the broker holds it. Arrays are not to be modified.
 *
 * @param key or null
 * @param value or null
 * @param appendTime the broker's time, ms; negative when the record has none
 * @param contentType the header of this name, or null
 */
public record RawRecord(
    Position position, byte[] key, byte[] value, long appendTime, String contentType) {
  /** A record without headers. */
  public RawRecord(Position position, byte[] key, byte[] value, long appendTime) {
    this(position, key, value, appendTime, null);
  }
}
