package oht50.metrics.alerting;

import java.io.Serializable;
import oht50.metrics.model.AlertState;
import oht50.metrics.rulefile.AlertingRule;

/**
 * The life of an alert: {@code state' = step(state, tick, does its condition hold)}. Nothing else
 * counts, so a state and the verdicts of the ticks since then give every later state again.
 *
 * <p>Source: {@code rules/alerting.go} of Prometheus 3, whose states and times these are.
 *
 * @param forMillis how long the condition must hold before the alert fires; at the tick at which it
 *     has held as long it does
 * @param keepFiringForMillis how long the alert fires on once the condition no longer holds
 * @param since the first tick of these waits, ms
 * @param before whose waits are those of ticks before; null if there was none
 */
public record AlertMachine(
    long forMillis, long keepFiringForMillis, long since, AlertMachine before)
    implements Serializable {
  /** How long an alert that has ended is remembered, for those who may not have heard of it. */
  public static final long REMEMBERED_MILLIS = 900_000;

  public AlertMachine(long forMillis, long keepFiringForMillis) {
    this(forMillis, keepFiringForMillis, Long.MIN_VALUE, null);
  }

  public static AlertMachine of(AlertingRule rule) {
    return new AlertMachine(rule.forMillis(), rule.keepFiringForMillis());
  }

  /**
   * After another: an alert that is there when the rule changes goes on with the new waits.
   *
   * @param tick the first of this one
   */
  public AlertMachine replacing(AlertMachine other, long tick) {
    return new AlertMachine(forMillis, keepFiringForMillis, tick, other);
  }

  /**
   * The state after a tick.
   *
   * @param tick in milliseconds since the epoch, later than that of the step before
   * @param holds whether the expression has a sample of the alert's labels at the tick
   */
  public AlertStatus step(AlertStatus status, long tick, boolean holds) {
    if (tick < since) {
      return before.step(status, tick, holds);
    }
    return holds ? held(status, tick) : missed(status, tick);
  }

  private AlertStatus held(AlertStatus status, long tick) {
    AlertStatus active =
        status.isActive() ? status.keptSince(AlertStatus.NEVER) : AlertStatus.pendingSince(tick);
    return judged(active, tick);
  }

  /** Pending alerts fire when they have waited; firing ones wait again if 'for' became longer. */
  private AlertStatus judged(AlertStatus active, long tick) {
    boolean hasWaited = tick - active.activeAt() >= forMillis;
    if (active.state() == AlertState.PENDING) {
      return hasWaited ? active.fired(tick) : active;
    }
    return hasWaited ? active : AlertStatus.pendingSince(active.activeAt());
  }

  private AlertStatus missed(AlertStatus status, long tick) {
    return switch (status.state()) {
      case PENDING -> AlertStatus.NONE;
      case FIRING -> kept(status, tick);
      case INACTIVE -> {
        boolean isForgotten =
            status.resolvedAt() != AlertStatus.NEVER
                && tick - status.resolvedAt() > REMEMBERED_MILLIS;
        yield isForgotten ? AlertStatus.NONE : status;
      }
    };
  }

  private AlertStatus kept(AlertStatus firing, long tick) {
    if (keepFiringForMillis == 0) {
      return firing.resolved(tick);
    }
    AlertStatus kept =
        firing.keepFiringSince() == AlertStatus.NEVER ? firing.keptSince(tick) : firing;
    boolean isOver = tick - kept.keepFiringSince() >= keepFiringForMillis;
    return isOver ? kept.resolved(tick) : judged(kept, tick);
  }
}
