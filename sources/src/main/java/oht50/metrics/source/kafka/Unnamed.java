package oht50.metrics.source.kafka;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A message that does not say what it is, so that a CloudEvent's type says it: in the field {@code
 * type}, or in {@code event} as updates of telemetry do.
 */
enum Unnamed {
  MESSAGE("type", false),
  /** One whose content is in {@code data}; of an event it may be the content alone. */
  ENVELOPE("type", true),
  UPDATE("event", true);

  private static final String CONTENT = "data";

  private final String field;
  private final boolean hasContent;

  Unnamed(String field, boolean hasContent) {
    this.field = field;
    this.hasContent = hasContent;
  }

  /** The message as it would have named itself. */
  ObjectNode named(String type, ObjectNode message) {
    if (!hasContent || message.hasNonNull(CONTENT)) {
      return message.put(field, type);
    }
    ObjectNode envelope = JsonNodeFactory.instance.objectNode();
    envelope.put(field, type).set(CONTENT, message);
    return envelope;
  }
}
