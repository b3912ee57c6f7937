package oht50.metrics.ruleeval;

import oht50.metrics.model.Cause;
import oht50.metrics.model.Labels;
import oht50.metrics.rulefile.RecordingRule;

/**
 * What a rule records at a time, in the place of what it recorded for it before.
 *
 * @param labels with the metric's name
 * @param timestamp ms
 * @param value a stale marker where the series ends; meaningless if it is retracted
 * @param isRetracted whether there is no sample any more
 */
public record RecordedPoint(
    RecordingRule rule,
    Labels labels,
    long timestamp,
    double value,
    boolean isRetracted,
    Cause cause) {}
