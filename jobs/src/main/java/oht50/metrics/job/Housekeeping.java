package oht50.metrics.job;

import java.nio.file.Path;
import java.util.Properties;
import oht50.metrics.job.config.JobConfig;
import oht50.metrics.job.config.RuleConfig;
import oht50.metrics.job.health.RoundCounts;
import oht50.metrics.job.maintain.MaintenanceRounds;
import oht50.metrics.job.reconcile.ReconcilerRounds;
import oht50.metrics.job.repair.RepairRounds;
import oht50.metrics.job.ruleload.RuleWatchRounds;
import oht50.metrics.sink.kafka.KafkaSinks;
import oht50.metrics.source.host.ClockTicks;
import oht50.metrics.source.host.PollingSource;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.kafka.clients.CommonClientConfigs;

/** What runs beside the data: time, and what tends topics and tables. */
final class Housekeeping {
  private Housekeeping() {}

  static void define(StreamExecutionEnvironment env, JobConfig config) {
    if (config.clock().enabled()) {
      clock(env, config);
    }
    if (config.reconcile().enabled()) {
      reconciler(env, config);
    }
    if (config.maintenance().enabled()) {
      maintenance(env, config);
    }
    if (config.repair().enabled()) {
      repair(env, config);
    }
    if (config.rules().isWatched()) {
      watchRules(env, config);
    }
  }

  /** Time passes through Kafka: when Kafka is away it stands still instead of paging everybody. */
  private static void clock(StreamExecutionEnvironment env, JobConfig config) {
    Properties producer = Outputs.producer(config);
    env.fromSource(
            new PollingSource<>(
                "clock",
                ClockTicks.ofThisMachine(),
                config.clock().interval(),
                config.clock().interval(),
                Types.LONG),
            WatermarkStrategy.noWatermarks(),
            "clock ticks",
            Types.LONG)
        .uid(Uids.CLOCK_TICKS)
        .setParallelism(1)
        .sinkTo(
            KafkaSinks.clockSink(
                config.kafka().bootstrapServers(), config.kafka().topics().clock(), producer))
        .uid(Uids.CLOCK_SINK)
        .name("topic clock")
        .setParallelism(1);
  }

  /**
   * The topics of alerts are compared with the table of transitions, and what is missing is sent.
   */
  private static void reconciler(StreamExecutionEnvironment env, JobConfig config) {
    rounds(
        env,
        Uids.RECONCILER,
        Uids.RECONCILED,
        new PollingSource<>(
            "reconciler",
            ReconcilerRounds.of(Outputs.reconciliation(config)),
            ReconcilerRounds.PAUSE,
            ReconcilerRounds.TIMEOUT,
            ReconcilerRounds.TYPE),
        ReconcilerRounds.counts());
  }

  /** Late points become part of their chunks, and the history gets its months. */
  private static void maintenance(StreamExecutionEnvironment env, JobConfig config) {
    rounds(
        env,
        Uids.MAINTENANCE,
        Uids.MAINTAINED,
        new PollingSource<>(
            "maintenance",
            MaintenanceRounds.of(
                config.postgres(),
                config.maintenance().settle(),
                config.maintenance().chunksPerStep()),
            config.maintenance().interval(),
            MaintenanceRounds.TIMEOUT,
            MaintenanceRounds.TYPE),
        MaintenanceRounds.counts());
  }

  /** What is stored around windows that have left state goes back to the series operator. */
  private static void repair(StreamExecutionEnvironment env, JobConfig config) {
    rounds(
        env,
        Uids.REPAIR,
        Uids.REPAIRED,
        new PollingSource<>(
            "repair",
            RepairRounds.of(Outputs.repair(config)),
            config.repair().interval(),
            RepairRounds.TIMEOUT,
            RepairRounds.TYPE),
        RepairRounds.counts());
  }

  /** What changes in the folder of rule files goes to their topic. */
  private static void watchRules(StreamExecutionEnvironment env, JobConfig config) {
    RuleConfig rules = config.rules();
    Properties clients = Outputs.producer(config);
    clients.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers());
    rounds(
        env,
        Uids.RULE_WATCH,
        Uids.RULES_WATCHED,
        new PollingSource<>(
            "rule-watch",
            RuleWatchRounds.of(
                Path.of(rules.folder()).toAbsolutePath().toString(),
                rules.files(),
                rules.settings(),
                clients,
                config.kafka().topics().rules()),
            rules.watch(),
            RuleWatchRounds.TIMEOUT,
            RuleWatchRounds.TYPE),
        RuleWatchRounds.counts());
  }

  /**
   * @param uid of the source, and its name
   * @param counted of what its rounds have done
   */
  private static <T> void rounds(
      StreamExecutionEnvironment env,
      String uid,
      String counted,
      PollingSource<T> source,
      RoundCounts<T> counts) {
    env.fromSource(source, WatermarkStrategy.noWatermarks(), uid, source.getProducedType())
        .uid(uid)
        .setParallelism(1)
        .map(counts)
        .returns(source.getProducedType())
        .uid(counted)
        .name(uid + " metrics")
        .setParallelism(1)
        .sinkTo(new DiscardingSink<>())
        .uid(counted + "-end")
        .name(counted)
        .setParallelism(1);
  }
}
