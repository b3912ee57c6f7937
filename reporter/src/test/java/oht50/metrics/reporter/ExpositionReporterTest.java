package oht50.metrics.reporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.metrics.reporter.MetricReporterFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Over real HTTP. */
class ExpositionReporterTest {
  private static final String TEXT = "text/plain";
  private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0";

  private static final Object[] STOPS =
      row(
          "oht50_safety_events_total",
          "counter",
          "Total safety events",
          new String[] {"severity", "critical", "type", "e_stop"},
          7);
  private static final Object[] CRASHES =
      row(
          "oht50_safety_events_total",
          "counter",
          "Total safety events",
          new String[] {"severity", "high", "type", "collision"},
          2);
  private static final Object[] MEMORY =
      row("oht50_memory_total_bytes", "gauge", "Memory", new String[0], 1024);
  private static final Object[] LATENCY = {
    "oht50_telemetry_latency_seconds",
    "histogram",
    "seconds",
    "Latency",
    new String[] {"data_type", "telemetry"},
    new double[] {3.5, 1, 2, 4},
    new double[] {0.1, 1}
  };

  private final ExpositionReporter reporter = new ExpositionReporter();

  @AfterEach
  void close() {
    reporter.close();
  }

  @Test
  void aProcessWithoutAPageServesAnEmptyOne() throws Exception {
    open();

    HttpResponse<String> response = scrape(TEXT);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void countersAreCountersAndKeepTheirNames() throws Exception {
    open();
    add(page(STOPS, CRASHES));

    HttpResponse<String> response = scrape(TEXT);

    assertThat(response.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
    assertThat(response.body().lines())
        .containsExactly(
            "# HELP oht50_safety_events_total Total safety events",
            "# TYPE oht50_safety_events_total counter",
            "oht50_safety_events_total{severity=\"critical\",type=\"e_stop\"} 7.0",
            "oht50_safety_events_total{severity=\"high\",type=\"collision\"} 2.0");
  }

  @Test
  void histogramsHaveCumulativeBucketsSumAndCount() throws Exception {
    open();
    add(page(LATENCY));

    assertThat(scrape(TEXT).body().lines())
        .containsExactly(
            "# HELP oht50_telemetry_latency_seconds Latency",
            "# TYPE oht50_telemetry_latency_seconds histogram",
            "oht50_telemetry_latency_seconds_bucket{data_type=\"telemetry\",le=\"0.1\"} 1",
            "oht50_telemetry_latency_seconds_bucket{data_type=\"telemetry\",le=\"1.0\"} 3",
            "oht50_telemetry_latency_seconds_bucket{data_type=\"telemetry\",le=\"+Inf\"} 7",
            "oht50_telemetry_latency_seconds_count{data_type=\"telemetry\"} 7",
            "oht50_telemetry_latency_seconds_sum{data_type=\"telemetry\"} 3.5");
  }

  @Test
  void openMetricsIsServedToWhoAsksForIt() throws Exception {
    open();
    add(page(STOPS, LATENCY));

    HttpResponse<String> response = scrape(OPEN_METRICS);

    assertThat(response.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/openmetrics-text"));
    assertThat(response.body())
        .contains("# TYPE oht50_safety_events counter\n")
        .contains("oht50_safety_events_total{severity=\"critical\",type=\"e_stop\"} 7.0\n")
        .contains("# UNIT oht50_telemetry_latency_seconds seconds\n")
        .endsWith("# EOF\n");
  }

  @Test
  void labelValuesAreEscaped() throws Exception {
    open();
    add(page(row("oht50_x_bytes", "gauge", "a\\b\nc", new String[] {"p", "C:\\\"ü\"\n"}, 1)));

    assertThat(scrape(TEXT).body())
        .contains("# HELP oht50_x_bytes a\\\\b\\nc\n")
        .contains("oht50_x_bytes{p=\"C:\\\\\\\"ü\\\"\\n\"} 1.0\n");
  }

  @Test
  void onlyMetricsOfTheExpositionAreTaken() throws Exception {
    open();
    Gauge<Object> page = page(STOPS);
    reporter.notifyOfAddedMetric(page, "page", group(Map.of("<host>", "h")));
    reporter.notifyOfAddedMetric(
        new SimpleCounter(), "numRecordsIn", group(Map.of("<oht50_exposition>", "1")));
    reporter.notifyOfAddedMetric(page, "page", group(Map.of("<oht50_exposition>", "2")));

    assertThat(scrape(TEXT).body()).isEmpty();
  }

  @Test
  void aPageLeavesWithItsJobAndOfTwoThatOverlapTheLaterCounts() throws Exception {
    open();
    Gauge<Object> old = page(STOPS, MEMORY);
    Object[] restored = STOPS.clone();
    restored[5] = new double[] {9};
    Gauge<Object> renewed = page(restored);
    add(old);
    add(renewed);
    assertThat(scrape(TEXT).body()).contains("e_stop\"} 9.0").contains("oht50_memory_total_bytes");

    reporter.notifyOfRemovedMetric(old, "page", group(Map.of("<oht50_exposition>", "1")));

    assertThat(scrape(TEXT).body()).contains("e_stop\"} 9.0").doesNotContain("oht50_memory");
    reporter.notifyOfRemovedMetric(renewed, "page", group(Map.of("<oht50_exposition>", "1")));
    assertThat(scrape(TEXT).body()).isEmpty();
  }

  @Test
  void theFirstFreePortOfARangeIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      open(port + ",0");

      assertThat(reporter.port()).isNotEqualTo(port);
      assertThat(scrape(TEXT).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void portsAreRanges() {
    assertThat(PortList.parse("1-3, 7,9-9")).containsExactly(1, 2, 3, 7, 9);
    for (String wrong : new String[] {"", "x", "3-1", "-1", "65536"}) {
      assertThatThrownBy(() -> PortList.parse(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void flinkFindsTheFactory() {
    assertThat(ServiceLoader.load(MetricReporterFactory.class))
        .singleElement()
        .isInstanceOf(ExpositionReporterFactory.class);
  }

  private void open() {
    open("0");
  }

  private void open(String port) {
    MetricConfig config = new MetricConfig();
    Properties given = new Properties();
    given.setProperty("port", port);
    config.putAll(given);
    reporter.open(config);
  }

  private void add(Gauge<Object> page) {
    reporter.notifyOfAddedMetric(page, "page", group(Map.of("<oht50_exposition>", "1")));
  }

  private static Gauge<Object> page(Object[]... rows) {
    return () -> rows;
  }

  private static Object[] row(
      String name, String type, String help, String[] labels, double value) {
    return new Object[] {name, type, "", help, labels, new double[] {value}, new double[0]};
  }

  private static MetricGroup group(Map<String, String> variables) {
    return new UnregisteredMetricsGroup() {
      @Override
      public Map<String, String> getAllVariables() {
        return variables;
      }
    };
  }

  private HttpResponse<String> scrape(String accept) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + reporter.port() + "/metrics"))
                .header("Accept", accept)
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
