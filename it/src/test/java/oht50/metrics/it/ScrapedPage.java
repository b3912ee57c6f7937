package oht50.metrics.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Prometheus would scrape of the {@code oht50_*} metrics. */
final class ScrapedPage {
  /** A line of the page. */
  record Sample(String name, Map<String, String> labels, double value) {}

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
  private static final Pattern TYPE = Pattern.compile("# TYPE (\\w+) (\\w+)");

  /** Name and sorted labels -> value. */
  private final Map<String, Double> values = new TreeMap<>();

  // metric name -> word of its type
  private final Map<String, String> types = new TreeMap<>();

  private final List<Sample> samples = new ArrayList<>();
  private final String text;

  private ScrapedPage(String text) {
    this.text = text;
    TYPE.matcher(text).results().forEach(type -> types.put(type.group(1), type.group(2)));
    text.lines().filter(line -> !line.startsWith("#")).forEach(this::read);
  }

  static ScrapedPage of(Stack stack) {
    return new ScrapedPage(get(stack.status().path("metrics").asText()));
  }

  static String get(String url) {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(10)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new AssertionError(url, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void read(String line) {
    int space = line.lastIndexOf(' ');
    String series = line.substring(0, space);
    int brace = series.indexOf('{');
    Map<String, String> labels = new TreeMap<>();
    Matcher label = LABEL.matcher(brace < 0 ? "" : series.substring(brace));
    while (label.find()) {
      labels.put(label.group(1), label.group(2));
    }
    String name = brace < 0 ? series : series.substring(0, brace);
    double value = Double.parseDouble(line.substring(space + 1));
    values.put(name + labels, value);
    samples.add(new Sample(name, labels, value));
  }

  String text() {
    return text;
  }

  Map<String, Double> values() {
    return values;
  }

  List<Sample> samples() {
    return samples;
  }

  Map<String, String> types() {
    return types;
  }

  /** Every count and histogram that is on the page or in the tables, compared in full. */
  static ScrapedPage thatAgreesWithTheTables(Stack stack) {
    ScrapedPage[] agreed = new ScrapedPage[1];
    Eventually.passes(
        Duration.ofSeconds(60),
        () -> {
          ScrapedPage page = of(stack);
          Map<String, Double> counts =
              rows(
                  stack,
                  "SELECT metric_name, labels - 'robot_id', sum(metric_value) FROM metrics"
                      + " WHERE metric_type = 'delta' GROUP BY 1, 2");
          assertThat(counts).isNotEmpty();
          assertThat(page.named("_total")).as("the page and the samples").isEqualTo(counts);
          assertThat(
                  rows(
                      stack,
                      "SELECT metric_name, labels - 'robot_id', sum(metric_value)"
                          + " FROM metrics_aggregated JOIN (SELECT DISTINCT metric_name FROM series"
                          + " WHERE metric_type = 'delta') AS counted USING (metric_name)"
                          + " WHERE \"interval\" = '1m' AND aggregation_type = 'sum' GROUP BY 1, 2"))
              .as("the page and the rollups")
              .isEqualTo(counts);
          assertThat(page.named("_count")).isEqualTo(observed(stack, "_count", "count(*)"));
          assertThat(page.named("_sum")).isEqualTo(observed(stack, "_sum", "sum(metric_value)"));
          assertThat(page.bucket("0.5"))
              .isEqualTo(observed(stack, "_bucket", "count(*) FILTER (WHERE metric_value <= 0.5)"));
          agreed[0] = page;
        });
    return agreed[0];
  }

  private Map<String, Double> named(String suffix) {
    Map<String, Double> named = new TreeMap<>(values);
    named.keySet().removeIf(series -> !series.substring(0, series.indexOf('{')).endsWith(suffix));
    return named;
  }

  private Map<String, Double> bucket(String bound) {
    Map<String, Double> buckets = new TreeMap<>();
    named("_bucket")
        .forEach(
            (series, value) -> {
              if (series.contains("le=" + bound)) {
                buckets.put(series.replace("le=" + bound + ", ", ""), value);
              }
            });
    return buckets;
  }

  private static Map<String, Double> observed(Stack stack, String suffix, String aggregate) {
    return rows(
        stack,
        "SELECT metric_name || '"
            + suffix
            + "', labels - 'robot_id', "
            + aggregate
            + " FROM metrics WHERE metric_type = 'histogram' GROUP BY 1, 2");
  }

  private static Map<String, Double> rows(Stack stack, String sql) {
    Map<String, Double> rows = new TreeMap<>();
    for (String row : stack.rows(sql)) {
      int first = row.indexOf('|');
      int last = row.lastIndexOf('|');
      Map<String, String> labels = labels(row.substring(first + 1, last));
      rows.put(row.substring(0, first) + labels, Double.parseDouble(row.substring(last + 1)));
    }
    return rows;
  }

  /** Labels as a table has them. */
  static Map<String, String> labels(String json) {
    Map<String, String> labels = new TreeMap<>();
    try {
      JsonNode object = JSON.readTree(json);
      object.properties().forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    } catch (JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
    return labels;
  }
}
