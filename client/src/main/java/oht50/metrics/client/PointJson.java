package oht50.metrics.client;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A point as its topic's readers take it: {@code {"name", "value", "timestamp" in ms, "labels",
 * "metric_type"}}. What they would reject is refused here, where the caller can see it.
 */
final class PointJson {
  /** Largest element of an array, as its readers have it. */
  static final int MAX_POINT_BYTES = 16 << 10;

  private static final Pattern METRIC_NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final Pattern LABEL_NAME = Pattern.compile("(?!__)[a-zA-Z_][a-zA-Z0-9_]*");

  private final String name;
  private final double value;
  private final String labels;
  private final MetricType type;

  private PointJson(String name, double value, String labels, MetricType type) {
    this.name = name;
    this.value = value;
    this.labels = labels;
    this.type = type;
  }

  /** Throws IllegalArgumentException that says what is wrong. */
  static PointJson of(String name, double value, Map<String, String> labels, MetricType type) {
    if (name == null || !METRIC_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'" + name + "' is no metric name; [a-zA-Z_:][a-zA-Z0-9_:]* is allowed");
    }
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " = " + value + "; a finite number is allowed");
    }
    if (type == MetricType.COUNTER && value < 0) {
      throw new IllegalArgumentException(name + " = " + value + "; a counter is at least 0");
    }
    return new PointJson(name, value, labels(labels), type);
  }

  private static String labels(Map<String, String> labels) {
    StringBuilder json = new StringBuilder("{");
    new TreeMap<>(labels)
        .forEach(
            (name, value) -> {
              if (!LABEL_NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                    "'"
                        + name
                        + "' is no label name; [a-zA-Z_][a-zA-Z0-9_]* not beginning with __ is"
                        + " allowed");
              }
              if (value != null) {
                json.append(json.length() == 1 ? "" : ",");
                appendText(json, name);
                json.append(':');
                appendText(json, value);
              }
            });
    return json.append('}').toString();
  }

  /** The same text for points of the same series. */
  String series() {
    return name + labels;
  }

  String name() {
    return name;
  }

  /** Throws IllegalArgumentException if the point is larger than its readers take. */
  byte[] at(long timestampMillis) {
    StringBuilder json = new StringBuilder(96 + labels.length()).append("{\"name\":");
    appendText(json, name);
    json.append(",\"value\":").append(value).append(",\"timestamp\":").append(timestampMillis);
    json.append(",\"labels\":").append(labels).append(",\"metric_type\":\"").append(type.word());
    byte[] bytes = json.append("\"}").toString().getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MAX_POINT_BYTES) {
      throw new IllegalArgumentException(
          name
              + " with its labels is "
              + bytes.length
              + " bytes, "
              + MAX_POINT_BYTES
              + " are allowed");
    }
    return bytes;
  }

  private static void appendText(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
