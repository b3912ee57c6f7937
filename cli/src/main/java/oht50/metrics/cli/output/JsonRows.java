package oht50.metrics.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;

/** An array with one object per line. JSON has no NaN and no infinity: they are strings. */
final class JsonRows {
  private JsonRows() {}

  static String print(Rows rows) {
    StringBuilder array = new StringBuilder("[");
    String separator = "\n";
    for (List<Object> row : rows.rows()) {
      array.append(separator).append(object(rows.columns(), row));
      separator = ",\n";
    }
    return array.append(rows.rows().isEmpty() ? "]\n" : "\n]\n").toString();
  }

  private static String object(List<String> columns, List<Object> row) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      for (int i = 0; i < columns.size(); i++) {
        json.writeFieldName(columns.get(i));
        write(json, row.get(i));
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof RawJson raw) {
      json.writeRawValue(raw.text());
    } else if (value instanceof Double number && !Double.isFinite(number)) {
      json.writeString(number.toString());
    } else if (value instanceof Float number && !Float.isFinite(number)) {
      json.writeString(number.toString());
    } else if (value instanceof BigDecimal number) {
      json.writeNumber(number.toPlainString());
    } else if (value instanceof Number number) {
      json.writeNumber(number.toString());
    } else {
      json.writeString(value.toString());
    }
  }
}
