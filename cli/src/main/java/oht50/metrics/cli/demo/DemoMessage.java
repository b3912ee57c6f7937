package oht50.metrics.cli.demo;

/** One record of the invented fleet. */
public record DemoMessage(String topic, String key, String value) {}
