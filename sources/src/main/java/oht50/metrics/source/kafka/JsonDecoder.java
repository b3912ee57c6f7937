package oht50.metrics.source.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import oht50.metrics.model.Position;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Rejected;
import oht50.metrics.source.Decoded;

/** What the decoders of all topics share: limits, parsing, and the record that is not an object. */
abstract class JsonDecoder implements Decoder {
  /** Largest record: a history or a bulk of 1000 is legitimate. */
  static final int MAX_RECORD_BYTES = 1 << 20;

  /** Largest message, or element of a bulk: the limit of the source itself. */
  static final int MAX_MESSAGE_BYTES = 16 << 10;

  private final long maxAheadMillis;

  // The last source id asked for: a reader stays within a partition for a whole fetch.
  private String topic;
  private int partition;
  private long sourceId;

  JsonDecoder(Duration maxAhead) {
    this.maxAheadMillis = maxAhead.toMillis();
  }

  @Override
  public final Decoded decode(RawRecord record) {
    return draft(record).finish();
  }

  final Draft draft(RawRecord record) {
    Draft draft = new Draft(record, sourceId(record.position()), maxAheadMillis);
    byte[] value = record.value();
    if (value == null) {
      decodeNothing(draft);
    } else if (value.length > MAX_RECORD_BYTES) {
      tooLarge(draft, Rejected.WHOLE, value.length, MAX_RECORD_BYTES);
    } else if (CloudEvents.isStructured(record.contentType())) {
      JsonNode event = parse(value, draft);
      if (event != null) {
        decodeData(event, draft);
      }
    } else {
      decode(value, draft);
    }
    return draft;
  }

  /** Decodes what a CloudEvent carries as if it had come alone. */
  final void decodeData(JsonNode event, Draft draft) {
    byte[] data = CloudEvents.data(event, draft);
    if (data != null) {
      decode(data, draft);
    }
  }

  /** A record without a value. */
  void decodeNothing(Draft draft) {
    rejectWhole(draft, RejectReason.MALFORMED_JSON, "no value");
  }

  int maxMessageBytes() {
    return MAX_MESSAGE_BYTES;
  }

  /** Decodes a value that is no larger than a record may be. */
  void decode(byte[] value, Draft draft) {
    if (value.length > maxMessageBytes()) {
      tooLarge(draft, Rejected.WHOLE, value.length, maxMessageBytes());
      return;
    }
    JsonNode node = parse(value, draft);
    if (node != null) {
      decode(node, draft);
    }
  }

  /** The document, or null after a reject. */
  static JsonNode parse(byte[] value, Draft draft) {
    try {
      JsonNode node = LenientJson.DOCUMENTS.readTree(value);
      if (!node.isMissingNode()) {
        return node;
      }
      empty(draft);
    } catch (IOException e) {
      malformed(draft, Rejected.WHOLE, e);
    }
    return null;
  }

  final void decode(JsonNode node, Draft draft) {
    if (!(node instanceof ObjectNode object)) {
      decodeOther(node, draft);
    } else if (CloudEvents.isStructured(object)) {
      decodeData(object, draft);
    } else {
      String type = draft.attributes().type();
      Unnamed unnamed = type == null ? null : unnamed(object, type);
      ObjectNode named = unnamed == null ? object : unnamed.named(type, object);
      decode(Fields.of(named, draft), draft);
    }
  }

  /**
   * What a message is whose CloudEvent says its type, if it does not say that itself; null if it
   * does, or if the type is none of this topic's messages.
   */
  Unnamed unnamed(ObjectNode message, String type) {
    return null;
  }

  abstract void decode(Fields message, Draft draft);

  /** Decodes a value that is no object. */
  void decodeOther(JsonNode value, Draft draft) {
    wrongType(draft, Rejected.WHOLE, value);
  }

  static void rejectWhole(Draft draft, RejectReason reason, String detail) {
    draft.reject(Rejected.WHOLE, reason, detail);
  }

