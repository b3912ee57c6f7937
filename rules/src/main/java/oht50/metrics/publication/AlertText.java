package oht50.metrics.publication;

import oht50.metrics.model.Evidence;
import oht50.metrics.model.Labels;

/**
 * What a change of an alert says besides its times.
 *
 * @param value of the rule's expression; 1 for a sequence
 * @param annotations text for people
 * @param evidence what it rests on
 */
public record AlertText(double value, Labels annotations, Evidence evidence) {
  public AlertText(double value, Labels annotations) {
    this(value, annotations, Evidence.NONE);
  }
}
