package oht50.metrics.source.kafka;

import oht50.metrics.model.Position;

/**
 * A record as the broker holds it. Arrays are not to be modified.
 *
 * @param key or null
 * @param value or null
 * @param appendTime the broker's time, ms; negative when the record has none
 * @param contentType the header of this name, or null
 * @param attributes of the CloudEvent that its headers make it
 */
public record RawRecord(
    Position position,
    byte[] key,
    byte[] value,
    long appendTime,
    String contentType,
    EventAttributes attributes) {
  /** A record whose headers say nothing of a CloudEvent, unless its value is one. */
  public RawRecord(
      Position position, byte[] key, byte[] value, long appendTime, String contentType) {
    this(position, key, value, appendTime, contentType, EventAttributes.NONE);
  }

  /** A record without headers. */
  public RawRecord(Position position, byte[] key, byte[] value, long appendTime) {
    this(position, key, value, appendTime, null);
  }
}
