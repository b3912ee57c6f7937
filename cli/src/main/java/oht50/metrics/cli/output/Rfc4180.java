package oht50.metrics.cli.output;

import java.util.List;

/** CSV of RFC 4180: header, CRLF, quotes doubled; a null is an empty field, an empty text is "". */
final class Rfc4180 {
  private Rfc4180() {}

  static String print(Rows rows) {
    StringBuilder csv = new StringBuilder();
    appendLine(csv, rows.columns());
    rows.rows().forEach(row -> appendLine(csv, row));
    return csv.toString();
  }

  private static void appendLine(StringBuilder csv, List<?> values) {
    String separator = "";
    for (Object value : values) {
      csv.append(separator).append(field(value));
      separator = ",";
    }
    csv.append("\r\n");
  }

  private static String field(Object value) {
    if (value == null) {
      return "";
    }
    String text = value.toString();
    boolean quoted =
        text.isEmpty()
            || text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
