package oht50.metrics.rule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import oht50.metrics.model.AlertState;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Cause;
import oht50.metrics.model.Labels;

/**
 * Publishes the difference between the alerts that stand by now and those that were published, and
 * notes it.
 */
final class AlertDifference {
  private final RobotLog log;
  private final Decision decision;
  private final Consumer<AlertTransition> out;

  AlertDifference(RobotLog log, Decision decision, Consumer<AlertTransition> out) {
    this.log = log;
    this.decision = decision;
    this.out = out;
  }

  /**
   * @param episodes all of a stretch of time
   * @param published what was published of alerts whose condition began in that stretch
   */
  void publish(SequenceRule rule, List<Episode> episodes, List<IssuedAlert> published) {
    Map<String, Episode> standing = new LinkedHashMap<>(); // alert id -> its episode
    for (Episode episode : episodes) {
      if (episode.unanswered() && isDue(rule, episode)) {
        standing.put(alertId(rule, episode), episode);
      }
    }
    List<String> withdrawn = new ArrayList<>();
    for (IssuedAlert alert : published) {
      if (!alert.withdrawn() && !standing.containsKey(alert.alertId())) {
        withdrawn.add(alert.alertId());
        withdraw(alert);
      }
    }
    for (Map.Entry<String, Episode> entry : standing.entrySet()) {
      long activeAt = entry.getValue().first().timestamp();
      IssuedAlert before = log.alert(entry.getKey(), activeAt);
      String replaces = before == null && !withdrawn.isEmpty() ? withdrawn.remove(0) : null;
      raise(rule, entry.getKey(), entry.getValue(), before, replaces);
    }
  }

  /** Alerts of rules that are gone cannot end by an event any more: they end now. */
  void endAlertsOfOtherRules(List<SequenceRule> rules) {
    Set<String> known = rules.stream().map(SequenceRule::name).collect(Collectors.toSet());
    for (IssuedAlert alert : log.allAlerts()) {
      boolean isOpen = !alert.withdrawn() && alert.endsAt() == AlertTransition.OPEN;
      if (known.contains(alert.rule()) || !isOpen || decision.watermark() == Long.MAX_VALUE) {
        continue;
      }
      IssuedAlert ended =
          alert.published(Math.max(alert.startsAt(), decision.watermark()), alert.turn() + 1);
      publish(
          ended,
          Labels.EMPTY,
          AlertState.INACTIVE,
          AlertState.FIRING,
          ended.endsAt(),
          Cause.DEFINITION,
          null);
    }
  }

  private boolean isDue(SequenceRule rule, Episode episode) {
    return rule.onArrival() || startsAt(rule, episode) <= decision.watermark();
  }

  /** Publishes what is missing of an alert: that it fires, and that it has ended. */
  private void raise(
      SequenceRule rule, String alertId, Episode episode, IssuedAlert before, String replaces) {
    boolean isRaised = before != null && !before.withdrawn();
    Labels annotations = rule.annotationsOf(episode.first());
    IssuedAlert alert =
        new IssuedAlert(
            rule.name(),
            alertId,
            episode.first().entity(),
            rule.labelsOf(episode.first().entity()),
            episode.first().timestamp(),
            startsAt(rule, episode),
            isRaised ? before.endsAt() : AlertTransition.OPEN,
            before == null ? 0 : before.turn(),
            false);
    if (!isRaised) {
      alert = alert.published(AlertTransition.OPEN, alert.turn() + 1);
      publish(
          alert,
          annotations,
          AlertState.FIRING,
          AlertState.INACTIVE,
          alert.startsAt(),
          before == null ? decision.cause() : Cause.LATE,
          replaces);
    }
    if (episode.endsAt() == AlertTransition.OPEN && alert.endsAt() != AlertTransition.OPEN) {
      // The answer was not one after all: it fires on.
      alert = alert.published(AlertTransition.OPEN, alert.turn() + 1);
      publish(
          alert,
          annotations,
          AlertState.FIRING,
          AlertState.INACTIVE,
          alert.startsAt(),
          Cause.LATE,
          null);
    } else if (episode.endsAt() != alert.endsAt()) {
      Cause cause = alert.endsAt() == AlertTransition.OPEN ? decision.cause() : Cause.LATE;
      alert = alert.published(episode.endsAt(), alert.turn() + 1);
      publish(
          alert, annotations, AlertState.INACTIVE, AlertState.FIRING, alert.endsAt(), cause, null);
    }
  }

  private void withdraw(IssuedAlert alert) {
    publish(
        alert.taken(),
        Labels.EMPTY,
        AlertState.INACTIVE,
        AlertState.FIRING,
        alert.startsAt(),
        Cause.LATE,
        null);
  }

  private void publish(
      IssuedAlert alert,
      Labels annotations,
      AlertState state,
      AlertState previous,
      long changedAt,
      Cause cause,
      String replaces) {
    log.note(alert);
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
            annotations,
            1,
            alert.activeAt(),
            alert.startsAt(),
            alert.endsAt(),
            decision.decidedAt(),
            replaces,
            0,
            0));
  }

  private static long startsAt(SequenceRule rule, Episode episode) {
    return episode.first().timestamp() + rule.within().toMillis();
  }

  private static String alertId(SequenceRule rule, Episode episode) {
    return AlertTransition.alertId(
        rule.name(), rule.labelsOf(episode.first().entity()), episode.first().timestamp());
  }
}
