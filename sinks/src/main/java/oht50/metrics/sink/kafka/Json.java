package oht50.metrics.sink.kafka;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Labels;

/** The forms shared by all JSON records. */
final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Json() {}

  /** What is written between the braces of an object. */
  interface Fields {
    void write(JsonGenerator out) throws IOException;
  }

  static byte[] object(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
      out.writeStartObject();
      fields.write(out);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** {@code 2026-11-24T18:50:00.120Z}; null for an alert's open end. */
  static void instant(JsonGenerator out, String name, long millis) throws IOException {
    out.writeStringField(
        name, millis == AlertTransition.OPEN ? null : INSTANT.format(Instant.ofEpochMilli(millis)));
  }

  /** A number, or as Prometheus writes them the strings NaN, +Inf and -Inf. */
  static void number(JsonGenerator out, String name, double value) throws IOException {
    if (Double.isNaN(value)) {
      out.writeStringField(name, "NaN");
    } else if (Double.isInfinite(value)) {
      out.writeStringField(name, value > 0 ? "+Inf" : "-Inf");
    } else {
      out.writeNumberField(name, value);
    }
  }

  static void labels(JsonGenerator out, String name, Labels labels) throws IOException {
    out.writeObjectFieldStart(name);
    for (var label : labels.toMap().entrySet()) {
      out.writeStringField(label.getKey(), label.getValue());
    }
    out.writeEndObject();
  }
}
