package oht50.metrics.job;

import java.util.List;
import java.util.Properties;
import oht50.metrics.job.config.JobConfig;
import oht50.metrics.job.stamp.StampFunction;
import oht50.metrics.mission.MissionAttempt;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Event;
import oht50.metrics.model.LatePoint;
import oht50.metrics.model.LatestPoint;
import oht50.metrics.model.PointChunk;
import oht50.metrics.model.RecordedSample;
import oht50.metrics.model.Registration;
import oht50.metrics.model.Rejected;
import oht50.metrics.model.RepairWindow;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.RuleSetEntry;
import oht50.metrics.model.SeriesEntry;
import oht50.metrics.sink.kafka.KafkaSinks;
import oht50.metrics.sink.postgres.PostgresSinks;
import oht50.metrics.sink.postgres.WriteEpochs;
import oht50.metrics.sink.postgres.WriteOptions;
import oht50.metrics.sink.reconcile.ReconcileSettings;
import oht50.metrics.sink.repair.RepairSettings;
import org.apache.flink.api.connector.sink2.Sink;

/** Where answers go. Tests put collecting sinks in the places. */
record Outputs(
    StampFunction.Epochs epochs,
    Sink<Rollup> rollups,
    Sink<PointChunk> chunks,
    Sink<LatePoint> latePoints,
    Sink<LatestPoint> latestPoints,
    Sink<RepairWindow> repairWindows,
    Sink<SeriesEntry> series,
    Sink<Event> events,
    Sink<MissionAttempt> missions,
    Sink<Registration> registrations,
    Sink<RuleSetEntry> ruleSets,
    Sink<Rejected> rejected,
    Sink<Rejected> rejectedTopic,
    Sink<AlertTransition> transitions,
    Sink<AlertTransition> alertsTopic,
    Sink<AlertTransition> fastAlertsTopic,
    Sink<RecordedSample> recorded) {

  static Outputs to(JobConfig config) {
    WriteOptions options = WriteOptions.defaults();
    PostgresSinks postgres = new PostgresSinks(config.postgres(), options);
    WriteEpochs epochs = new WriteEpochs(config.postgres(), options);
    JobConfig.Kafka kafka = config.kafka();
    Properties producer = producer(config);
    return new Outputs(
        epochs::next,
        postgres.rollupsSink(),
        postgres.chunksSink(),
        postgres.latePointsSink(),
        postgres.latestPointsSink(),
        postgres.repairWindowsSink(),
        postgres.seriesSink(),
        postgres.eventsSink(),
        postgres.missionsSink(),
        postgres.registrationsSink(),
        postgres.ruleSetsSink(),
        postgres.rejectedSink(),
        KafkaSinks.rejectedSink(kafka.bootstrapServers(), kafka.topics().rejected(), producer),
        postgres.transitionsSink(),
        KafkaSinks.alertsSink(
            kafka.bootstrapServers(), kafka.topics().alerts(), kafka.group() + "-alerts", producer),
        KafkaSinks.fastAlertsSink(kafka.bootstrapServers(), kafka.topics().fastAlerts(), producer),
        KafkaSinks.recordedSink(
            kafka.bootstrapServers(),
            kafka.topics().recorded(),
            kafka.group() + "-recorded",
            producer));
  }

  static ReconcileSettings reconciliation(JobConfig config) {
    JobConfig.Kafka kafka = config.kafka();
    JobConfig.Topics topics = kafka.topics();
    return new ReconcileSettings(
        kafka.bootstrapServers(),
        kafka.properties(),
        kafka.group(),
        List.of(topics.missions(), topics.safety(), topics.vdaState()),
        topics.alerts(),
        topics.fastAlerts(),
        config.postgres(),
        config.reconcile().interval(),
        config.reconcile().settle());
  }

  static RepairSettings repair(JobConfig config) {
    JobConfig.Kafka kafka = config.kafka();
    return new RepairSettings(
        kafka.bootstrapServers(),
        kafka.properties(),
        kafka.topics().repair(),
        kafka.group() + "-repair",
        config.postgres(),
        config.repair().askAgain(),
        config.series().expiry(),
        RepairSettings.MAX_REQUESTS,
        RepairSettings.MAX_POINTS);
  }

  static Properties producer(JobConfig config) {
    Properties properties = new Properties();
    properties.putAll(config.kafka().properties());
    return properties;
  }
}
