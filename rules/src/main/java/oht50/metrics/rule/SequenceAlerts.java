package oht50.metrics.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import oht50.metrics.model.AlertState;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Evidence;
import oht50.metrics.model.Labels;
import oht50.metrics.publication.AlertDifference;
import oht50.metrics.publication.AlertText;
import oht50.metrics.publication.IssuedAlert;
import oht50.metrics.publication.StandingAlert;

/** The alerts that follow from episodes, published as far as they have not been. */
final class SequenceAlerts {
  private final RobotLog log;
  private final Decision decision;
  private final AlertDifference difference;

  SequenceAlerts(RobotLog log, Decision decision, Consumer<AlertTransition> out) {
    this.log = log;
    this.decision = decision;
    this.difference = new AlertDifference(log, decision.decidedAt(), out);
  }

  /**
   * @param episodes all of a stretch of time
   * @param published what was published of alerts whose condition began in that stretch
   */
  void publish(SequenceRule rule, List<Episode> episodes, List<IssuedAlert> published) {
    List<StandingAlert> standing = new ArrayList<>();
    for (Episode episode : episodes) {
      if (episode.unanswered() && isDue(rule, episode)) {
        standing.add(alert(rule, episode));
      }
    }
    difference.publish(standing, published);
  }

  /** Alerts of rules that are gone cannot end by an event any more: they end now. */
  void endAlertsOfOtherRules(List<SequenceRule> rules) {
    Set<String> known = rules.stream().map(SequenceRule::name).collect(Collectors.toSet());
    for (IssuedAlert alert : log.allAlerts()) {
      boolean isOpen = !alert.withdrawn() && alert.endsAt() == AlertTransition.OPEN;
      if (known.contains(alert.rule()) || !isOpen || decision.watermark() == Long.MAX_VALUE) {
        continue;
      }
      difference.end(alert, decision.watermark());
    }
  }

  private boolean isDue(SequenceRule rule, Episode episode) {
    return rule.onArrival() || startsAt(rule, episode) <= decision.watermark();
  }

  private StandingAlert alert(SequenceRule rule, Episode episode) {
    Labels labels = rule.labelsOf(episode.first().entity());
    long activeAt = episode.first().timestamp();
    return new StandingAlert(
        rule.name(),
        AlertTransition.alertId(rule.name(), labels, activeAt),
        episode.first().entity(),
        labels,
        activeAt,
        startsAt(rule, episode),
        episode.endsAt(),
        AlertState.INACTIVE,
        decision.cause(),
        decision.cause(),
        time -> new AlertText(1, rule.annotationsOf(episode.first()), evidence(episode, time)));
  }

  private static Evidence evidence(Episode episode, long time) {
    Evidence.Point first = Evidence.Point.ofEvent(episode.first());
    boolean isEnd = episode.answer() != null && time == episode.endsAt();
    return new Evidence(
        0, isEnd ? List.of(first, Evidence.Point.ofEvent(episode.answer())) : List.of(first));
  }

  private static long startsAt(SequenceRule rule, Episode episode) {
    return episode.first().timestamp() + rule.within().toMillis();
  }
}
