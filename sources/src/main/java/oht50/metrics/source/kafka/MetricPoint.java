package oht50.metrics.source.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Series;

/**
 * One metric point {@code {name, value, timestamp, labels, metric_type}}. A counter's value is its
 * running total, a histogram's one observation. One with a field that cannot be read is rejected
 * whole.
 */
record MetricPoint(String name, Labels labels, MetricKind kind, long timestamp, double value) {
  private static final Pattern METRIC_NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final Pattern LABEL_NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
  private static final String RESERVED = "__";

  /** The point, or null after a reject. */
  static MetricPoint read(Fields point) {
    String name = name(point);
    if (name == null) {
      return null;
    }
    MetricKind kind = kind(point);
    if (kind == null) {
      return null;
    }
    Labels labels = labels(point);
    if (labels == null) {
      return null;
    }
    if (!point.has("value")) {
      point.missing("value");
      return null;
    }
    double value =
        point.number("value", neverFalls(name, kind) ? 0 : -Double.MAX_VALUE, Double.MAX_VALUE);
    if (Double.isNaN(value)) {
      return null;
    }
    long timestamp = point.requireTimestamp("timestamp");
    return timestamp == Timestamps.UNREADABLE
        ? null
        : new MetricPoint(name, labels, kind, timestamp, value);
  }

  /** The point in the series of its own labels. */
  void addTo(SampleGroups groups) {
    groups.add(Series.of(name, labels, kind), timestamp, value);
  }

  private static String name(Fields point) {
    if (!point.has("name")) {
      point.missing("name");
      return null;
    }
    String name = point.text("name");
    if (name == null ? isEmptyText(point, "name") : !METRIC_NAME.matcher(name).matches()) {
      point.reject(
          "name",
          RejectReason.BAD_METRIC_NAME,
          "saw " + Fields.seen(point.present("name")) + ", [a-zA-Z_:][a-zA-Z0-9_:]* is allowed");
      return null;
    }
    return name;
  }

  private static boolean isEmptyText(Fields point, String field) {
    return point.present(field).isTextual();
  }

  private static MetricKind kind(Fields point) {
    String word = point.requireText("metric_type");
    if (word == null) {
      return null;
    }
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "gauge" -> MetricKind.GAUGE;
      case "counter" -> MetricKind.COUNTER;
      case "histogram" -> MetricKind.HISTOGRAM;
      case "summary" -> MetricKind.SUMMARY;
      default -> {
        point.unknownWord("metric_type", word, "gauge, counter, histogram, summary");
        yield null;
      }
    };
  }

  private static boolean neverFalls(String name, MetricKind kind) {
    return kind == MetricKind.COUNTER
        || (kind != MetricKind.GAUGE && (name.endsWith("_count") || name.endsWith("_bucket")));
  }

  /** Null after a reject; without labels none. */
  private static Labels labels(Fields point) {
    JsonNode value = point.present("labels");
    if (value == null) {
      return Labels.EMPTY;
    }
    if (!(value instanceof ObjectNode object)) {
      point.wrongType("labels", value, "an object");
      return null;
    }
    Map<String, String> labels = new TreeMap<>();
    for (Map.Entry<String, JsonNode> label : object.properties()) {
      String name = label.getKey();
      if (!LABEL_NAME.matcher(name).matches() || name.startsWith(RESERVED)) {
        point.reject(
            "labels",
            RejectReason.BAD_LABEL_NAME,
            "saw \""
                + Text.brief(Text.sanitise(name))
                + "\", [a-zA-Z_][a-zA-Z0-9_]* not beginning with __ is allowed");
        return null;
      }
      if (label.getValue().isContainerNode()) {
        point.wrongType("labels", label.getValue(), "text, a number or a boolean for " + name);
        return null;
      }
      if (!label.getValue().isNull()) {
        labels.put(name, Text.sanitise(label.getValue().asText()));
      }
    }
    return Labels.of(labels);
  }
}
