package oht50.metrics.alerting;

import oht50.metrics.model.Labels;

/**
 * A sample that a rule says, of the time for which it was evaluated.
 *
 * @param labels with the metric's name
 */
public record RuleSample(Labels labels, double value) {}
