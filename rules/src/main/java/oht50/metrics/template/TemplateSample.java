package oht50.metrics.template;

/** A sample that a query answered. */
record TemplateSample(GoMap labels, double value) {}
