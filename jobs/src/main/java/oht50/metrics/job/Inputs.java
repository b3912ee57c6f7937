package oht50.metrics.job;

import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import oht50.metrics.job.config.JobConfig;
import oht50.metrics.job.ingest.RouteFunction;
import oht50.metrics.model.MetricSelection;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.source.Decoded;
import oht50.metrics.source.DrivesNoTime;
import oht50.metrics.source.SplitWatermarks;
import oht50.metrics.source.host.HostSampler;
import oht50.metrics.source.host.PollingSource;
import oht50.metrics.source.kafka.DecoderFactory;
import oht50.metrics.source.kafka.KafkaInputs;
import oht50.metrics.source.relabel.SourceRules;
import oht50.metrics.source.scrape.AddressRules;
import oht50.metrics.source.scrape.ScrapeSource;
import oht50.metrics.typeinfo.TypeInfos;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Where records come from: sources by name, each with what its records say about time. */
final class Inputs {
  /**
   * @param flushAfter how long what it says may wait for a fuller network buffer
   * @param speaksOf what it says beside samples, facts and rejects
   */
  private record Input(
      Source<Decoded, ?, ?> source,
      WatermarkStrategy<Decoded> watermarks,
      Duration flushAfter,
      boolean isSingle,
      Set<Subject> speaksOf) {}

  /** What few inputs speak of; a stream of each from all inputs would cost buffers for nothing. */
  private enum Subject {
    FACTS_OF_ROBOTS,
    MISSIONS,
    STATES,
    ROBOTS,
    WHAT_IS_STORED,
    RULES
  }

  private static final String RECORDED = "recorded";
  private static final Set<Subject> NOTHING_ELSE = EnumSet.noneOf(Subject.class);

  private static final Duration FLUSH = Duration.ofMillis(100); // Flink's default

  /**
   * Facts that somebody may have to know at once: none waits. Not a millisecond or two, which costs
   * a thread for each output that wakes up as often, a quarter of a core with nothing to do.
   */
  static final Duration FLUSH_FACTS = Duration.ZERO;

  private static final Duration POLL_TIMEOUT = Duration.ofSeconds(10);

  private final Map<String, Input> inputs = new LinkedHashMap<>();
  private final Map<String, SourceRules> relabeling; // by input
  private MetricSelection metrics = MetricSelection.ALL;
  private boolean customMetrics = true;

  Inputs(Map<String, SourceRules> relabeling) {
    this.relabeling = relabeling;
  }

  /** None yet; for tests. */
  Inputs() {
    this(Map.of());
  }

  /** The topics of Kafka, and this machine and exporters if wanted. */
  static Inputs from(JobConfig config) {
    Inputs inputs = new Inputs(config.relabeling());
    inputs.metrics = config.metrics();
    inputs.customMetrics = config.customMetrics();
    JobConfig.Topics topics = config.kafka().topics();
    Duration maxAhead = config.time().maxAhead();
    inputs.kafka(
        config,
        "telemetry",
        topics.telemetry(),
        FLUSH,
        EnumSet.of(Subject.FACTS_OF_ROBOTS),
        DecoderFactory.telemetry(maxAhead, config.series().zone()));
    inputs.kafka(
        config,
        "missions",
        topics.missions(),
        FLUSH_FACTS,
        EnumSet.of(Subject.FACTS_OF_ROBOTS, Subject.MISSIONS),
        DecoderFactory.missions(maxAhead));
    inputs.kafka(
        config,
        "safety",
        topics.safety(),
        FLUSH_FACTS,
        EnumSet.of(Subject.FACTS_OF_ROBOTS),
        DecoderFactory.safety(maxAhead));
    inputs.kafka(
        config, "points", topics.points(), FLUSH, NOTHING_ELSE, DecoderFactory.points(maxAhead));
    inputs.reports(config);
    inputs.kafka(
        config, "clock", topics.clock(), FLUSH, NOTHING_ELSE, DecoderFactory.clock(maxAhead));
    inputs.registry(config);
    inputs.repair(config);
    inputs.rules(config);
    inputs.recorded(config);
    if (config.host().enabled()) {
      inputs.inputs.put(
          "host",
          new Input(
              new PollingSource<>(
                  "host",
                  HostSampler.ofThisMachine(config.host().instance()),
                  config.host().interval(),
                  POLL_TIMEOUT,
                  Decoded.TYPE),
              new DrivesNoTime(),
              FLUSH,
              true,
              NOTHING_ELSE));
    }
    if (!config.scrape().jobs().isEmpty()) {
      inputs.scrape(config);
    }
    return inputs;
  }

  /** The only input, of any kind; for tests. */
  Inputs with(String name, Source<Decoded, ?, ?> source, WatermarkStrategy<Decoded> watermarks) {
    inputs.put(name, new Input(source, watermarks, FLUSH, false, EnumSet.allOf(Subject.class)));
    return this;
  }

  private void scrape(JobConfig config) {
    inputs.put(
        "scrape",
        new Input(
            new ScrapeSource(
                config.scrape().jobs(),
                new AddressRules(config.scrape().allowAddresses()),
                config.scrape().threads(),
                config.time().maxAhead()),
            new DrivesNoTime(),
            FLUSH,
            false,
            NOTHING_ELSE));
  }

  private void registry(JobConfig config) {
    inputs.put(
        "registry",
        new Input(
            kafka(config)
                .source(
                    config.kafka().topics().registry(),
                    DecoderFactory.registry(config.factTopics())),
            new DrivesNoTime(),
            FLUSH,
            false,
            EnumSet.of(Subject.ROBOTS)));
  }

