package oht50.metrics.client;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A record to be sent: points of one metric as an array, under the metric's name.
 *
 * @param bytes of the points as they were counted when they were taken
 */
record PointRecord(byte[] key, byte[] value, int points, long bytes) {
  /** Below the 1 MiB that brokers and readers take, with room for key and headers. */
  static final int MAX_RECORD_BYTES = 1_000_000;

  /** A point that waits to be part of a record. */
  record Point(String name, byte[] json) {}

  /** The points in records of one metric each, in their order. */
  static List<PointRecord> of(List<Point> points) {
    Map<String, List<byte[]>> byName = new LinkedHashMap<>();
    for (Point point : points) {
      byName.computeIfAbsent(point.name(), name -> new ArrayList<>()).add(point.json());
    }
    List<PointRecord> records = new ArrayList<>();
    byName.forEach(
        (name, elements) -> {
          int start = 0;
          while (start < elements.size()) {
            int end = end(elements, start);
            records.add(of(name, elements.subList(start, end)));
            start = end;
          }
        });
    return records;
  }

  /** Where the record that begins at {@code start} is full. */
  private static int end(List<byte[]> elements, int start) {
    long length = 2;
    int end = start;
    while (end < elements.size() && length + elements.get(end).length + 1 <= MAX_RECORD_BYTES) {
      length += elements.get(end).length + 1;
      end++;
    }
    return end;
  }

  private static PointRecord of(String name, List<byte[]> elements) {
    long bytes = elements.stream().mapToLong(element -> element.length).sum();
    byte[] value = new byte[(int) bytes + elements.size() + 1];
    int at = 0;
    for (byte[] element : elements) {
      value[at] = (byte) (at == 0 ? '[' : ',');
      System.arraycopy(element, 0, value, at + 1, element.length);
      at += element.length + 1;
    }
    value[at] = ']';
    return new PointRecord(name.getBytes(StandardCharsets.UTF_8), value, elements.size(), bytes);
  }
}
