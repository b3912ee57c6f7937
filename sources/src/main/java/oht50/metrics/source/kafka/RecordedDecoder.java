package oht50.metrics.source.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.model.StaleMarker;

/**
 * What the job's own recording rules say: {@code {"name", "labels", "timestamp", "value"}}; without
 * a value there is no sample at that time, or none any more.
 */
public final class RecordedDecoder extends JsonDecoder {
  public RecordedDecoder() {
    super(Duration.ZERO);
  }

  @Override
  void decode(Fields message, Draft draft) {
    String name = message.requireText("name");
    long timestamp = message.requireTimestamp("timestamp");
    Labels labels = labels(message);
    double value = value(message);
    if (!draft.hasRejects()) {
      SeriesLayout layout = SeriesLayout.of(Series.of(name, labels, MetricKind.GAUGE));
      draft.samples(timestamp, layout, new double[] {value});
    }
  }

  private static double value(Fields message) {
    JsonNode value = message.present("value");
    if (value == null) {
      return StaleMarker.VALUE;
    }
    if (value.isNumber()) {
      return value.doubleValue();
    }
    return switch (value.asText()) {
      case "NaN" -> Double.NaN;
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> {
        message.wrongType("value", value, "a number, NaN, +Inf or -Inf");
        yield 0;
      }
    };
  }

  private static Labels labels(Fields message) {
    Map<String, String> labels = new TreeMap<>();
    JsonNode value = message.present("labels");
    if (value instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> label : object.properties()) {
        labels.put(label.getKey(), label.getValue().asText());
      }
    } else if (value != null) {
      message.reject("labels", RejectReason.WRONG_TYPE, "saw " + Fields.seen(value));
    }
    return Labels.of(labels);
  }
}
