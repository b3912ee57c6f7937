package oht50.metrics.job.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import oht50.metrics.fact.FactTopics;
import oht50.metrics.model.MetricGroup;
import oht50.metrics.model.MetricSelection;
import oht50.metrics.rule.InvalidSequences;
import oht50.metrics.rule.SequenceFile;
import oht50.metrics.rule.SequenceRule;
import oht50.metrics.series.ExpectedIntervals;
import oht50.metrics.series.SeriesOptions;
import oht50.metrics.sink.postgres.PostgresConnection;
import oht50.metrics.source.relabel.InvalidRelabelFile;
import oht50.metrics.source.relabel.RelabelFile;
import oht50.metrics.source.relabel.SourceRules;
import oht50.metrics.source.scrape.AddressRules;
import oht50.metrics.source.scrape.InvalidScrapeFile;
import oht50.metrics.source.scrape.ScrapeFile;
import oht50.metrics.source.scrape.ScrapeJob;

/**
 * What {@code job.yaml} says. The file of the repository, {@code flink-conf/job.yaml}, names every
 * key with its default and effect.
 *
 * @param budgetPerMetric how many series a metric may have
 * @param metrics which are taken from what comes in
 * @param customMetrics whether points that programs record of their own are taken
 * @param sequences the rules of the sequence file; none if there shall be no alerts
 * @param rules the rule files and how they are evaluated; none if there shall be no alerts
 * @param relabeling input -> what is done to its series; none for others
 */
