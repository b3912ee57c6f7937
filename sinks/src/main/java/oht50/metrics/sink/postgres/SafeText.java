package oht50.metrics.sink.postgres;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import oht50.metrics.model.Hash64;
import oht50.metrics.model.Labels;

/**
 * Text that PostgreSQL can hold. It refuses NUL and lone surrogates, in jsonb also NaN, and with
 * the one row the whole batch; a writer of flink-connector-jdbc would then fail for ever.
 */
final class SafeText {
  private static final char REPLACEMENT = '\uFFFD';

  /** With it no key comes near the 2,704 bytes of an index entry. */
  private static final int LONGEST_KEY = 512;

  private static final int LONGEST_NUMBER = 64;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .build();

  private SafeText() {}

  /** The text with U+FFFD for what cannot be stored; null stays null. */
  static String of(String text) {
    if (text == null) {
      return null;
    }
    StringBuilder cleaned = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (c == 0 || Character.isSurrogate(c)) {
        cleaned = cleaned == null ? new StringBuilder(text) : cleaned;
        cleaned.setCharAt(i, REPLACEMENT);
      }
    }
    return cleaned == null ? text : cleaned.toString();
  }

  /** Text as part of a key: one over 512 characters is cut and ends in {@code #} and its hash. */
  static String key(String text) {
    if (text.length() <= LONGEST_KEY) {
      return of(text);
    }
    String hash = "#" + Hash64.hex(text);
    return of(text.substring(0, LONGEST_KEY - hash.length()) + hash);
  }

  /** Labels as a JSON object of strings. */
  static String json(Labels labels) {
    return json(labels.toMap());
  }

  /** Texts as a JSON object of strings. */
  static String json(Map<String, String> texts) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.writeStartObject();
      for (var each : texts.entrySet()) {
        out.writeStringField(of(each.getKey()), of(each.getValue()));
      }
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /**
   * JSON as jsonb can hold it: comments are gone, numbers beyond double precision are strings. What
   * is no JSON becomes a JSON string.
   */
  static String json(String text) {
    if (text == null) {
      return "null";
    }
    StringWriter copy = new StringWriter(text.length());
    try (JsonParser in = JSON.createParser(text);
        JsonGenerator out = JSON.createGenerator(copy)) {
      in.nextToken();
      copyValue(in, out);
      if (in.nextToken() != null) {
        return quoted(text);
      }
    } catch (IOException e) {
      return quoted(text);
    }
    return copy.toString();
  }

  private static String quoted(String text) {
    StringWriter quoted = new StringWriter(text.length() + 2);
    try (JsonGenerator out = JSON.createGenerator(quoted)) {
      out.writeString(of(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return quoted.toString();
  }

  private static void copyValue(JsonParser in, JsonGenerator out) throws IOException {
    int depth = 0;
    do {
      JsonToken token = in.currentToken();
      if (token == null) {
        throw new IOException("no JSON value");
      }
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      copyToken(token, in, out);
    } while (depth > 0 && advance(in));
  }

  private static boolean advance(JsonParser in) throws IOException {
    in.nextToken();
    return true;
  }

  private static void copyToken(JsonToken token, JsonParser in, JsonGenerator out)
      throws IOException {
    switch (token) {
      case START_OBJECT -> out.writeStartObject();
      case END_OBJECT -> out.writeEndObject();
      case START_ARRAY -> out.writeStartArray();
      case END_ARRAY -> out.writeEndArray();
      case FIELD_NAME -> out.writeFieldName(of(in.currentName()));
      case VALUE_STRING -> out.writeString(of(in.getText()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> copyNumber(in.getText(), out);
      case VALUE_TRUE -> out.writeBoolean(true);
      case VALUE_FALSE -> out.writeBoolean(false);
      case VALUE_NULL -> out.writeNull();
      case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new IOException("not a token of JSON text: " + token);
    }
  }

  private static void copyNumber(String number, JsonGenerator out) throws IOException {
    if (fits(number)) {
      out.writeNumber(number);
    } else {
      out.writeString(number);
    }
  }

  /** The server's numeric has bounds of its own, and knows neither NaN nor infinity in jsonb. */
  private static boolean fits(String number) {
    if (number.length() > LONGEST_NUMBER) {
      return false;
    }
    double size = Math.abs(Double.parseDouble(number));
    boolean exponent = number.indexOf('e') >= 0 || number.indexOf('E') >= 0;
    return size == 0 ? !exponent : size > 1e-300 && size < 1e300;
  }
}
