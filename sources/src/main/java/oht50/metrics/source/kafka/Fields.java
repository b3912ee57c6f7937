package oht50.metrics.source.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Rejected;

/**
 * The fields of one JSON object. A field that cannot be read is rejected with its path and reads as
 * absent; so does JSON null. {@code require…} rejects the absent too. Paths of fields are built for
 * rejects only.
 */
final class Fields {
  /** Longest id or name: it becomes part of labels and of database keys. */
  static final int MAX_NAME_LENGTH = 200;

  private static final int LONGEST_OWN_NAME = 64;

  private final ObjectNode node;
  private final Draft draft;
  private final Fields parent;
  private final String name;

  private Fields(ObjectNode node, Draft draft, Fields parent, String name) {
    this.node = node;
    this.draft = draft;
    this.parent = parent;
    this.name = name;
  }

  /** The fields of a whole message. */
  static Fields of(ObjectNode message, Draft draft) {
    return at("", message, draft);
  }

  /**
   * The fields of an element of a message or record: their paths begin with its place, such as
   * {@code [7]}; empty for the whole.
   */
  static Fields at(String place, ObjectNode element, Draft draft) {
    return new Fields(element, draft, null, place);
  }

  /** The fields of an element of an array field: their paths begin with {@code field[index].} */
  Fields element(String field, int index, ObjectNode element) {
    return new Fields(element, draft, this, field + '[' + index + ']');
  }

  ObjectNode node() {
    return node;
  }

  /** Whether this is one of many in its record. */
  boolean isElement() {
    return name.endsWith("]");
  }

  boolean has(String field) {
    return node.hasNonNull(field);
  }

  String path(String field) {
    StringBuilder path = new StringBuilder();
    appendPath(path);
    return path.append(field).toString();
  }

  private void appendPath(StringBuilder path) {
    if (parent != null) {
      parent.appendPath(path);
    }
    if (!name.isEmpty()) {
      path.append(name).append('.');
    }
  }

  void reject(String field, RejectReason reason, String detail) {
    draft.reject(path(field), reason, detail);
  }

  /** The field that says that a required one is absent. */
  void missing(String field) {
    reject(field, RejectReason.MISSING_FIELD, "absent, it is required");
  }

  Fields object(String field) {
    JsonNode value = present(field);
    if (value == null) {
      return null;
    }
    if (value instanceof ObjectNode object) {
      return new Fields(object, draft, this, field);
    }
    wrongType(field, value, "an object");
    return null;
  }

