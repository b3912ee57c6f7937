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
    Draft draft = new Draft(record, sourceId(record.position()), maxAheadMillis);
    byte[] value = record.value();
    if (value == null) {
      decodeNothing(draft);
    } else if (value.length > MAX_RECORD_BYTES) {
      tooLarge(draft, Rejected.WHOLE, value.length, MAX_RECORD_BYTES);
    } else {
      decode(value, draft);
    }
    return draft.finish();
  }

  /** A record without a value. */
  void decodeNothing(Draft draft) {
    rejectWhole(draft, RejectReason.MALFORMED_JSON, "no value");
  }

  /** Decodes a value that is no larger than a record may be. */
  void decode(byte[] value, Draft draft) {
    if (value.length > MAX_MESSAGE_BYTES) {
      tooLarge(draft, Rejected.WHOLE, value.length, MAX_MESSAGE_BYTES);
      return;
    }
    JsonNode node;
    try {
      node = LenientJson.DOCUMENTS.readTree(value);
    } catch (IOException e) {
      malformed(draft, Rejected.WHOLE, e);
      return;
    }
    if (node instanceof ObjectNode object) {
      decode(Fields.of(object, draft), draft);
    } else if (node.isMissingNode()) {
      empty(draft);
    } else {
      wrongType(draft, Rejected.WHOLE, node);
    }
  }

  abstract void decode(Fields message, Draft draft);

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
   * The robot a message is about: the one it names itself, else the record's key; null after a
   * reject.
   */
  static String robot(String inside, Draft draft) {
    if (inside != null) {
      return inside;
    }
    String key = draft.key();
    if (key == null) {
      draft.reject(
          "key", RejectReason.NO_ENTITY, "no key and no robot_id, one of them is required");
    } else if (key.length() > Fields.MAX_NAME_LENGTH) {
      draft.reject("key", RejectReason.OUT_OF_RANGE, Fields.tooLong(key));
      return null;
    }
    return key;
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
