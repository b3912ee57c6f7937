package oht50.metrics.source.kafka;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Series;

/**
 * Custom metric points, one or an array of them: {@code {name, value, timestamp, labels,
 * metric_type}}. A counter's value is its running total, a histogram's one observation. A point
 * with a field that cannot be read is rejected whole, the others of its array count.
 */
public final class PointsDecoder extends JsonDecoder {
  private static final Pattern METRIC_NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final Pattern LABEL_NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
  private static final String RESERVED = "__";

  public PointsDecoder(Duration maxAhead) {
    super(maxAhead);
  }

  private record Element(JsonNode node, long bytes) {}

  @Override
  void decode(byte[] value, Draft draft) {
    List<Element> elements;
    try (JsonParser parser = LenientJson.DOCUMENTS.createParser(value)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        super.decode(value, draft);
        return;
      }
      elements = readElements(parser);
    } catch (IOException e) {
      malformed(draft, e);
      return;
    }
    SampleGroups groups = new SampleGroups();
    for (int i = 0; i < elements.size(); i++) {
      Element element = elements.get(i);
      if (element.bytes() > MAX_MESSAGE_BYTES) {
        tooLarge(draft, "[" + i + "]", element.bytes(), MAX_MESSAGE_BYTES);
      } else if (element.node() instanceof ObjectNode object) {
        readPoint(Fields.ofElement(object, i, draft), groups);
      } else {
        wrongType(draft, "[" + i + "]", element.node());
      }
    }
    groups.emit(draft);
  }

  @Override
  void decode(Fields message, Draft draft) {
    SampleGroups groups = new SampleGroups();
    readPoint(message, groups);
    groups.emit(draft);
  }

  // The whole array is read before anything of it counts: half a record would count again in full
  // when its sender repeats it.
  private static List<Element> readElements(JsonParser parser) throws IOException {
    List<Element> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      long start = parser.currentTokenLocation().getByteOffset();
      JsonNode node = LenientJson.ELEMENTS.readTree(parser);
      elements.add(new Element(node, parser.currentLocation().getByteOffset() - start));
    }
    if (parser.nextToken() != null) {
      throw new IOException("text after the end of the array");
    }
    return elements;
  }

  private static void readPoint(Fields point, SampleGroups groups) {
    String name = name(point);
    if (name == null) {
      return;
    }
    MetricKind kind = kind(point);
    if (kind == null) {
      return;
    }
    Labels labels = labels(point);
    if (labels == null) {
      return;
    }
    if (!point.has("value")) {
      point.missing("value");
      return;
    }
    double value =
        point.number("value", neverFalls(name, kind) ? 0 : -Double.MAX_VALUE, Double.MAX_VALUE);
    if (Double.isNaN(value)) {
      return;
    }
    long timestamp = point.requireTimestamp("timestamp");
    if (timestamp != Timestamps.UNREADABLE) {
      groups.add(Series.of(name, labels, kind), timestamp, value);
    }
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