  static void tooLarge(Draft draft, String path, long bytes, int allowed) {
    draft.reject(
        path, RejectReason.TOO_LARGE, "saw " + bytes + " bytes, " + allowed + " are allowed");
  }

  static void wrongType(Draft draft, String path, JsonNode value) {
    draft.reject(
        path, RejectReason.WRONG_TYPE, "saw " + Fields.seen(value) + ", an object is allowed");
  }

  static void empty(Draft draft) {
    rejectWhole(draft, RejectReason.MALFORMED_JSON, "an empty value");
  }

  static void malformed(Draft draft, String path, IOException e) {
    String place = "";
    String message = e.getMessage();
    if (e instanceof JsonProcessingException syntax) {
      message = syntax.getOriginalMessage();
      if (syntax.getLocation() != null) {
        place = syntax.getLocation().getLineNr() + ":" + syntax.getLocation().getColumnNr() + ": ";
      }
    }
    draft.reject(
        path, RejectReason.MALFORMED_JSON, place + Text.brief(Text.sanitise("" + message)));
  }

  /**
   * The robot a message is about: the one it names itself, else the record's key, else the one of
   * its CloudEvent; null after a reject.
   */
  static String robot(String inside, Draft draft) {
    return inside == null ? outside(draft.attributes().robot(), draft) : inside;
  }

  /** The record's key, else what stands in for it; null after a reject. */
  private static String outside(String standIn, Draft draft) {
    String key = draft.key();
    if (key == null && standIn != null) {
      return standIn;
    }
    if (key == null) {
      draft.reject(
          "key", RejectReason.NO_ENTITY, "no key and no name inside, one of them is required");
    } else if (key.length() > Fields.MAX_NAME_LENGTH) {
      draft.reject("key", RejectReason.OUT_OF_RANGE, Fields.tooLong(key));
      return null;
    }
    return key;
  }

  /** The robot a message is about; what the message calls it has to agree with a key. */
  static String keyedRobot(Fields message, Fields body, Draft draft) {
    Fields naming = message != body && !body.has("robot_id") ? message : body;
    String inside = naming.name("robot_id");
    String robot = inside == null && body.isElement() ? keyOf(body, draft) : robot(inside, draft);
    if (robot != null && draft.key() != null && !draft.key().equals(robot)) {
      keyMismatch(naming, "robot_id", robot, draft);
      return null;
    }
    return robot;
  }

  static void keyMismatch(Fields fields, String field, String seen, Draft draft) {
    fields.reject(
        field,
        RejectReason.KEY_MISMATCH,
        "saw \"" + Text.brief(seen) + "\", the key is \"" + Text.brief(draft.key()) + "\"");
  }

  /** The key as the robot of one of many: a reject has the path of the one. */
  private static String keyOf(Fields element, Draft draft) {
    String key = draft.key();
    String ofEvent = draft.attributes().robot();
    if (key == null && ofEvent != null) {
      return ofEvent;
    }
    if (key == null) {
      element.reject("robot_id", RejectReason.NO_ENTITY, "absent, and the record has no key");
    } else if (key.length() > Fields.MAX_NAME_LENGTH) {
      element.reject("robot_id", RejectReason.OUT_OF_RANGE, "key: " + Fields.tooLong(key));
      return null;
    }
    return key;
  }

  /**
   * Whose backend sent it: what the message says, else the record's key, else the one of its
   * CloudEvent; null after a reject.
   */
  static String instance(Fields message, Draft draft) {
    String inside = message.name("instance");
    return inside == null ? outside(draft.attributes().instance(), draft) : inside;
  }

  private long sourceId(Position position) {
    if (partition != position.partition() || !position.topic().equals(topic)) {
      topic = position.topic();
      partition = position.partition();
      sourceId = position.sourceId();
    }
    return sourceId;
  }
}
