package oht50.metrics.alerting;

import oht50.metrics.model.Labels;

/**
 * An alert of a rule.
 *
 * @param annotations of the newest tick at which its condition held
 * @param value of that tick
 */
public record Alert(Labels labels, Labels annotations, double value, AlertStatus status) {}
