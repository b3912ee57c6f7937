package oht50.metrics.publication;

import java.util.function.LongFunction;
import oht50.metrics.model.AlertState;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Cause;
import oht50.metrics.model.Labels;

/**
 * An alert that fires, or has fired, by what is known now.
 *
 * @param rule name of the rule or sequence
 * @param robot the robot that a sequence is about; null of a rule
 * @param labels identity of the alert
 * @param activeAt event time at which its condition began, ms
 * @param startsAt event time at which it fires, ms
 * @param endsAt event time at which it is over, ms, or {@link AlertTransition#OPEN}
 * @param before the state before it fires
 * @param raisedBy why it is raised now, if it has not been published before
 * @param endedBy why its end is published now, if it was open so far
 * @param text asked for only if there is something to publish, with the time of the change
 */
public record StandingAlert(
    String rule,
    String alertId,
    String robot,
    Labels labels,
    long activeAt,
    long startsAt,
    long endsAt,
    AlertState before,
    Cause raisedBy,
    Cause endedBy,
    LongFunction<AlertText> text) {
  IssuedAlert published(long end, int turn) {
    return new IssuedAlert(rule, alertId, robot, labels, activeAt, startsAt, end, turn, false);
  }
}