public record JobConfig(
    Kafka kafka,
    PostgresConnection postgres,
    Host host,
    Scrape scrape,
    Clock clock,
    Time time,
    Missions missions,
    Reconcile reconcile,
    Maintenance maintenance,
    Repair repair,
    SeriesOptions series,
    int budgetPerMetric,
    MetricSelection metrics,
    boolean customMetrics,
    List<SequenceRule> sequences,
    RuleConfig rules,
    Map<String, SourceRules> relabeling) {

  /** Where Kafka is and how its topics are called. */
  public record Kafka(
      String bootstrapServers,
      String group,
      Map<String, String> properties,
      boolean acceptGap,
      Topics topics) {}

  /** Names of topics. */
  public record Topics(
      String telemetry,
      String missions,
      String safety,
      String points,
      String modules,
      String config,
      String logs,
      String performance,
      String externalAlerts,
      String host,
      String vdaState,
      String vdaConnection,
      String registry,
      String clock,
      String repair,
      String rules,
      String recorded,
      String alerts,
      String fastAlerts,
      String rejected) {
    /** All of them. */
    public List<String> all() {
      return List.of(
          telemetry,
          missions,
          safety,
          points,
          modules,
          config,
          logs,
          performance,
          externalAlerts,
          host,
          vdaState,
          vdaConnection,
          registry,
          clock,
          repair,
          rules,
          recorded,
          alerts,
          fastAlerts,
          rejected);
    }
  }

  /** Sampling of the machine the job runs on. */
  public record Host(boolean enabled, Duration interval, String instance) {}

  /**
   * Scraping of Prometheus exporters.
   *
   * @param jobs of the scrape file; empty when nothing is scraped
   * @param threads of each subtask: how many of its targets are asked at once
   * @param allowAddresses that may be scraped though they are link local or a cloud's own
   */
  public record Scrape(List<ScrapeJob> jobs, int threads, List<String> allowAddresses) {
    /** Job -> how often its targets are scraped. */
    Map<String, Duration> intervals() {
      return jobs.stream().collect(Collectors.toMap(ScrapeJob::name, ScrapeJob::interval));
    }
  }

  /** Ticks that let time pass in silence. */
  public record Clock(boolean enabled, Duration interval) {}

  /** Comparing the topics of alerts with the table of transitions. */
  public record Reconcile(boolean enabled, Duration interval, Duration settle) {}

  /**
   * What the tables need now and then.
   *
   * @param settle how long a late point waits for others before it is merged into its chunk
   * @param chunksPerStep how many chunks one transaction rewrites at most
   */
  public record Maintenance(
      boolean enabled, Duration interval, Duration settle, int chunksPerStep) {}

  /**
   * Computing anew, from what is stored, the windows that have left state.
   *
   * @param askAgain how long the series operator has to say how far its state reaches back
   */
  public record Repair(boolean enabled, Duration interval, Duration askAgain) {}

  /** How watermarks follow records. */
  public record Time(
      Duration outOfOrderness, Duration maxAhead, Duration idleAfter, Duration maxTrailing) {}

  /**
   * What missions add up to.
   *
   * @param queueTimeout after which a queued mission of which nothing is heard counts as gone
   * @param successWindow over which the share of successful missions is taken
   */
  public record Missions(Duration queueTimeout, Duration successWindow) {}

  static final int DEFAULT_BUDGET = 20_000;

  /** Inputs whose records hold samples. */
  public static final List<String> RELABELLED =
      List.of("telemetry", "missions", "safety", "points", "reports", "host", "scrape");

  private static final String SHIPPED_SEQUENCES = "/oht50/sequences.yaml";

  /** The topics that tell of missions and safety events. */
  public FactTopics factTopics() {
    return new FactTopics(
        kafka.topics().missions(), kafka.topics().safety(), kafka.topics().vdaState());
  }

  /**
   * Reads {@code --config FILE ...}, of which a later one goes over an earlier one, and {@code
   * --set dotted.key=value ...} over all of them. Secrets are not looked for.
   *
   * @throws InvalidConfig with every fault of arguments and files
   */
  public static JobConfig load(String... args) throws InvalidConfig {
    return load(null, args);
  }

  /**
   * The same, and all secrets must be there.
   *
   * @param environment variable to value
   */
  public static JobConfig load(UnaryOperator<String> environment, String... args)
      throws InvalidConfig {
    return checked(new Settings(Arguments.of(args).tree(new ArrayList<>())), environment);
  }

  /** Reads settings from text. Secrets are not looked for. */
  public static JobConfig parse(String source, String yaml, Map<String, String> overrides)
      throws InvalidConfig {
    SettingsTree tree = SettingsTree.read(source, yaml);
    SpecificationKeys.translate(tree, new ArrayList<>());
    return checked(new Settings(Arguments.withOverrides(tree, overrides, new ArrayList<>())), null);
  }

  private static JobConfig checked(Settings settings, UnaryOperator<String> environment)
      throws InvalidConfig {
    JobConfig config = read(settings, environment);
    settings.check();
    return config;
  }

  /**
   * Asks for every key. What is faulty is noted in the settings, and has some value here.
   *
   * @param environment null if secrets are elsewhere
   */
  static JobConfig read(Settings settings, UnaryOperator<String> environment) {
    SpecificationKeys.check(settings);
    List<String> faults = new ArrayList<>();
    List<SequenceRule> sequences = sequences(settings.text("sequences.file", ""), faults);
    MetricSelection metrics = metrics(settings);
    Scrape scrape = scrape(settings);
    Kafka kafka = kafka(settings);
    JobConfig config =
        new JobConfig(
            kafka,
            postgres(settings),
            new Host(
                settings.bool("host.enabled", true) && settings.bool("groups.system.enabled", true),
                settings.positiveDuration("host.interval", Duration.ofSeconds(30)),
                instance(settings.text("host.instance", ""))),
            scrape,
            new Clock(
                settings.bool("clock.enabled", true),
                settings.positiveDuration("clock.interval", Duration.ofSeconds(1))),
            new Time(
                settings.duration("time.out-of-orderness", Duration.ofSeconds(2)),
                settings.duration("time.max-ahead", Duration.ofSeconds(30)),
                settings.positiveDuration("time.idle-after", Duration.ofSeconds(5)),
                settings.positiveDuration("time.max-trailing", Duration.ofSeconds(60))),
            new Missions(
                settings.positiveDuration("missions.queue-timeout", Duration.ofHours(1)),
                settings.positiveDuration("missions.success-window", Duration.ofHours(1))),
            new Reconcile(
                settings.bool("alerts.reconcile.enabled", true),
                settings.positiveDuration("alerts.reconcile.interval", Duration.ofSeconds(30)),
                settings.positiveDuration("alerts.reconcile.settle", Duration.ofMinutes(2))),
            new Maintenance(
                settings.bool("maintenance.enabled", true),
                settings.positiveDuration("maintenance.interval", Duration.ofSeconds(10)),
                settings.duration("maintenance.late-points.settle", Duration.ofMinutes(10)),
                settings.positiveInt("maintenance.late-points.chunks-per-step", 500)),
            new Repair(
                settings.bool("repair.enabled", true),
                settings.positiveDuration("repair.interval", Duration.ofSeconds(5)),
                settings.positiveDuration("repair.ask-again", Duration.ofMinutes(10))),
            series(settings, scrape),
            settings.positiveInt("series.budget-per-metric", DEFAULT_BUDGET),
            metrics,
            settings.bool("groups.custom.enabled", true),
            settings.bool("alerts.enabled", true) ? sequences : List.of(),
            RuleConfig.of(settings, kafka.topics().all()),
            relabeling(settings));
    faults.forEach(fault -> settings.fault("sequences.file", fault));
    if (environment != null && config.postgres != null) {
      checkPassword(config.postgres, environment, settings);
    }
    return config;
  }

  private static Kafka kafka(Settings settings) {
    return new Kafka(
        settings.requiredText("kafka.bootstrap-servers"),
        settings.text("kafka.group", "oht50-metrics"),
        settings.texts("kafka.properties"),
        settings.bool("kafka.accept-gap", false),
        new Topics(
            settings.text("kafka.topics.telemetry", "oht50.telemetry"),
            settings.text("kafka.topics.missions", "oht50.missions"),
            settings.text("kafka.topics.safety", "oht50.safety"),
            settings.text("kafka.topics.points", "oht50.points"),
            settings.text("kafka.topics.modules", "oht50.modules"),
            settings.text("kafka.topics.config", "oht50.config"),
            settings.text("kafka.topics.logs", "oht50.logs"),
            settings.text("kafka.topics.performance", "oht50.performance"),
            settings.text("kafka.topics.alerts-external", "oht50.alerts.external"),
            settings.text("kafka.topics.host", "oht50.host"),
            settings.text("kafka.topics.vda-state", "vda5050.state"),
            settings.text("kafka.topics.vda-connection", "vda5050.connection"),
            settings.text("kafka.topics.registry", "oht50.registry"),
            settings.text("kafka.topics.clock", "oht50.clock"),
            settings.text("kafka.topics.repair", "oht50.repair"),
            settings.text("kafka.topics.rules", "oht50.rules"),
            settings.text("kafka.topics.recorded", "oht50.recorded"),
            settings.text("kafka.topics.alerts", "oht50.alerts"),
            settings.text("kafka.topics.alerts-fast", "oht50.alerts.fast"),
            settings.text("kafka.topics.rejected", "oht50.rejected")));
  }

  private static PostgresConnection postgres(Settings settings) {
    String url = settings.requiredText("postgres.url");
    String user = settings.requiredText("postgres.user");
    String variable = settings.text("postgres.password-env", "OHT50_POSTGRES_PASSWORD");
    try {
      return new PostgresConnection(url, user, variable.isBlank() ? null : variable);
    } catch (IllegalArgumentException e) {
      settings.fault("postgres.url", e.getMessage());
      return null;
    }
  }

  /** A missing secret is said together with all other faults. */
  private static void checkPassword(
      PostgresConnection postgres, UnaryOperator<String> environment, Settings settings) {
    try {
      postgres.requirePassword(environment);
    } catch (IllegalStateException | UncheckedIOException e) {
      settings.fault("postgres.password-env", e.getMessage());
    }
  }

  private static MetricSelection metrics(Settings settings) {
    Map<MetricGroup, Set<String>> wanted = new EnumMap<>(MetricGroup.class);
    for (MetricGroup group : MetricGroup.values()) {
      String section = "groups." + group.word();
      Set<String> words = settings.words(section + ".metrics", group.words());
      wanted.put(group, settings.bool(section + ".enabled", true) ? words : Set.of());
    }
    return MetricSelection.of(wanted);
  }

  private static SeriesOptions series(Settings settings, Scrape scrape) {
    SeriesOptions defaults = SeriesOptions.DEFAULTS;
    return new SeriesOptions(
        settings.positiveDuration("series.horizon", defaults.horizon()),
        settings.positiveInt("series.horizon-points", defaults.horizonPoints()),
        settings.positiveDuration("series.early-cadence", defaults.earlyCadence()),
        chunkCadence(settings),
        settings.positiveDuration("series.idle", defaults.idle()),
        settings.positiveDuration("series.expiry", defaults.expiry()),
        expectedIntervals(settings).withScraped(scrape.intervals()),
        settings.zone("time.zone", ZoneId.of("UTC")));
  }

  private static Scrape scrape(Settings settings) {
    String file = settings.text("scrape.file", "");
    List<ScrapeJob> jobs = List.of();
    if (!file.isBlank()) {
      try {
        Path folder = Path.of(file).toAbsolutePath().getParent();
        jobs = ScrapeFile.parse(file, folder, Arguments.read(file));
      } catch (InvalidScrapeFile | InvalidConfig e) {
        settings.fault("scrape.file", e.getMessage());
      }
    }
    List<String> allowed = settings.list("scrape.allow-addresses");
    try {
      new AddressRules(allowed);
    } catch (IllegalArgumentException e) {
      settings.fault("scrape.allow-addresses", e.getMessage());
    }
    return new Scrape(jobs, settings.positiveInt("scrape.threads", 16), allowed);
  }

  private static Map<String, SourceRules> relabeling(Settings settings) {
    String file = settings.text("relabel.file", "");
    if (file.isBlank()) {
      return Map.of();
    }
    try {
      return RelabelFile.parse(file, Arguments.read(file), RELABELLED);
    } catch (InvalidRelabelFile | InvalidConfig e) {
      settings.fault("relabel.file", e.getMessage());
      return Map.of();
    }
  }

  private static ExpectedIntervals expectedIntervals(Settings settings) {
    Duration otherwise =
        settings.positiveDuration(
            "series.expected-interval.default", ExpectedIntervals.DEFAULT_INTERVAL);
    Map<String, Duration> byPrefix =
        new TreeMap<>(
            settings.durations(
                "series.expected-interval.by-prefix", ExpectedIntervals.DEFAULT_BY_PREFIX));
    Duration performance = settings.positiveDuration("groups.performance.interval", otherwise);
    if (!performance.equals(otherwise)) {
      MetricGroup.PERFORMANCE
          .prefixes()
          .forEach(prefix -> byPrefix.putIfAbsent(prefix, performance));
    }
    return new ExpectedIntervals(otherwise, byPrefix);
  }

  private static Duration chunkCadence(Settings settings) {
    Duration otherwise = SeriesOptions.DEFAULTS.chunkCadence();
    Duration cadence = settings.positiveDuration("series.chunk-cadence", otherwise);
    if (!SeriesOptions.isChunkCadence(cadence)) {
      settings.fault("series.chunk-cadence", "must be a whole part of a minute, as 10s, 30s or 1m");
      return otherwise;
    }
    return cadence;
  }

  private static List<SequenceRule> sequences(String file, List<String> faults) {
    try {
      return file.isBlank()
          ? SequenceFile.parse("the shipped sequences", shippedSequences())
          : SequenceFile.parse(file, Arguments.read(file));
    } catch (InvalidSequences | InvalidConfig e) {
      faults.add(e.getMessage());
      return List.of();
    }
  }

  private static String shippedSequences() {
    try (var in = JobConfig.class.getResourceAsStream(SHIPPED_SEQUENCES)) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String instance(String configured) {
    if (!configured.isBlank()) {
      return configured;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
