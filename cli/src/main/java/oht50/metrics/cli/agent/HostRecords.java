package oht50.metrics.cli.agent;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import oht50.metrics.source.host.HostSeries.Sample;

/**
 * The values of the records that carry one reading: each an array of metric points {@code {name,
 * value, timestamp in ms, labels, metric_type}}. One record nearly always.
 */
final class HostRecords {
  /** Some 200 KiB: below what brokers and readers take, whatever the labels. */
  static final int MAX_POINTS = 1_000;

  private static final JsonFactory JSON = new JsonFactory();

  private HostRecords() {}

  static List<String> of(List<Sample> samples, long timestampMillis) {
    List<String> records = new ArrayList<>(1);
    for (int start = 0; start < samples.size(); start += MAX_POINTS) {
      int end = Math.min(samples.size(), start + MAX_POINTS);
      records.add(array(samples.subList(start, end), timestampMillis));
    }
    return records;
  }

  private static String array(List<Sample> samples, long timestampMillis) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartArray();
      for (Sample sample : samples) {
        json.writeStartObject();
        json.writeStringField("name", sample.series().name());
        json.writeNumberField("value", sample.value());
        json.writeNumberField("timestamp", timestampMillis);
        json.writeObjectFieldStart("labels");
        for (Map.Entry<String, String> label : sample.series().labels().toMap().entrySet()) {
          json.writeStringField(label.getKey(), label.getValue());
        }
        json.writeEndObject();
        json.writeStringField("metric_type", sample.series().kind().metricType());
        json.writeEndObject();
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
