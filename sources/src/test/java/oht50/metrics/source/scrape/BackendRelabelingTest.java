package oht50.metrics.source.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.source.exposition.ExpositionFormat;
import oht50.metrics.source.relabel.RelabelFile;
import oht50.metrics.source.relabel.SeriesRelabeling;
import oht50.metrics.source.relabel.SourceRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the shipped {@code deploy/relabel/backend.yml} makes of the pages of the examples, against
 * {@code /golden/backend-relabelled.txt}: every series of the page but buckets, which follow those
 * beside them.
 */
class BackendRelabelingTest {
  private static final Path EXAMPLES = Path.of("../../shared/examples/exposition");
  private static final String JOB = "oht50-backend";

  @ParameterizedTest
  @CsvSource({
    "backend-2025-10.prom,        text/plain; version=0.0.4",
    "backend-2025-10.openmetrics, application/openmetrics-text; version=1.0.0",
  })
  void thePageOfTheBackendHasTheSpecificationsNames(String file, String contentType)
      throws Exception {
    Map<String, Series> relabelled = new TreeMap<>();
    for (Map.Entry<Series, Double> sample : page(file, contentType).entrySet()) {
      relabel(sample.getKey())
          .ifPresent(
              series ->
                  assertThat(relabelled.put(line(series, sample.getValue()), series))
                      .as("two of one")
                      .isNull());
    }

    List<String> lines =
        relabelled.keySet().stream()
            .filter(line -> !line.contains("_bucket{") && !line.contains("python_"))
            .filter(line -> !line.contains(" process_"))
            .toList();
    assertThat(lines).containsExactlyElementsOf(golden());
    assertThat(relabelled.values())
        .filteredOn(series -> series.name().endsWith("_bucket"))
        .as("15 buckets of each of 6 endpoints, and none of what was a summary")
        .hasSize(90)
        .allSatisfy(
            series ->
                assertThat(series.name()).isEqualTo("oht50_http_request_duration_seconds_bucket"));
    assertThat(relabelled.keySet())
        .anyMatch(line -> line.startsWith("counter python_gc_collections_total{"))
        .anyMatch(line -> line.startsWith("gauge process_resident_memory_bytes{"));
  }

  private static String line(Series series, double value) {
    String kind = series.kind().name().toLowerCase(java.util.Locale.ROOT);
    return kind + " " + series.canonical() + " " + value;
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "/api/v1/robot/status,             /api/v1/robot/status,               -",
        "/api/v1/rs485/modules,            /api/v1/rs485/modules,              -",
        "/api/v1/mission/17/execute,       /api/v1/mission/{id}/execute,       /api/v1/mission/17/execute",
        "/api/v1/a/alert_1795546200/ack,   /api/v1/a/{id}/ack,                 /api/v1/a/alert_1795546200/ack",
        "/m/m-001/1/0x02,                  /m/{id}/{id}/{id},                  /m/m-001/1/0x02",
        "/x/5b9f6f1e-3f0c-4f0e-9d6c-0f8e2b1a7c55, /x/{id}, /x/5b9f6f1e-3f0c-4f0e-9d6c-0f8e2b1a7c55",
        "/api/v1/logs?limit=5,             /api/v1/logs,                       /api/v1/logs?limit=5",
        "/api/v1/logs/7?limit=5,           /api/v1/logs/{id},                  /api/v1/logs/7?limit=5",
      })
  void idsOfAPathBecomeOneAndThePathStays(String asked, String endpoint, String path)
      throws Exception {
    Series series = requests(JOB, asked);

    Labels labels = relabel(series).orElseThrow().labels();
    assertThat(labels.get("endpoint")).isEqualTo(endpoint);
    assertThat(labels.get("path")).isEqualTo(path);
  }

  @Test
  void wordsOfSafetyAreThoseOfAllSources() throws Exception {
    assertThat(alert("estop_activated", "emergency").toString())
        .isEqualTo("{job=oht50-backend, severity=critical, type=e_stop}");
    assertThat(alert("zone_violation", "warning").toString())
        .isEqualTo("{job=oht50-backend, severity=medium, type=zone_violation}");
  }

  private static Labels alert(String type, String severity) throws Exception {
    Labels labels = Labels.of("alert_type", type, "severity", severity, "job", JOB);
    return relabel(Series.of("safety_alerts_total", labels, MetricKind.COUNTER))
        .orElseThrow()
        .labels();
  }

  @Test
  void seriesOfOtherJobsStayAsTheyAre() throws Exception {
    Series series = requests("node", "/api/v1/mission/17");

    assertThat(relabel(series)).contains(series);
  }

  @Test
  void theShippedScrapeFileHasTheJobThatTheRulesAreFor() throws Exception {
    Path file = Path.of("../deploy/scrape/backend.yml");

    assertThat(ScrapeFile.parse(file.toString(), file.toAbsolutePath().getParent(), read(file)))
        .extracting(ScrapeJob::name)
        .containsExactly(JOB);
  }

  private static Series requests(String job, String endpoint) {
    Labels labels = Labels.of("endpoint", endpoint, "job", job, "status", "200");
    return Series.of("http_requests_total", labels, MetricKind.COUNTER);
  }

  /** What becomes of a series; empty when it is dropped. */
  private static java.util.Optional<Series> relabel(Series series) throws Exception {
    List<SeriesLayout> layouts = new ArrayList<>();
    SampleBatch batch =
        new SampleBatch(SeriesLayout.of(series), new long[] {1}, new double[] {1}, 1, 1);
    relabeling().relabel(batch, changed -> layouts.add(changed.layout()));
    return layouts.stream().map(layout -> layout.series(0)).findFirst();
  }

  private static SeriesRelabeling relabeling() throws Exception {
    Path file = Path.of("../deploy/relabel/backend.yml");
    SourceRules rules =
        RelabelFile.parse(file.toString(), read(file), List.of("scrape")).get("scrape");
    return new SeriesRelabeling(
        rules,
        (outcome, samples) -> assertThat(outcome).isEqualTo(SeriesRelabeling.Outcome.DROPPED));
  }

  private static Map<Series, Double> page(String file, String contentType) throws Exception {
    byte[] text = Files.readAllBytes(EXAMPLES.resolve(file));
    Map<Series, Double> samples = new java.util.LinkedHashMap<>();
    ExpositionFormat.ofContentType(contentType)
        .parse(
            text,
            text.length,
            new oht50.metrics.source.exposition.ExpositionLimits(10_000, 64, 256, 4_096),
            sample -> {
              Map<String, String> labels = new TreeMap<>(Map.of("job", JOB));
              for (int i = 0; i < sample.labels(); i++) {
                labels.put(sample.labelName(i), sample.labelValue(i));
              }
              samples.put(
                  Series.of(sample.name(), Labels.of(labels), sample.kind()), sample.value());
            });
    return samples;
  }

  private static List<String> golden() throws Exception {
    try (var in =
        BackendRelabelingTest.class.getResourceAsStream("/golden/backend-relabelled.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    }
  }

  private static String read(Path file) throws Exception {
    return Files.readString(file);
  }
}
