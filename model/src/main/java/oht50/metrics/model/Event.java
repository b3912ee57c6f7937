package oht50.metrics.model;

/**
 * A domain fact with its own fields and a natural key.
 *
 * @param kind which vocabulary its words are of
 * @param id natural key, unique within the kind: the source's id, or what identifies the fact
 * @param entity the robot it is about, or null when the message names none
 * @param type canonical type in lower case: {@code e_stop}, {@code clear}, {@code transport}; may
 *     be null
 * @param severity low, medium, high, critical, or null
 * @param status canonical status of a mission, of a change of configuration or of an alert, or null
 * @param acknowledged whether the fact says that a person has taken notice
 * @param timestamp event time, ms
 * @param payload the message as it came (JSON), with the source's own words
 * @param position the record that carried it; of one that was withdrawn, or told anew, the record
 *     that is the reason for it
 * @param isWithdrawn whether it is known by now not to have happened
 */
public record Event(
    EventKind kind,
    String id,
    String entity,
    String type,
    String severity,
    String status,
    boolean acknowledged,
    long timestamp,
    String payload,
    Position position,
    boolean isWithdrawn) {
  public Event(
      EventKind kind,
      String id,
      String entity,
      String type,
      String severity,
      String status,
      boolean acknowledged,
      long timestamp,
      String payload,
      Position position) {
    this(
        kind,
        id,
        entity,
        type,
        severity,
        status,
        acknowledged,
        timestamp,
        payload,
        position,
        false);
  }

  /** In place of this one, when it no longer counts. */
  public Event withdrawn() {
    return new Event(
        kind, id, entity, type, severity, status, acknowledged, timestamp, payload, position, true);
  }

  /** The fact without the message that told it, to be kept where only the fact counts. */
  public Event withoutPayload() {
    return new Event(
        kind,
        id,
        entity,
        type,
        severity,
        status,
        acknowledged,
        timestamp,
        null,
        position,
        isWithdrawn);
  }
}
