package oht50.metrics.alerting;

import oht50.metrics.model.Labels;

/**
 * That an alert's condition holds at a tick.
 *
 * @param labels identity of the alert, with {@code alertname}
 * @param annotations text for people, filled in
 * @param value of the expression
 */
public record Verdict(Labels labels, Labels annotations, double value) {}
