package oht50.metrics.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Reads YAML into records whose keys are in snake case; a key that nobody knows is a fault. */
public final class YamlFile {
  private static final ObjectMapper YAML =
      new ObjectMapper(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

  private YamlFile() {}

  /**
   * @param source of the text, for messages
   * @param unknown what to say of a key that the form does not have; null for the usual
   * @return null for a file that says null
   * @throws InvalidYaml with the first fault
   */
  public static <T> T read(
      String source, String yaml, TypeReference<T> form, UnaryOperator<String> unknown)
      throws InvalidYaml {
    try {
      return YAML.readValue(yaml, form);
    } catch (UnrecognizedPropertyException e) {
      String said = unknown.apply(e.getPropertyName());
      throw new InvalidYaml(
          "%s:%d: %s: %s"
              .formatted(source, line(yaml, e), path(e), said == null ? unknownKey(e) : said));
    } catch (JsonProcessingException e) {
      String reason = e.getOriginalMessage().lines().findFirst().orElse("cannot be read");
      throw new InvalidYaml(place(source, e) + reason);
    }
  }

  private static String unknownKey(UnrecognizedPropertyException e) {
    Collection<Object> known =
        e.getKnownPropertyIds() == null ? List.of() : e.getKnownPropertyIds();
    return "unknown key '%s'; known are %s".formatted(e.getPropertyName(), new TreeSet<>(known));
  }

  private static String place(String source, JsonProcessingException e) {
    String path = e instanceof JsonMappingException mapping ? path(mapping) : "";
    return e.getLocation() == null
        ? source + ": "
        : "%s:%d:%d: %s"
            .formatted(
                source,
                e.getLocation().getLineNr(),
                e.getLocation().getColumnNr(),
                path.isEmpty() ? "" : path + ": ");
  }

  /** The line of a key. Where the mapper noticed it is further down: it reads an object first. */
  private static int line(String yaml, JsonMappingException e) {
    StringBuilder pointer = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      pointer.append('/');
      pointer.append(step.getFieldName() == null ? step.getIndex() : step.getFieldName());
    }
    try (JsonParser parser = YAML.createParser(yaml)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.FIELD_NAME
            && parser.getParsingContext().pathAsPointer().toString().contentEquals(pointer)) {
          return parser.currentTokenLocation().getLineNr();
        }
      }
    } catch (IOException unreadable) {
      return e.getLocation().getLineNr(); // it has been read once, so this does not happen
    }
    return e.getLocation().getLineNr();
  }

  /** Like {@code scrape_configs[0].scrape_interval}. */
  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.length() == 0 ? "" : ".").append(step.getFieldName());
      }
    }
    return path.toString();
  }
}
