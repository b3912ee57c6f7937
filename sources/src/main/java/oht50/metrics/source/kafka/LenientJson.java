package oht50.metrics.source.kafka;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * JSON as the fleet writes it: comments are skipped, {@code NaN} and {@code Infinity} are numbers
 * (and rejected as such by the field that holds them), of a repeated name the last value counts;
 * otherwise strict.
 */
final class LenientJson {
  /** Deeper nesting is no message of ours, and each level is stack. */
  private static final int MAX_DEPTH = 64;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                  .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                  // Names come from outside: neither interned for the life of the JVM, nor may a
                  // set of them made to collide end in an exception.
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(400)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Reads whole documents; anything after one is malformed. */
  static final ObjectReader DOCUMENTS = MAPPER.readerFor(JsonNode.class);

  /** Reads one value of a longer text. */
  static final ObjectReader ELEMENTS =
      DOCUMENTS.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** NaN stays a number. */
  private static final ObjectWriter AGAIN =
      MAPPER.writer().without(JsonWriteFeature.WRITE_NAN_AS_STRINGS);

  private LenientJson() {}

  /** Compact and strict JSON: no comments, NaN and infinities as text, sanitised text. */
  static String write(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(sanitised(node));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree that was read cannot be written", e);
    }
  }

  /** The same document again, in a form that this class reads. */
  static byte[] bytes(JsonNode node) {
    try {
      return AGAIN.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree that was read cannot be written", e);
    }
  }

  private static JsonNode sanitised(JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode clean = MAPPER.createObjectNode();
      object
          .properties()
          .forEach(e -> clean.set(Text.sanitise(e.getKey()), sanitised(e.getValue())));
      return clean;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode clean = MAPPER.createArrayNode();
      array.forEach(element -> clean.add(sanitised(element)));
      return clean;
    }
    return node instanceof TextNode text ? TextNode.valueOf(Text.sanitise(text.textValue())) : node;
  }
}
