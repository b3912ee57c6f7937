package oht50.metrics.job.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The specification's two configurations, word by word, are laid over a file of the job. */
class SpecificationKeysTest {
  private static final String YAML = "src/test/resources/specification/metrics.yaml";
  private static final String PYTHON = "src/test/resources/specification/metrics_config.py";

  @TempDir private Path folder;
  private String base;

  @BeforeEach
  void writeBase() throws IOException {
    base =
        write(
            "job.yaml",
            """
            kafka: {bootstrap-servers: "localhost:9092"}
            postgres: {url: "jdbc:postgresql://localhost/oht50", user: oht50_writer}
            host: {interval: 5m}
            """);
  }

  @Test
  void theYamlLoadsAsItIsAndItsIntervalsHold() throws Exception {
    JobConfig config = load(YAML);

    assertThat(config.host().enabled()).isTrue();
    assertThat(config.host().interval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.metrics().takesAll()).isTrue();
    assertThat(config.sequences()).isNotEmpty();
    assertThat(origin("host.interval", YAML))
        .hasToString(YAML + ":3:5")
        .extracting(Place::key)
        .isEqualTo("metrics.collection.system_metrics_interval");
  }

  @Test
  void whatMeansNothingHereIsSaidInALineEach() {
    assertThat(remarks(YAML))
        .containsExactly(
            YAML
                + ":4:5: metrics.collection.business_metrics_interval: changes nothing: business metrics are"
                + " computed from each message, nothing is polled",
            YAML
                + ":8:5: metrics.storage.retention_days: changes nothing: how long points are kept is said per"
                + " metric in the table metrics_retention",
            YAML
                + ":14:5: metrics.alerting.notification_channels: changes nothing: alerts go to their topics;"
                + " whoever reads those tells people",
            YAML
                + ":21:5: metrics.visualization.grafana_url: changes nothing: it is the dashboards' own setting",
            YAML
                + ":22:5: metrics.visualization.dashboard_auto_refresh: changes nothing: it is the dashboards'"
                + " own setting",
            YAML
                + ":23:5: metrics.visualization.default_time_range: changes nothing: it is the dashboards' own"
                + " setting");
  }

  @Test
  void thePythonLiteralLoadsAsItIsAndItsListsHold() throws Exception {
    JobConfig config = load(PYTHON);

    assertThat(config.host().interval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.customMetrics()).isTrue();
    assertThat(config.metrics().takes("oht50_cpu_usage_percent")).isTrue();
    assertThat(config.metrics().takes("oht50_missions_total")).isTrue();
    assertThat(config.metrics().takes("oht50_cache_hit_rate")).isTrue();
    assertThat(config.metrics().takes("oht50_robot_battery_percent")).isTrue();
    assertThat(config.metrics().takes("oht50_system_load")).isFalse();
    assertThat(config.metrics().takes("oht50_config_changes_total")).isFalse();
    assertThat(config.metrics().takes("oht50_memory_allocation_bytes")).isFalse();
    assertThat(remarks(PYTHON))
        .contains(
            PYTHON
                + ":5:9: system.metrics: 'load' is not in it: what begins with oht50_system_load is not taken")
        .anyMatch(line -> line.contains("business.metrics: 'configuration' is not in it"))
        .anyMatch(line -> line.contains("custom.buffer_size: changes nothing here"));
  }

  @Test
  void theSameAsJsonOrUnderItsNameLoadsToo() throws Exception {
    String python = Files.readString(Path.of(PYTHON)).substring("METRICS_CONFIG = ".length());
    String json = python.replace("True", "true");
    JobConfig expected = load(PYTHON);

    assertThat(load(write("config.json", json))).isEqualTo(expected);
    assertThat(load(write("config.yaml", "METRICS_CONFIG:\n  " + json.replace("\n", "\n  "))))
        .isEqualTo(expected);
  }

  @Test
  void groupsAreSwitchedOff() throws Exception {
    JobConfig config =
        load(
            write(
                "off.json",
                """
                {"system": {"enabled": false}, "business": {"enabled": false},
                 "performance": {"enabled": false}, "custom": {"enabled": false}}
                """));

    assertThat(config.host().enabled()).isFalse();
    assertThat(config.customMetrics()).isFalse();
    for (String off :
        List.of(
            "oht50_cpu_usage_percent",
            "oht50_mission_queue_size",
            "oht50_safety_events_total",
            "oht50_telemetry_latency_seconds",
            "oht50_api_response_time_seconds")) {
      assertThat(config.metrics().takes(off)).as(off).isFalse();
    }
    assertThat(config.metrics().takes("oht50_robot_battery_percent")).isTrue();
  }

  @Test
  void alertingIsSwitchedOff() throws Exception {
    assertThat(load(write("off.yaml", "metrics: {alerting: {enabled: false}}\n")).sequences())
        .isEmpty();
  }

  @Test
  void theIntervalOfPerformanceMetricsIsHowOftenTheyAreExpected() throws Exception {
    JobConfig config = load(write("p.json", "{\"performance\": {\"collection_interval\": 10}}\n"));

    assertThat(config.series().expectedIntervals())
        .isNotEqualTo(load(write("none.yaml", "")).series().expectedIntervals());
    assertThat(effective("groups.performance.interval", folder.resolve("p.json").toString()))
        .isEqualTo("10s");
  }

  @Test
  void theJobsOwnKeysGoBeforeThoseOfTheSpecificationInOneFile() throws Exception {
    String both =
        write(
            "both.yaml",
            "host: {interval: 7s}\nmetrics: {collection: {system_metrics_interval: 30s}}\n");

    assertThat(load(both).host().interval()).isEqualTo(Duration.ofSeconds(7));
    assertThat(remarks(both))
        .containsExactly(
            both
                + ":2:24: metrics.collection.system_metrics_interval: is overruled by host.interval beside it");
  }

  @Test
  void aWrongWordOrUnitIsSaidAtTheKeyThatWasWritten() throws Exception {
    String file =
        write(
            "wrong.yaml",
            """
            metrics:
              collection: {system_metrics_interval: 30 sec}
              storage: {aggregation_intervals: [2m], retention_day: 3}
            system: {metrics: [cpus]}
            """);

    assertThat(faults(file))
        .containsExactly(
            file
                + ":2:16: metrics.collection.system_metrics_interval: '30 sec' is not a duration; did you mean '30s'?",
            file
                + ":3:13: metrics.storage.aggregation_intervals: unknown word '2m'; did you mean '1m'? known are"
                + " [1m, 5m, 1h, 1d]",
            file
                + ":3:42: metrics.storage.retention_day: unknown key; did you mean 'retention_days'? known are"
                + " [aggregation_intervals, compression_enabled, retention_days]",
            file
                + ":4:10: system.metrics: unknown word 'cpus'; did you mean 'cpu'? known are"
                + " [cpu, memory, disk, network, load]");
  }

  private JobConfig load(String file) throws InvalidConfig {
    return JobConfig.load("--config", base, "--config", file);
  }

  private ConfigReport report(String file) {
    return ConfigReport.of(null, "--config", base, "--config", file);
  }

  private List<String> remarks(String file) {
    return report(file).remarks().stream().map(Finding::toString).toList();
  }

  private List<String> faults(String file) {
    return report(file).faults().stream().map(Finding::toString).toList();
  }

  private Place origin(String key, String file) {
    return setting(key, file).place();
  }

  private String effective(String key, String file) {
    return setting(key, file).value();
  }

  private EffectiveSetting setting(String key, String file) {
    return report(file).settings().stream()
        .filter(each -> each.key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
