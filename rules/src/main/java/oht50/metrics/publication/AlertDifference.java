package oht50.metrics.publication;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import oht50.metrics.model.AlertState;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Cause;
import oht50.metrics.model.Labels;

/**
 * Publishes the difference between the alerts that stand by now and those that were published, and
 * notes it.
 */
public final class AlertDifference {
  private final AlertLedger ledger;
  private final long decidedAt;
  private final Consumer<AlertTransition> out;

  /**
   * @param decidedAt ms; in no identity
   */
  public AlertDifference(AlertLedger ledger, long decidedAt, Consumer<AlertTransition> out) {
    this.ledger = ledger;
    this.decidedAt = decidedAt;
    this.out = out;
  }

  /**
   * @param standing all of a rule and a stretch of time
   * @param published what was published of alerts whose condition began in that stretch
   */
  public void publish(List<StandingAlert> standing, List<IssuedAlert> published) {
    Map<String, StandingAlert> byId = new LinkedHashMap<>();
    standing.forEach(alert -> byId.put(alert.alertId(), alert));
    List<String> withdrawn = new ArrayList<>();
    for (IssuedAlert alert : published) {
      if (!alert.withdrawn() && !byId.containsKey(alert.alertId())) {
        withdrawn.add(alert.alertId());
        withdraw(alert);
      }
    }
    for (StandingAlert alert : byId.values()) {
      IssuedAlert before = ledger.find(alert.alertId(), alert.activeAt());
      String replaces = before == null && !withdrawn.isEmpty() ? withdrawn.remove(0) : null;
      raise(alert, before, replaces);
    }
  }

  /** Ends an alert whose rule is gone, so that nothing else can end it. */
  public void end(IssuedAlert alert, long at) {
    IssuedAlert ended = alert.published(Math.max(alert.startsAt(), at), alert.turn() + 1);
    publish(
        ended,
        new AlertText(1, Labels.EMPTY),
        AlertState.INACTIVE,
        AlertState.FIRING,
        ended.endsAt(),
        Cause.DEFINITION,
        null);
  }

  /** Publishes what is missing of an alert: that it fires, and that it has ended. */
  private void raise(StandingAlert standing, IssuedAlert before, String replaces) {
    boolean isRaised =
        before != null && !before.withdrawn() && before.startsAt() == standing.startsAt();
    long end = isRaised ? before.endsAt() : AlertTransition.OPEN;
    int turn = before == null ? 0 : before.turn();
    // An end that was none after all: it fires on.
    boolean goesOn = end != AlertTransition.OPEN && standing.endsAt() == AlertTransition.OPEN;
    if (!isRaised || goesOn) {
      turn++;
      end = AlertTransition.OPEN;
      publish(
          standing.published(end, turn),
          standing.text().apply(standing.startsAt()),
          AlertState.FIRING,
          standing.before(),
          standing.startsAt(),
          before == null ? standing.raisedBy() : Cause.LATE,
          replaces);
    }
    if (standing.endsAt() != end) {
      publish(
          standing.published(standing.endsAt(), turn + 1),
          standing.text().apply(standing.endsAt()),
          AlertState.INACTIVE,
          AlertState.FIRING,
          standing.endsAt(),
          end == AlertTransition.OPEN ? standing.endedBy() : Cause.LATE,
          null);
    }
  }

  private void withdraw(IssuedAlert alert) {
    publish(
        alert.taken(),
        new AlertText(1, Labels.EMPTY),
        AlertState.INACTIVE,
        AlertState.FIRING,
        alert.startsAt(),
        Cause.LATE,
        null);
  }

  private void publish(
      IssuedAlert alert,
      AlertText text,
      AlertState state,
      AlertState previous,
      long changedAt,
      Cause cause,
      String replaces) {
    ledger.note(alert);
    // The withdrawal of a firing alert is a change of that publication.
    AlertState identity = alert.withdrawn() ? AlertState.FIRING : state;
    out.accept(
        new AlertTransition(
            AlertTransition.transitionId(alert.alertId(), identity, changedAt, alert.withdrawn()),
            alert.alertId(),
            alert.rule(),
            state,
            previous,
            alert.withdrawn(),
            alert.turn(),
            cause,
            alert.labels(),
            text.annotations(),
            text.value(),
            alert.activeAt(),
            alert.startsAt(),
            alert.endsAt(),
            decidedAt,
            replaces,
            text.evidence(),
            0,
            0));
  }
}
