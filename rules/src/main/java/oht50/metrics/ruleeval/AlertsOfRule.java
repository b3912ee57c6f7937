package oht50.metrics.ruleeval;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import oht50.metrics.alerting.AlertSpan;
import oht50.metrics.alerting.AlertStatus;
import oht50.metrics.alerting.Verdict;
import oht50.metrics.model.AlertState;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Cause;
import oht50.metrics.model.Evidence;
import oht50.metrics.model.Labels;
import oht50.metrics.publication.AlertDifference;
import oht50.metrics.publication.AlertText;
import oht50.metrics.publication.StandingAlert;

/** Publishes of a rule's alerts what is not as it was published. */
final class AlertsOfRule {
  private final PlannedRule rule;
  private final RuleWork work;
  private final LongFunction<List<Verdict>> verdicts;
  private final LongFunction<Cause> causes;
  private final Grounds grounds;

  /** Finds what an alert of some labels rests on at a tick. */
  interface Grounds {
    Evidence of(Labels alert, long tick);
  }

  /**
   * @param verdicts of a tick, evaluated again if need be
   * @param causes of a first word on what changes at a tick
   */
  AlertsOfRule(
      PlannedRule rule,
      RuleWork work,
      LongFunction<List<Verdict>> verdicts,
      LongFunction<Cause> causes,
      Grounds grounds) {
    this.rule = rule;
    this.work = work;
    this.verdicts = verdicts;
    this.causes = causes;
    this.grounds = grounds;
  }

  /**
   * @param until the last tick that has been evaluated
   */
  void publish(long until, long decidedAt, Consumer<AlertTransition> out) {
    for (AlertRecord record : work.toPublish()) {
      List<StandingAlert> standing = new ArrayList<>();
      for (AlertSpan span : record.log().spans(rule.machine(), until, work::hasFailed)) {
        if (span.hasFired()) {
          standing.add(alert(record, span));
        }
      }
      new AlertDifference(work.ledger(record.labels()), decidedAt, out)
          .publish(standing, record.issued());
    }
  }

  private StandingAlert alert(AlertRecord record, AlertSpan span) {
    long end = span.isOver() ? span.endedAt() : AlertTransition.OPEN;
    return new StandingAlert(
        rule.rule().name(),
        AlertTransition.alertId(rule.identity(), record.labels(), span.activeAt()),
        null,
        record.labels(),
        span.activeAt(),
        span.firedAt(),
        end,
        span.firedAt() > span.activeAt() ? AlertState.PENDING : AlertState.INACTIVE,
        causes.apply(span.firedAt()),
        causes.apply(end),
        tick -> text(record, tick));
  }

  /** What the alert said at the newest tick up to a change at which its condition held. */
  private AlertText text(AlertRecord record, long changedAt) {
    AlertText said = said(record, changedAt);
    return new AlertText(said.value(), said.annotations(), grounds.of(record.labels(), changedAt));
  }

  private AlertText said(AlertRecord record, long changedAt) {
    long held = record.log().newestHeld(changedAt);
    if (held != AlertStatus.NEVER) {
      for (Verdict verdict : verdicts.apply(held)) {
        if (verdict.labels().equals(record.labels())) {
          return new AlertText(verdict.value(), verdict.annotations());
        }
      }
    }
    return record.text();
  }
}
