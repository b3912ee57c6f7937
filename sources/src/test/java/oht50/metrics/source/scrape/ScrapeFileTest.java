package oht50.metrics.source.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import oht50.metrics.source.exposition.ExpositionLimits;
import org.junit.jupiter.api.Test;

class ScrapeFileTest {
  private static final String NODE = "scrape_configs:\n  - job_name: node\n";

  private static List<ScrapeJob> parse(String yaml) throws InvalidScrapeFile {
    return ScrapeFile.parse("scrape.yml", Path.of("/etc/oht50"), yaml);
  }

  @Test
  void whatIsNotSaidIsAsInPrometheus() throws InvalidScrapeFile {
    assertThat(parse(NODE + "    static_configs: [{targets: [host:9100]}]\n"))
        .containsExactly(
            new ScrapeJob(
                "node",
                Duration.ofMinutes(1),
                Duration.ofSeconds(10),
                "/metrics",
                "http",
                Map.of(),
                false,
                true,
                ScrapeLimits.DEFAULTS,
                ScrapeJob.Rules.NONE,
                List.of(new TargetGroup(List.of("host:9100"), Map.of())),
                List.of(),
                Duration.ofSeconds(30)));
  }

  @Test
  void everyKeyIsTaken() throws InvalidScrapeFile, IOException {
    assertThat(
            parse(
                """
                global:
                  scrape_interval: 30s
                  scrape_timeout: 20s
                  evaluation_interval: 15s
                  sample_limit: 7
                  body_size_limit: 1GB
                  label_limit: 0
                  label_name_length_limit: 8
                  label_value_length_limit: 9
                scrape_configs:
                  - job_name: a
                    scrape_interval: 15s
                  - job_name: b
                    scrape_interval: 5s
                    scrape_timeout: 1s
                    metrics_path: /probe
                    scheme: https
                    params: {module: [http_2xx]}
                    honor_labels: true
                    honor_timestamps: false
                    body_size_limit: 512KB
                    sample_limit: 1
                    label_limit: 2
                    label_name_length_limit: 3
                    label_value_length_limit: 4
                    relabel_configs:
                      - source_labels: [__meta_filepath]
                        target_label: list
                    metric_relabel_configs:
                      - {source_labels: [__name__], regex: 'go_.*', action: drop}
                    static_configs:
                      - targets: ['h1:1', 'h2:2']
                        labels: {zone: b}
                    file_sd_configs:
                      - files: [targets/*.json]
                        refresh_interval: 1m
                      - files: [/elsewhere/x.yml]
                        refresh_interval: 10s
                """))
        .containsExactly(
            new ScrapeJob(
                "a",
                Duration.ofSeconds(15),
                Duration.ofSeconds(15),
                "/metrics",
                "http",
                Map.of(),
                false,
                true,
                new ScrapeLimits(
                    1 << 30, new ExpositionLimits(7, ScrapeLimits.DEFAULTS.text().labels(), 8, 9)),
                ScrapeJob.Rules.NONE,
                List.of(),
                List.of(),
                Duration.ofSeconds(30)),
            new ScrapeJob(
                "b",
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                "/probe",
                "https",
                Map.of("module", List.of("http_2xx")),
                true,
                false,
                new ScrapeLimits(512 << 10, new ExpositionLimits(1, 2, 3, 4)),
                new ScrapeJob.Rules(
                    Rules.of("[{source_labels: [__meta_filepath], target_label: list}]"),
                    Rules.of("[{source_labels: [__name__], regex: 'go_.*', action: drop}]")),
                List.of(new TargetGroup(List.of("h1:1", "h2:2"), Map.of("zone", "b"))),
                List.of("/etc/oht50/targets/*.json", "/elsewhere/x.yml"),
                Duration.ofSeconds(10)));
  }

  @Test
  void anUnknownKeyIsNamedWithItsLineAndWhatIsKnown() {
    assertFault(
        NODE + "    scrape_intervall: 1s\n", "scrape.yml:3:", "unknown key 'scrape_intervall'");
    assertFault(NODE + "    scrape_intervall: 1s\n", "scrape_interval, scrape_timeout");
    assertFault("scrape_config: []\n", "scrape.yml:1:", "scrape_configs");
  }

  @Test
  void whatPrometheusKnowsAndThisJobDoesNotIsRefusedByName() {
    for (String key : List.of("kubernetes_sd_configs", "basic_auth", "tls_config")) {
      assertFault(
          NODE + "    " + key + ": []\n",
          "scrape.yml:3:",
          "'" + key + "' is a key of Prometheus that is not supported here");
    }
    assertFault("rule_files: []\nscrape_configs: []\n", "'rule_files' is a key of Prometheus");
  }

  @Test
  void everyFaultIsSaid() {
    assertFault(
        """
        scrape_configs:
          - metrics_path: metrics
            static_configs: [{targets: ['host']}]
          - job_name: a
            scrape_interval: 5s
            scrape_timeout: 6s
          - job_name: a
            scrape_interval: soon
            sample_limit: -1
            body_size_limit: 10 bytes
            static_configs:
              - targets: ['http://host/metrics']
                labels: {'a-b': c}
            file_sd_configs: [{files: [x.txt]}, {}]
        """,
        "scrape_configs[0]: 'job_name' is missing",
        "path 'metrics' does not begin with /",
        "a: 'scrape_timeout' must not be longer",
        "a: the name is taken",
        "'soon' is not a duration",
        "'sample_limit' must not be below 0",
        "'10 bytes' is not a size",
        "'http://host/metrics' is not a target",
        "'a-b' is not the name of a label",
        "'x.txt' does not end in .json, .yml or .yaml",
        "'file_sd_configs' without 'files'");
  }

  @Test
  void aFaultOfARuleIsSaidWithItsJobAndItsPlace() {
    assertFault(
        """
        scrape_configs:
          - job_name: node
            relabel_configs:
              - {target_label: a}
              - {action: drip}
              - {regex: '(', action: drop}
            metric_relabel_configs: [{action: hashmod, target_label: a}, ~]
        """,
        "scrape.yml: node: relabel_configs[1]: unknown action 'drip'",
        "scrape.yml: node: relabel_configs[2]: regex '('",
        "scrape.yml: node: metric_relabel_configs[0]: hashmod needs a modulus",
        "scrape.yml: node: metric_relabel_configs[1]: an empty rule");
    assertFault(
        NODE + "    relabel_configs: [{target_lable: a}]\n",
        "scrape.yml:3:",
        "relabel_configs[0].target_lable",
        "unknown key");
  }

  @Test
  void whatIsNoSuchFileIsRefused() {
    assertFault("", "scrape.yml:1:");
    assertFault("global: {}\n", "the list 'scrape_configs' is missing");
    assertFault("[]\n", "scrape.yml:1:");
    assertFault("scrape_configs: [{job_name: a, job_name: b}]\n", "scrape.yml:1:");
    assertFault("scrape_configs:\n  - ~\n", "'scrape_configs' is missing");
    assertFault(NODE + "    static_configs: [{target: [a]}]\n", "unknown key 'target'");
  }

  private static void assertFault(String yaml, String... messages) {
    assertThatThrownBy(() -> parse(yaml))
        .as(yaml)
        .isInstanceOf(InvalidScrapeFile.class)
        .hasMessageContainingAll(messages);
  }
}
