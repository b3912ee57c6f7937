package oht50.metrics.source.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Rejected;

/**
 * CloudEvents 1.0 on Kafka. In binary mode the attributes are headers {@code ce_…} and the value is
 * the message: nothing is to be done. In structured mode the value is {@code {"specversion", "id",
 * "source", "type", "time", "data"}}; the message is its {@code data}, and paths of rejects are
 * those of the message.
 *
 * <p>The attributes say nothing about the message: its own type and time count, because {@code
 * type} and {@code timestamp} mean other things in some messages, and {@code time} may be when it
 * was sent.
 */
final class CloudEvents {
  private static final String STRUCTURED = "application/cloudevents+json";
  private static final String VERSION = "specversion";

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
    if (!version.startsWith("1.")) {
      fields.reject(
          VERSION,
          RejectReason.UNSUPPORTED_VERSION,
          "saw \"" + Text.brief(version) + "\", 1.0 is allowed");
      return null;
    }
    if (fields.has("data_base64")) {
      return decoded(fields);
    }
    if (!fields.has("data")) {
      fields.missing("data");
      return null;
    }
    return LenientJson.bytes(fields.present("data"));
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