  private void repair(JobConfig config) {
    inputs.put(
        "repair",
        new Input(
            kafka(config)
                .committedOnly()
                .source(config.kafka().topics().repair(), DecoderFactory.repairs()),
            new DrivesNoTime(),
            FLUSH,
            false,
            EnumSet.of(Subject.WHAT_IS_STORED)));
  }

  private void rules(JobConfig config) {
    inputs.put(
        "rules",
        new Input(
            kafka(config).source(config.kafka().topics().rules(), DecoderFactory.rules()),
            new DrivesNoTime(),
            FLUSH,
            true,
            EnumSet.of(Subject.RULES)));
  }

  private void recorded(JobConfig config) {
    inputs.put(
        RECORDED,
        new Input(
            kafka(config)
                .committedOnly()
                .source(config.kafka().topics().recorded(), DecoderFactory.recorded()),
            new DrivesNoTime(),
            FLUSH,
            false,
            NOTHING_ELSE));
  }

  /** What robots, backends and other machines report now and then: the topics share one source. */
  private void reports(JobConfig config) {
    JobConfig.Topics topics = config.kafka().topics();
    Duration maxAhead = config.time().maxAhead();
    ZoneId site = config.series().zone();
    Map<String, DecoderFactory> decoders =
        Map.of(
            topics.modules(), DecoderFactory.modules(maxAhead, site),
            topics.config(), DecoderFactory.config(maxAhead),
            topics.logs(), DecoderFactory.logs(maxAhead),
            topics.performance(), DecoderFactory.performance(maxAhead),
            topics.externalAlerts(), DecoderFactory.externalAlerts(maxAhead, site),
            topics.host(), DecoderFactory.host(maxAhead),
            topics.vdaState(), DecoderFactory.vdaState(maxAhead),
            topics.vdaConnection(), DecoderFactory.vdaConnection(maxAhead));
    kafka(
        config,
        "reports",
        kafka(config).source("reports", decoders),
        FLUSH,
        EnumSet.of(Subject.FACTS_OF_ROBOTS, Subject.STATES));
  }

  private void kafka(
      JobConfig config,
      String name,
      String topic,
      Duration flushAfter,
      Set<Subject> speaksOf,
      DecoderFactory decoders) {
    kafka(config, name, kafka(config).source(topic, decoders), flushAfter, speaksOf);
  }

  private void kafka(
      JobConfig config,
      String name,
      Source<Decoded, ?, ?> source,
      Duration flushAfter,
      Set<Subject> speaksOf) {
    JobConfig.Time time = config.time();
    inputs.put(
        name,
        new Input(
            source,
            new SplitWatermarks(time.outOfOrderness(), time.idleAfter(), time.maxTrailing()),
            flushAfter,
            false,
            speaksOf));
  }

  private static KafkaInputs kafka(JobConfig config) {
    JobConfig.Kafka kafka = config.kafka();
    return KafkaInputs.of(kafka.bootstrapServers(), kafka.group(), kafka.properties())
        .acceptingGaps(kafka.acceptGap());
  }

  Ingested open(StreamExecutionEnvironment env) {
    Ingested all = null;
    for (Map.Entry<String, Input> entry : inputs.entrySet()) {
      Ingested one = open(entry.getKey(), entry.getValue(), env);
      all = all == null ? one : all.union(one);
    }
    return all;
  }

  /** What programs record of their own comes as points. */
  private MetricSelection metrics(String input) {
    if (input.equals(RECORDED)) {
      return MetricSelection.ALL; // somebody has asked for it
    }
    return input.equals("points") ? metrics.ownOnlyIf(!customMetrics) : metrics;
  }

  private Ingested open(String name, Input input, StreamExecutionEnvironment env) {
    var records =
        env.fromSource(input.source, input.watermarks, name, Decoded.TYPE).uid(Uids.source(name));
    SingleOutputStreamOperator<SampleBatch> routed =
        records
            .process(
                new RouteFunction(relabeling.getOrDefault(name, SourceRules.NONE), metrics(name)))
            .returns(TypeInfos.SAMPLE_BATCH)
            .uid(Uids.route(name))
            .name("route " + name)
            .setBufferTimeout(input.flushAfter.toMillis());
    if (input.isSingle) {
      records.setParallelism(1);
      routed.setParallelism(1);
    }
    return new Ingested(
        input.watermarks instanceof DrivesNoTime ? null : routed.getSideOutput(SideOutputs.TIME),
        routed,
        routed.getSideOutput(SideOutputs.ASKS),
        routed.getSideOutput(SideOutputs.OCCURRENCES),
        routed.getSideOutput(SideOutputs.EVENTS),
        input.speaksOf.contains(Subject.FACTS_OF_ROBOTS)
            ? routed.getSideOutput(SideOutputs.ROBOT_FACTS)
            : null,
        input.speaksOf.contains(Subject.STATES)
            ? routed.getSideOutput(SideOutputs.STATE_REPORTS)
            : null,
        input.speaksOf.contains(Subject.MISSIONS)
            ? routed.getSideOutput(SideOutputs.MISSION_FACTS)
            : null,
        input.speaksOf.contains(Subject.ROBOTS)
            ? routed.getSideOutput(SideOutputs.REGISTRATIONS)
            : null,
        input.speaksOf.contains(Subject.WHAT_IS_STORED)
            ? routed.getSideOutput(SideOutputs.BACKFILLS)
            : null,
        input.speaksOf.contains(Subject.RULES) ? routed.getSideOutput(SideOutputs.RULE_SETS) : null,
        routed.getSideOutput(SideOutputs.REJECTED),
        routed.getSideOutput(SideOutputs.EXPOSED));
  }
}
