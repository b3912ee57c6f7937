package oht50.metrics.cli.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A line {@code {topic, key, value}}. A value that is a string is sent as that text; any other is
 * sent as it stands in the line, spaces and spelling of numbers included.
 */
final class RecordLineReader implements LineReader {
  private static final JsonFactory JSON = new JsonFactory();

  @Override
  public ReplayRecord read(String line) {
    try (JsonParser parser = JSON.createParser(line)) {
      return read(parser, line);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ReplayRecord read(JsonParser parser, String line) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException("not an object {topic, key, value}");
    }
    String topic = null;
    String key = null;
    String value = null;
    boolean hasValue = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "topic" -> topic = parser.getValueAsString();
        case "key" -> key = parser.getValueAsString();
        case "value" -> {
          value = valueText(parser, line);
          hasValue = true;
        }
        default -> parser.skipChildren();
      }
    }
    if (topic == null || topic.isEmpty()) {
      throw new IllegalArgumentException("no topic; with --topic every line is a value");
    }
    if (!hasValue) {
      throw new IllegalArgumentException("no value");
    }
    if (parser.nextToken() != null) {
      throw new IllegalArgumentException("something follows the object");
    }
    return new ReplayRecord(topic, key, value);
  }

  private static String valueText(JsonParser parser, String line) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    int begin = (int) parser.currentTokenLocation().getCharOffset();
    if (token.isScalarValue()) {
      return line.substring(begin, begin + parser.getText().length());
    }
    parser.skipChildren();
    return line.substring(begin, (int) parser.currentLocation().getCharOffset());
  }
}