  /**
   * The objects of an array; none when absent. An element that is no object is rejected, and the
   * others count.
   */
  List<Fields> objects(String field) {
    JsonNode value = present(field);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray()) {
      wrongType(field, value, "an array");
      return List.of();
    }
    List<Fields> objects = new ArrayList<>(value.size());
    for (int i = 0; i < value.size(); i++) {
      String place = field + '[' + i + ']';
      if (value.get(i) instanceof ObjectNode object) {
        objects.add(new Fields(object, draft, this, place));
      } else {
        wrongType(place, value.get(i), "an object");
      }
    }
    return objects;
  }

  Fields requireObject(String field) {
    if (!has(field)) {
      missing(field);
      return null;
    }
    return object(field);
  }

  /**
   * The names of the fields of an object whose source chose them. One that cannot be part of a path
   * or a label is left out, and the object is rejected for it.
   */
  List<String> names() {
    List<String> names = new ArrayList<>(node.size());
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String each = field.getKey();
      if (each.length() <= LONGEST_OWN_NAME && Text.sanitise(each).equals(each)) {
        names.add(each);
      }
    }
    if (names.size() < node.size()) {
      draft.reject(
          parent == null ? Rejected.WHOLE : parent.path(name),
          RejectReason.OUT_OF_RANGE,
          "a name in it has more than " + LONGEST_OWN_NAME + " characters, or some that are none");
    }
    return names;
  }

  /** A finite number, or NaN when absent. */
  double number(String field) {
    return number(field, -Double.MAX_VALUE, Double.MAX_VALUE);
  }

  double number(String field, double min, double max) {
    JsonNode value = present(field);
    if (value == null) {
      return Double.NaN;
    }
    if (!value.isNumber()) {
      wrongType(field, value, "a number");
      return Double.NaN;
    }
    double number = value.doubleValue();
    if (!Double.isFinite(number)) {
      reject(field, RejectReason.NOT_FINITE, "saw " + number + ", a finite number is allowed");
      return Double.NaN;
    }
    if (number < min || number > max) {
      reject(field, RejectReason.OUT_OF_RANGE, "saw " + number + ", " + range(min, max));
      return Double.NaN;
    }
    return number;
  }

  double requireNumber(String field) {
    return requireNumber(field, -Double.MAX_VALUE, Double.MAX_VALUE);
  }

  double requireNumber(String field, double min, double max) {
    if (!has(field)) {
      missing(field);
      return Double.NaN;
    }
    return number(field, min, max);
  }

  /** 1 or 0, or NaN when absent. */
  double flag(String field) {
    JsonNode value = present(field);
    if (value == null) {
      return Double.NaN;
    }
    if (!value.isBoolean()) {
      wrongType(field, value, "true or false");
      return Double.NaN;
    }
    return value.booleanValue() ? 1 : 0;
  }

  /** Sanitised text; null when absent or empty. */
  String text(String field) {
    JsonNode value = present(field);
    if (value == null) {
      return null;
    }
    if (!value.isTextual()) {
      wrongType(field, value, "text");
      return null;
    }
    String text = value.textValue();
    return text.isEmpty() ? null : Text.sanitise(text);
  }

  /** Text that is not absent nor empty, else null after a reject. */
  String requireText(String field) {
    String text = text(field);
    if (text == null && (!has(field) || present(field).isTextual())) {
      missing(field);
    }
    return text;
  }

  /** Text that becomes a label: not longer than a name may be; null when absent or empty. */
  String name(String field) {
    return limited(field, text(field));
  }

  /** A name, or an integer as text; null when absent or empty. */
  String identifier(String field) {
    JsonNode value = present(field);
    return value != null && value.isIntegralNumber() ? limited(field, value.asText()) : name(field);
  }

  /** An identifier that is not absent nor empty, else null after a reject. */
  String requireIdentifier(String field) {
    JsonNode value = present(field);
    if (value == null || (value.isTextual() && value.textValue().isEmpty())) {
      missing(field);
      return null;
    }
    return identifier(field);
  }

  private String limited(String field, String text) {
    if (text == null || text.length() <= MAX_NAME_LENGTH) {
      return text;
    }
    reject(field, RejectReason.OUT_OF_RANGE, tooLong(text));
    return null;
  }

  static String tooLong(String name) {
    return "saw " + name.length() + " characters, " + MAX_NAME_LENGTH + " are allowed";
  }

  /**
   * A required event time in ms, or {@link Timestamps#UNREADABLE} when absent, unreadable or too
   * far ahead. Of a CloudEvent the event's time stands in for an absent one.
   */
  long requireTimestamp(String field) {
    return requireTimestamp(field, ZoneOffset.UTC);
  }

  /**
   * @param naive the zone of a time that names none
   */
  long requireTimestamp(String field, ZoneId naive) {
    JsonNode value = present(field);
    if (value != null) {
      return timestamp(field, value, naive);
    }
    String ofEvent = draft.attributes().time();
    if (ofEvent != null) {
      return of(node, draft).timestamp(EventAttributes.TIME, TextNode.valueOf(ofEvent), naive);
    }
    missing(field);
    return Timestamps.UNREADABLE;
  }

  private long timestamp(String field, JsonNode value, ZoneId naive) {
    long timestamp = Timestamps.parse(value, naive);
    if (timestamp == Timestamps.UNREADABLE) {
      reject(field, RejectReason.BAD_TIMESTAMP, "saw " + seen(value) + ", " + Timestamps.ALLOWED);
    } else if (draft.isTooFarAhead(timestamp)) {
      reject(
          field,
          RejectReason.TOO_FAR_AHEAD,
          "saw " + seen(value) + ", " + (timestamp - draft.appendTime()) + " ms beyond arrival");
      return Timestamps.UNREADABLE;
    }
    return timestamp;
  }

  void unknownWord(String field, String seen, String allowed) {
    reject(
        field,
        RejectReason.UNKNOWN_ENUM_VALUE,
        "saw \"" + Text.brief(seen) + "\", allowed: " + allowed);
  }

  void wrongType(String field, JsonNode value, String allowed) {
    reject(field, RejectReason.WRONG_TYPE, "saw " + seen(value) + ", " + allowed + " is allowed");
  }

  /** The value, or null when absent or JSON null. */
  JsonNode present(String field) {
    JsonNode value = node.get(field);
    return value == null || value.isNull() ? null : value;
  }

  static String seen(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "an array";
      case STRING -> "\"" + Text.brief(Text.sanitise(value.textValue())) + "\"";
      case NUMBER, BOOLEAN, NULL, MISSING, BINARY, POJO -> Text.brief(value.asText());
    };
  }

  private static String range(double min, double max) {
    return max == Double.MAX_VALUE
        ? String.format(Locale.ROOT, "at least %.0f is allowed", min)
        : String.format(Locale.ROOT, "%.0f to %.0f is allowed", min, max);
  }
}
