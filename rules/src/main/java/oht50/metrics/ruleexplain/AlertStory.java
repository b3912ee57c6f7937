package oht50.metrics.ruleexplain;

import java.util.List;
import oht50.metrics.alerting.AlertStatus;
import oht50.metrics.model.AlertState;
import oht50.metrics.model.Labels;

/**
 * How an alert came to its state.
 *
 * @param status at the tick
 * @param whenFiringBefore the state at the tick if the alert was firing before the first tick that
 *     was looked at; mostly the same
 * @param sentence the state and why
 * @param condition what the condition said, tick by tick; equal ones one after the other are one
 * @param states when the state changed
 */
public record AlertStory(
    Labels labels,
    AlertStatus status,
    AlertState whenFiringBefore,
    String sentence,
    List<Said> condition,
    List<Change> states) {
  public AlertStory {
    condition = List.copyOf(condition);
    states = List.copyOf(states);
  }

  public AlertState state() {
    return status.state();
  }

  /** Whether what was before the first tick does not matter any more. */
  public boolean isCertain() {
    return whenFiringBefore == state();
  }

  /**
   * What the condition said at ticks one after the other.
   *
   * @param from the first of them, ms
   * @param value of the expression; null if the condition did not hold
   * @param isFailed whether the rule had no result
   */
  public record Said(long from, int ticks, Double value, boolean isFailed) {}

  /** A new state. */
  public record Change(long tick, AlertState state) {}
}
