package oht50.metrics.job;

import java.util.Properties;
import oht50.metrics.job.config.JobConfig;
import oht50.metrics.job.maintain.MaintenanceMetrics;
import oht50.metrics.job.maintain.MaintenanceRounds;
import oht50.metrics.job.reconcile.ReconcilerMetrics;
import oht50.metrics.job.reconcile.ReconcilerRounds;
import oht50.metrics.sink.kafka.KafkaSinks;
import oht50.metrics.source.host.ClockTicks;
import oht50.metrics.source.host.PollingSource;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

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
    env.fromSource(
            new PollingSource<>(
                "reconciler",
                ReconcilerRounds.of(Outputs.reconciliation(config)),
                ReconcilerRounds.PAUSE,
                ReconcilerRounds.TIMEOUT,
                ReconcilerRounds.TYPE),
            WatermarkStrategy.noWatermarks(),
            "reconciler",
            ReconcilerRounds.TYPE)
        .uid(Uids.RECONCILER)
        .setParallelism(1)
        .map(new ReconcilerMetrics())
        .returns(ReconcilerRounds.TYPE)
        .uid(Uids.RECONCILED)
        .name("reconciler metrics")
        .setParallelism(1)
        .sinkTo(new DiscardingSink<>())
        .uid(Uids.RECONCILED + "-end")
        .name("reconciled")
        .setParallelism(1);
  }

  /** Late points become part of their chunks, and the history gets its months. */
  private static void maintenance(StreamExecutionEnvironment env, JobConfig config) {
    env.fromSource(
            new PollingSource<>(
                "maintenance",
                MaintenanceRounds.of(
                    config.postgres(),
                    config.maintenance().settle(),
                    config.maintenance().chunksPerStep()),
                config.maintenance().interval(),
                MaintenanceRounds.TIMEOUT,
                MaintenanceRounds.TYPE),
            WatermarkStrategy.noWatermarks(),
            "maintenance",
            MaintenanceRounds.TYPE)
        .uid(Uids.MAINTENANCE)
        .setParallelism(1)
        .map(new MaintenanceMetrics())
        .returns(MaintenanceRounds.TYPE)
        .uid(Uids.MAINTAINED)
        .name("maintenance metrics")
        .setParallelism(1)
        .sinkTo(new DiscardingSink<>())
        .uid(Uids.MAINTAINED + "-end")
        .name("maintained")
        .setParallelism(1);
  }
}
