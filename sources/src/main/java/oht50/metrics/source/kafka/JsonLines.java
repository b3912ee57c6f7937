package oht50.metrics.source.kafka;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the lines of a record of JSON lines are, the blank ones left out.
 *
 * <p>A record of more than one line is JSON lines if its first line is a whole value; and if it
 * begins an object and is no document, but another line begins an object too: then its first line
 * is the broken one. A broken record that begins an array is none: half an array is nothing.
 */
final class JsonLines {
  /** A line's place in the bytes of its record. */
  record Line(int start, int length) {}

  private JsonLines() {}

  /** The lines; none if the record is one value, or none at all. */
  static List<Line> of(byte[] value) {
    List<Line> lines = split(value);
    return lines.size() > 1 && areValues(value, lines) ? lines : List.of();
  }

  private static List<Line> split(byte[] value) {
    List<Line> lines = new ArrayList<>(1);
    int start = 0;
    for (int i = 0; i <= value.length; i++) {
      if (i == value.length || value[i] == '\n') {
        if (first(value, start, i) >= 0) {
          lines.add(new Line(start, i - start));
        }
        start = i + 1;
      }
    }
    return lines;
  }

  private static boolean areValues(byte[] value, List<Line> lines) {
    Line first = lines.get(0);
    if (isDocument(value, first.start(), first.length())) {
      return true;
    }
    return beginsObject(value, first)
        && lines.stream().skip(1).anyMatch(line -> beginsObject(value, line))
        && !isDocument(value, 0, value.length);
  }

  private static boolean isDocument(byte[] value, int start, int length) {
    try {
      return !LenientJson.DOCUMENTS.readTree(value, start, length).isMissingNode();
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean beginsObject(byte[] value, Line line) {
    return first(value, line.start(), line.start() + line.length()) == '{';
  }

  /** The first byte that is no blank; -1 without one. */
  private static int first(byte[] value, int start, int end) {
    for (int i = start; i < end; i++) {
      if (value[i] != ' ' && value[i] != '\t' && value[i] != '\r' && value[i] != '\n') {
        return value[i] & 0xff;
      }
    }
    return -1;
  }
}
