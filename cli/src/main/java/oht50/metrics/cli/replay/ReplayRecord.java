package oht50.metrics.cli.replay;

/** One record to send; key and value may be null. */
public record ReplayRecord(String topic, String key, String value) {}
