package oht50.metrics.model;

/**
 * An input, or one field of it, that is in no result, with the reason.
 *
 * @param position where it stands; with the path the natural key
 * @param path the field ({@code status.pos_mm}, {@code [0].name}), {@code $} for the whole message
 * @param reason why
 * @param detail what was seen and what is allowed, one line
 * @param key the record's key as text, or null
 * @param value the first KiB of the record as text
 * @param appendTime time of arrival, ms
 */
public record Rejected(
    Position position,
    String path,
    RejectReason reason,
    String detail,
    String key,
    String value,
    long appendTime) {
  /** The path of a reject that concerns the whole message. */
  public static final String WHOLE = "$";
}
