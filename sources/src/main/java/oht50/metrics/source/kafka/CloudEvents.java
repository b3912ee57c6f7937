package oht50.metrics.source.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Rejected;

/**
 * CloudEvents 1.0 on Kafka. In binary mode the attributes are headers {@code ce_…} and the value is
 * the message. In structured mode the value is {@code {"specversion", "id", "source", "type",
 * "time", "subject", "data"}}; the message is its {@code data}, and paths of rejects are those of
 * the message. In both the attributes stand in for what the message does not say, {@link
 * EventAttributes}.
 */
final class CloudEvents {
  private static final String STRUCTURED = "application/cloudevents+json";
  private static final String VERSION = "specversion";

  /** The beginning of the versions that are understood. */
  static final String KNOWN_VERSION = "1.";

  private CloudEvents() {}

  /**
   * @param contentType header of a record, or null
   */
  static boolean isStructured(String contentType) {
    return contentType != null
        && contentType.strip().toLowerCase(Locale.ROOT).startsWith(STRUCTURED);
  }

  /** Whether an object is an event without saying so in a header. */
  static boolean isStructured(ObjectNode object) {
    return object.has(VERSION) && object.has("source") && object.has("id");
  }

  /** The message within an event, as JSON; null after a reject. */
  static byte[] data(JsonNode event, Draft draft) {
    if (!(event instanceof ObjectNode object)) {
      JsonDecoder.wrongType(draft, Rejected.WHOLE, event);
      return null;
    }
    Fields fields = Fields.of(object, draft);
    String version = fields.requireText(VERSION);
    if (version == null) {
      return null;
    }
    if (!version.startsWith(KNOWN_VERSION)) {
      fields.reject(
          VERSION,
          RejectReason.UNSUPPORTED_VERSION,
          "saw \"" + Text.brief(version) + "\", 1.0 is allowed");
      return null;
    }
    draft.attributes(attributes(object));
    if (fields.has("data_base64")) {
      return decoded(fields);
    }
    if (!fields.has("data")) {
      fields.missing("data");
      return null;
    }
    return LenientJson.bytes(fields.present("data"));
  }

  private static EventAttributes attributes(ObjectNode event) {
    return new EventAttributes(
        text("id", event),
        text("source", event),
        text("subject", event),
        text("type", event),
        text("time", event));
  }

  private static String text(String name, ObjectNode event) {
    JsonNode value = event.path(name);
    return value.isTextual() ? Text.sanitise(value.textValue()) : null;
  }

  private static byte[] decoded(Fields fields) {
    JsonNode data = fields.present("data_base64");
    try {
      if (data.isTextual()) {
        return data.binaryValue();
      }
    } catch (IOException e) {
      // no base64, rejected below like any other value that is none
    }
    fields.wrongType("data_base64", data, "text in base64");
    return null;
  }
}
