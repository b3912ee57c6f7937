/**
 * Sequences of events and the alerts they raise, as pure functions of sorted events.
 *
 * <p>{@link oht50.metrics.rule.SequenceCore} is the entrance; what matches a pattern is behind
 * {@link oht50.metrics.rule.SequenceMatcher}.
 */
package oht50.metrics.rule;
