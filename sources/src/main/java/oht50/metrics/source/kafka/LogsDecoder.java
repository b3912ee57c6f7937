package oht50.metrics.source.kafka;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import oht50.metrics.model.Hash64;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;

/**
 * Log lines of a backend. Only {@code Request completed} is a measurement: {@code method, path,
 * status_code, duration} (seconds), flat or under {@code extra}. Every other line is evidence of
 * its time and no more. For a backend whose {@code /metrics} is scraped its logs must not be sent
 * here: they are the same requests. One that was refused as an invalid configuration adds to {@code
 * oht50_config_validation_errors_total} too, {@link ConfigRequests}.
 *
 * <p>A line that is delivered twice counts once on {@code oht50_http_requests_total}. Of two
 * requests to one endpoint within a millisecond the tables keep one duration, because a series has
 * one value at a time; the histogram has both.
 */
public final class LogsDecoder extends JsonDecoder {
  private static final String REQUEST = "Request completed";
  private static final String[] TIMES = {"timestamp", "time", "ts"};
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE");

  public LogsDecoder(Duration maxAhead) {
    super(maxAhead);
  }

  @Override
  void decode(Fields line, Draft draft) {
    long timestamp = line.requireTimestamp(timeField(line));
    if (timestamp == Timestamps.UNREADABLE) {
      return;
    }
    if (!isRequest(line)) {
      draft.time(timestamp);
      return;
    }
    String instance = instance(line, draft);
    Fields request = line.node().path("extra").has("path") ? line.object("extra") : line;
    String method = method(request);
    String path = request.requireText("path");
    double status = request.requireNumber("status_code", 100, 599);
    double seconds = request.number("duration", 0, Double.MAX_VALUE);
    if (instance == null || path == null) {
      return;
    }
    String endpoint = Endpoints.template(path);
    Labels of = Labels.of("endpoint", endpoint, "instance", instance, "method", method);
    if (method != null && !Double.isNaN(status)) {
      long naturalKey = Hash64.id(instance + '\0' + LenientJson.write(line.node()));
      Labels labels = of.with("status_code", Integer.toString((int) status));
      count("oht50_http_requests_total", labels, naturalKey, timestamp, draft);
      if (ConfigRequests.isInvalid(method, path, (int) status, request)) {
        Labels area = Labels.of("config_type", ConfigRequests.area(path), "instance", instance);
        count("oht50_config_validation_errors_total", area, naturalKey, timestamp, draft);
      }
    }
    if (method != null && !Double.isNaN(seconds)) {
      observe("oht50_http_request_duration_seconds", of, seconds, timestamp, draft);
      observe("oht50_api_response_time_seconds", of, seconds, timestamp, draft);
    }
  }

  private static void count(
      String metric, Labels labels, long naturalKey, long timestamp, Draft draft) {
    draft.occurrence(
        SeriesLayout.of(Series.of(metric, labels, MetricKind.DELTA)), naturalKey, timestamp);
  }

  private static void observe(
      String metric, Labels labels, double value, long timestamp, Draft draft) {
    draft.samples(
        timestamp,
        SeriesLayout.of(Series.of(metric, labels, MetricKind.HISTOGRAM)),
        new double[] {value});
  }

  private static String timeField(Fields line) {
    for (String field : TIMES) {
      if (line.has(field)) {
        return field;
      }
    }
    return TIMES[0];
  }

  private static boolean isRequest(Fields line) {
    return line.node().path("event").asText().equals(REQUEST)
        || line.node().path("message").asText().equals(REQUEST);
  }

  private static String method(Fields request) {
    String word = request.requireText("method");
    String method = word == null ? null : word.toUpperCase(Locale.ROOT);
    if (method == null || METHODS.contains(method)) {
      return method;
    }
    request.unknownWord("method", word, "a method of HTTP");
    return null;
  }
}
