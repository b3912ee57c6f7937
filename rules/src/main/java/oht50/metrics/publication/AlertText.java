package oht50.metrics.publication;

import oht50.metrics.model.Labels;

/**
 * What a change of an alert says besides its times.
 *
 * @param value of the rule's expression; 1 for a sequence
 * @param annotations text for people
 */
public record AlertText(double value, Labels annotations) {}
