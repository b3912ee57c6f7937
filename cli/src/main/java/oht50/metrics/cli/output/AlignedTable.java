package oht50.metrics.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Columns as wide as their widest value, numbers to the right, nulls empty, then the row count. */
final class AlignedTable {
  private AlignedTable() {}

  static String print(Rows rows) {
    int columns = rows.columns().size();
    int[] widths = new int[columns];
    List<List<String>> cells = new ArrayList<>();
    cells.add(rows.columns());
    for (List<Object> row : rows.rows()) {
      cells.add(row.stream().map(AlignedTable::text).toList());
    }
    for (List<String> line : cells) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], width(line.get(i)));
      }
    }
    StringBuilder table = new StringBuilder();
    for (int line = 0; line < cells.size(); line++) {
      appendLine(table, cells.get(line), widths, rows.numeric());
      if (line == 0) {
        appendRule(table, widths);
      }
    }
    int count = rows.rows().size();
    return table.append('(').append(count).append(count == 1 ? " row)\n" : " rows)\n").toString();
  }

  private static void appendLine(
      StringBuilder table, List<String> line, int[] widths, List<Boolean> numeric) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String padding = " ".repeat(widths[i] - width(line.get(i)));
      text.append(i == 0 ? " " : " | ");
      text.append(numeric.get(i) ? padding + line.get(i) : line.get(i) + padding);
    }
    table.append(text.toString().stripTrailing()).append('\n');
  }

  private static void appendRule(StringBuilder table, int[] widths) {
    for (int i = 0; i < widths.length; i++) {
      table.append(i == 0 ? "-" : "-+-").append("-".repeat(widths[i]));
    }
    table.append('\n');
  }

  private static String text(Object value) {
    // A line break inside a value would break the table.
    return value == null ? "" : value.toString().replace("\n", "\\n").replace("\r", "\\r");
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
