package oht50.metrics.job.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.alerting.Installation;
import oht50.metrics.model.SourceNames;
import oht50.metrics.promql.eval.EvaluationOptions;
import oht50.metrics.rule.SequenceRule;
import oht50.metrics.ruleeval.RuleSettings;
import oht50.metrics.series.ExpectedIntervals;
import oht50.metrics.series.SeriesOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobConfigTest {
  private static final String MINIMAL =
      """
      kafka:
        bootstrap-servers: localhost:9092
      postgres:
        url: jdbc:postgresql://localhost:5432/oht50
        user: oht50_writer
      """;

  @Test
  void whatIsNotSaidHasItsDefault() throws InvalidConfig {
    JobConfig config = parse(MINIMAL);

    assertThat(config.kafka())
        .isEqualTo(
            new JobConfig.Kafka(
                "localhost:9092",
                "oht50-metrics",
                Map.of(),
                false,
                new JobConfig.Topics(
                    "oht50.telemetry",
                    "oht50.missions",
                    "oht50.safety",
                    "oht50.points",
                    "oht50.modules",
                    "oht50.config",
                    "oht50.logs",
                    "oht50.performance",
                    "oht50.alerts.external",
                    "oht50.host",
                    "vda5050.state",
                    "vda5050.connection",
                    "oht50.registry",
                    "oht50.clock",
                    "oht50.repair",
                    "oht50.rules",
                    "oht50.recorded",
                    "oht50.alerts",
                    "oht50.alerts.fast",
                    "oht50.rejected")));
    assertThat(config.postgres().url()).isEqualTo("jdbc:postgresql://localhost:5432/oht50");
    assertThat(config.postgres().user()).isEqualTo("oht50_writer");
    assertThat(config.postgres().passwordVariable()).isEqualTo("OHT50_POSTGRES_PASSWORD");
    assertThat(config.host().enabled()).isTrue();
    assertThat(config.host().interval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.host().instance()).isNotBlank();
    assertThat(config.scrape()).isEqualTo(new JobConfig.Scrape(List.of(), 16, List.of()));
    assertThat(config.clock()).isEqualTo(new JobConfig.Clock(true, Duration.ofSeconds(1)));
    assertThat(config.time())
        .isEqualTo(
            new JobConfig.Time(
                Duration.ofSeconds(2),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofSeconds(60)));
    assertThat(config.maintenance())
        .isEqualTo(
            new JobConfig.Maintenance(true, Duration.ofSeconds(10), Duration.ofMinutes(10), 500));
    assertThat(config.repair())
        .isEqualTo(new JobConfig.Repair(true, Duration.ofSeconds(5), Duration.ofMinutes(10)));
    assertThat(config.series()).isEqualTo(SeriesOptions.DEFAULTS);
    assertThat(config.budgetPerMetric()).isEqualTo(20_000);
    assertThat(config.sequences())
        .extracting(SequenceRule::name)
        .containsExactly("SafetyEventCritical", "SafetyEventUnacknowledged");
    assertThat(config.rules().files().files()).containsOnlyKeys("oht50.yml");
    assertThat(config.rules().isWatched()).as("there is no folder").isFalse();
    assertThat(config.rules().settings())
        .isEqualTo(
            new RuleSettings(
                Installation.UNNAMED,
                new EvaluationOptions(300_000, 60_000, false),
                Duration.ofMinutes(1),
                Duration.ofHours(2),
                Duration.ofHours(6),
                SourceNames.of(config.kafka().topics().all())));
  }

  @Test
  void everyKeyIsTaken(@TempDir Path folder) throws Exception {
    Path sequences = folder.resolve("sequences.yaml");
    Files.writeString(
        sequences,
        """
        sequences:
          - name: Mine
            begins: {any-of: [{kind: safety, type: e_stop}]}
            without: {any-of: [{type: clear}]}
            within: 90s
        """);
    Path rules = Files.createDirectory(folder.resolve("rules"));
    Files.writeString(rules.resolve("mine.yml"), "groups: []\n");
    Files.writeString(rules.resolve("mine.test.yml"), "tests: []\n");
    Path scrape = folder.resolve("scrape.yml");
    Files.writeString(
        scrape, "scrape_configs: [{job_name: node, file_sd_configs: [{files: [nodes.json]}]}]\n");
    JobConfig config =
        parse(
            """
            kafka:
              bootstrap-servers: a:1,b:2
              group: g
              properties: {security.protocol: SSL}
              accept-gap: true
              topics:
                telemetry: t1
                missions: t2
                safety: t3
                points: t4
                clock: t5
                alerts: t6
                alerts-fast: t7
                rejected: t8
                registry: t9
                repair: t10
                modules: t11
                config: t12
                logs: t13
                performance: t14
                alerts-external: t15
                host: t16
                vda-state: t17
                vda-connection: t18
                rules: t19
                recorded: t20
            postgres: {url: "jdbc:postgresql://db/x", user: u, password-env: SECRET}
            host: {enabled: false, interval: 1m, instance: me}
            clock: {enabled: false, interval: 500ms}
            time:
              out-of-orderness: 3s
              max-ahead: 4s
              idle-after: 6s
              max-trailing: 7s
              zone: Asia/Ho_Chi_Minh
            series:
              horizon: 3h
              horizon-points: 100
              early-cadence: 20s
              chunk-cadence: 1m
              idle: 40m
              expiry: 25h
              budget-per-metric: 12
              expected-interval:
                default: 10s
                by-prefix: {fast_: 1s}
            alerts: {reconcile: {enabled: false, interval: 2m, settle: 3m}}
            maintenance: {enabled: false, interval: 5s, late-points: {settle: 0s, chunks-per-step: 7}}
            repair: {enabled: false, interval: 6s, ask-again: 1m}
            sequences: {file: "%s"}
            scrape: {file: "%s", threads: 3, allow-addresses: [169.254.1.1, "fe80::1"]}
            rules:
              folder: "%s"
              watch: 20s
              interval: 15s
              lookback: 2m
              max-lookback: 1h
              external-labels: {fab: f1}
              external-url: http://oht50
            """
                .formatted(sequences, scrape, rules));

    assertThat(config.kafka())
        .isEqualTo(
            new JobConfig.Kafka(
                "a:1,b:2",
                "g",
                Map.of("security.protocol", "SSL"),
                true,
                new JobConfig.Topics(
                    "t1", "t2", "t3", "t4", "t11", "t12", "t13", "t14", "t15", "t16", "t17", "t18",
                    "t9", "t5", "t10", "t19", "t20", "t6", "t7", "t8")));
    assertThat(config.budgetPerMetric()).isEqualTo(12);
    assertThat(config.postgres().passwordVariable()).isEqualTo("SECRET");
    assertThat(config.host()).isEqualTo(new JobConfig.Host(false, Duration.ofMinutes(1), "me"));
    assertThat(config.clock()).isEqualTo(new JobConfig.Clock(false, Duration.ofMillis(500)));
    assertThat(config.repair())
        .isEqualTo(new JobConfig.Repair(false, Duration.ofSeconds(6), Duration.ofMinutes(1)));
    assertThat(config.reconcile())
        .isEqualTo(new JobConfig.Reconcile(false, Duration.ofMinutes(2), Duration.ofMinutes(3)));
    assertThat(config.maintenance())
        .isEqualTo(new JobConfig.Maintenance(false, Duration.ofSeconds(5), Duration.ZERO, 7));
    assertThat(config.time())
        .isEqualTo(
            new JobConfig.Time(
                Duration.ofSeconds(3),
                Duration.ofSeconds(4),
                Duration.ofSeconds(6),
                Duration.ofSeconds(7)));
    assertThat(config.series())
        .isEqualTo(
            new SeriesOptions(
                Duration.ofHours(3),
                100,
                Duration.ofSeconds(20),
                Duration.ofMinutes(1),
                Duration.ofMinutes(40),
                Duration.ofHours(25),
                new ExpectedIntervals(
                        Duration.ofSeconds(10), Map.of("fast_", Duration.ofSeconds(1)))
                    .withScraped(Map.of("node", Duration.ofMinutes(1))),
                ZoneId.of("Asia/Ho_Chi_Minh")));
    assertThat(config.sequences()).extracting(SequenceRule::name).containsExactly("Mine");
    assertThat(config.scrape().jobs())
        .singleElement()
        .satisfies(
            job -> {
              assertThat(job.name()).isEqualTo("node");
              assertThat(job.files()).containsExactly(folder.resolve("nodes.json").toString());
            });
    assertThat(config.rules().files().files()).isEqualTo(Map.of("mine.yml", "groups: []\n"));
    assertThat(config.rules().folder()).isEqualTo(rules.toString());
    assertThat(config.rules().watch()).isEqualTo(Duration.ofSeconds(20));
    assertThat(config.rules().settings())
        .isEqualTo(
            new RuleSettings(
                new Installation(new TreeMap<>(Map.of("fab", "f1")), "http://oht50"),
                new EvaluationOptions(120_000, 15_000, false, 90_000_000),
                Duration.ofSeconds(15),
                Duration.ofHours(3),
                Duration.ofHours(1),
                SourceNames.of(config.kafka().topics().all())));
    assertThat(config.scrape().threads()).isEqualTo(3);
    assertThat(config.scrape().allowAddresses()).containsExactly("169.254.1.1", "fe80::1");
  }

  @Test
  void anUnknownKeyIsNamedWithItsSiblings() {
    assertFaults(
            MINIMAL + "clock: {intervall: 1s}\n",
            "job.yaml:6:9: clock.intervall: unknown key; did you mean 'interval'?")
        .hasMessageContaining("known are [enabled, interval]");
    assertFaults(MINIMAL + "colour: red\n", "job.yaml:6:1: colour: unknown key; known are [")
        .hasMessageContaining(
            "kafka, maintenance, missions, postgres, relabel, repair, rules, scrape, sequences, series, time");
    assertFaults(
        MINIMAL + "series: {expected-interval: {by-prefx: {a: 1s}}}\n",
        "job.yaml:6:30: series.expected-interval.by-prefx: unknown key; did you mean 'by-prefix'? known are [by-prefix, default]");
  }

  @Test
  void chunksArePublishedInWholePartsOfAMinute() {
    assertFaults(
        MINIMAL + "series: {chunk-cadence: 40s}\n",
        "series.chunk-cadence: must be a whole part of a minute, as 10s, 30s or 1m");
  }

  @Test
  void aSectionThatIsAValueIsAFault() {
    assertFaults(MINIMAL + "clock: 1s\n", "clock");
  }

  @Test
  void allFaultsAreReportedTogether() {
    assertFaults(
            """
            kafka: {group: g}
            postgres: {url: "mysql://x"}
            time: {zone: Mars/Olympus, idle-after: soon}
            series: {horizon-points: 0, budget-per-metric: -1, idle: 0s, expected-interval: {by-prefix: {a_: fast}}}
            host: {enabled: maybe}
            sequences: {file: /does/not/exist.yaml}
            scrape: {file: /nor/this.yml, threads: 0, allow-addresses: [localhost]}
            """,
            "kafka.bootstrap-servers: is missing")
        .hasMessageContaining("postgres.user: is missing")
        .hasMessageContaining("postgres.url: ")
        .hasMessageContaining("time.zone: 'Mars/Olympus' is not a time zone")
        .hasMessageContaining("time.idle-after: 'soon' is not a duration")
        .hasMessageContaining("series.horizon-points: '0' is not a whole number above 0")
        .hasMessageContaining("series.budget-per-metric: '-1' is not a whole number above 0")
        .hasMessageContaining("series.idle: must be longer than 0")
        .hasMessageContaining("series.expected-interval.by-prefix.a_: 'fast' is not a duration")
        .hasMessageContaining("host.enabled: 'maybe' is neither true nor false")
        .hasMessageContaining("/does/not/exist.yaml: there is no such file")
        .hasMessageContaining("scrape.file: /nor/this.yml: there is no such file")
        .hasMessageContaining("scrape.threads: '0' is not a whole number above 0")
        .hasMessageContaining("scrape.allow-addresses: 'localhost' is not an address");
    assertFaults(
        MINIMAL + "scrape: {allow-addresses: {a: b}}\n",
        "scrape.allow-addresses: expected a list of texts");
  }

  @Test
  void addressesOnTheCommandLineHaveCommasBetween() throws InvalidConfig {
    assertThat(
            JobConfig.parse(
                    "job.yaml", MINIMAL, Map.of("scrape.allow-addresses", "169.254.1.1, fe80::1"))
                .scrape()
                .allowAddresses())
        .containsExactly("169.254.1.1", "fe80::1");
  }

  @Test
  void aFaultOfTheScrapeFileIsNamedWithItsLine(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("scrape.yml");
    Files.writeString(file, "scrape_configs:\n  - job_name: a\n    basic_auth: {}\n");

    assertFaults(
        MINIMAL + "scrape: {file: \"" + file + "\"}\n",
        "scrape.yml:3: scrape_configs[0].basic_auth: 'basic_auth' is a key of Prometheus");
  }

  @Test
  void allFaultsOfRuleFilesAreNamedWithTheirPlaces(@TempDir Path folder) throws Exception {
    Files.writeString(
        folder.resolve("a.yml"), "groups: [{name: g, rules: [{record: r, expr: 'sum('}]}]\n");
    Files.writeString(
        folder.resolve("b.yml"),
        "groups: [{name: g, rules: [{alert: A, expr: 'rate(x[1d]) > 0'}]}]\n");

    assertFaults(MINIMAL + "rules: {folder: \"" + folder + "\"}\n", "rules.folder: a.yml:1:");

    Files.delete(folder.resolve("a.yml"));
    assertFaults(
        MINIMAL + "rules: {folder: \"" + folder + "\"}\n",
        ": alert A: it looks back 24H, further than rules.max-lookback (6H) allows");
    assertFaults(MINIMAL + "rules: {folder: /does/not/exist}\n", "rules.folder: cannot be read: ");
  }

  @Test
  void theRequiredKeysAreNamedWhenNothingIsSaid() {
    assertFaults("", "kafka.bootstrap-servers: is missing")
        .hasMessageContaining("postgres.url: is missing")
        .hasMessageContaining("postgres.user: is missing");
  }

  @Test
  void whatIsNoYamlIsNamedWithItsLine() {
    assertFaults("kafka: {\n", "job.yaml:");
    assertFaults("kafka: {}\nkafka: {}\n", "job.yaml:2:");
    assertFaults("- a\n", "job.yaml:1:1: expected keys");
  }

  @Test
  void aFolderOfRulesIsWatchedUnlessThatIsOffOrNothingIsRaised(@TempDir Path folder)
      throws Exception {
    Files.writeString(folder.resolve("mine.yml"), "groups: []\n");
    String yaml = MINIMAL + "rules: {folder: \"" + folder + "\"}\n";

    assertThat(JobConfig.parse("job.yaml", yaml, Map.of()).rules().watch())
        .isEqualTo(Duration.ofSeconds(10));
    assertThat(JobConfig.parse("job.yaml", yaml, Map.of("rules.watch", "0s")).rules().isWatched())
        .isFalse();
    assertThat(
            JobConfig.parse("job.yaml", yaml, Map.of("alerts.enabled", "false"))
                .rules()
                .isWatched())
        .isFalse();
  }

  @Test
  void aRuleFileThatIsNoTextIsNamed(@TempDir Path folder) throws Exception {
    Files.write(folder.resolve("mine.yml"), new byte[] {(byte) 0xff, 'a'});

    assertFaults(
        MINIMAL + "rules: {folder: \"" + folder + "\"}\n",
        "rules.folder: cannot be read: " + folder.resolve("mine.yml") + " is not UTF-8");
  }

  @Test
  void theRulesOfAFileAreTakenOrItsFaultsSaid(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("relabel.yml");
    Files.writeString(
        file, "points:\n  metric_relabel_configs: [{regex: zone, action: labeldrop}]\n");
    String yaml = MINIMAL + "relabel: {file: '" + file + "'}\n";

    assertThat(parse(MINIMAL).relabeling()).isEmpty();
    assertThat(parse(yaml).relabeling()).containsOnlyKeys("points");

    Files.writeString(file, "clock: {}\npoints: {convert: [{metric: a, from: ms, to: V}]}\n");
    assertFaults(yaml, "relabel.file: " + file + ": clock is no source that can be relabelled");
    assertFaults(yaml, "points: convert[0]: 'ms' is a unit of time, 'V' of voltage");
    assertFaults(
        MINIMAL + "relabel: {file: /nor/this.yml}\n", "relabel.file: /nor/this.yml: there is");
  }

  @Test
  void settingsOnTheCommandLineGoOverTheFile(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("job.yaml");
    Files.writeString(file, MINIMAL + "clock: {interval: 2s}\n");

    JobConfig config =
        JobConfig.load(
            "--config",
            file.toString(),
            "--set",
            "clock.interval=3s",
            "--set",
            "postgres.url=jdbc:postgresql://elsewhere/oht50?a=b",
            "--set",
            "host.enabled=false",
            "--set",
            "series.horizon-points=7");

    assertThat(config.clock().interval()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.postgres().url()).isEqualTo("jdbc:postgresql://elsewhere/oht50?a=b");
    assertThat(config.host().enabled()).isFalse();
    assertThat(config.series().horizonPoints()).isEqualTo(7);
    assertThat(config.kafka().bootstrapServers()).isEqualTo("localhost:9092");
  }

  @Test
  void anUnknownSettingOnTheCommandLineIsAFaultToo() {
    assertThatThrownBy(() -> JobConfig.parse("job.yaml", MINIMAL, Map.of("clock.colour", "red")))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("--set clock.colour: unknown key");
    assertThatThrownBy(() -> JobConfig.parse("job.yaml", MINIMAL, Map.of("no.such", "key")))
        .hasMessageStartingWith("--set no.such: unknown key; known are [alerts,");
    assertThatThrownBy(() -> JobConfig.parse("job.yaml", MINIMAL, Map.of("series.idle", "x")))
        .hasMessageStartingWith("--set series.idle: ");
  }

  @Test
  void argumentsThatAreNotUnderstoodAreRefused() {
    for (List<String> arguments :
        List.of(List.of("--config"), List.of("--set", "novalue"), List.of("job.yaml"))) {
      assertThatThrownBy(() -> JobConfig.load(arguments.toArray(new String[0])))
          .isInstanceOf(InvalidConfig.class)
          .hasMessageContaining("expected --config FILE or --set dotted.key=value");
    }
    assertThatThrownBy(() -> JobConfig.load("--config", "/does/not/exist.yaml"))
        .hasMessageContaining("there is no such file");
  }

  @Test
  void theFileOfTheRepositorySaysTheDefaults() throws Exception {
    Path file = Path.of("..", "flink-conf", "job.yaml");
    JobConfig shipped = JobConfig.load("--config", file.toString());

    assertThat(shipped).isEqualTo(parse(MINIMAL));
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertFaults(
      String yaml, String expected) {
    return assertThatThrownBy(() -> parse(yaml))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining(expected);
  }

  private static JobConfig parse(String yaml) throws InvalidConfig {
    return JobConfig.parse("job.yaml", yaml, Map.of());
  }
}
