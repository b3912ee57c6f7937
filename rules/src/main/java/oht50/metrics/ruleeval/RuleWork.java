package oht50.metrics.ruleeval;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import oht50.metrics.alerting.Verdict;
import oht50.metrics.alerting.VerdictLog;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.eval.MetricLabels;
import oht50.metrics.publication.AlertLedger;
import oht50.metrics.publication.AlertText;
import oht50.metrics.publication.IssuedAlert;

/** What is kept of a rule, for the length of one call. */
final class RuleWork {
  private final PlannedRule rule;
  private final TreeSet<Long> failed = new TreeSet<>(); // ticks
  private final Map<Labels, AlertRecord> alerts = new TreeMap<>(MetricLabels.ORDER);
  private final Set<Labels> touched = new HashSet<>(); // alerts that may be others than before
  private final Map<Long, List<Verdict>> said = new HashMap<>(); // tick -> its verdicts
  private boolean isChanged;

  /**
   * @param state null for nothing kept
   */
  RuleWork(PlannedRule rule, RuleState state) {
    this.rule = rule;
    if (state != null) {
      for (long tick : state.failed()) {
        failed.add(tick);
      }
      state.alerts().forEach(alert -> alerts.put(alert.labels(), alert));
    }
  }

  /** All its alerts may be others than before, though their conditions held as they did. */
  void judgeAgain() {
    touched.addAll(alerts.keySet());
  }

  /** Whether the rule had no result at a tick, as far as is known. */
  boolean hasFailed(long tick) {
    return !failed.isEmpty() && failed.contains(tick);
  }

  /** Notes that the rule has no result at a tick. */
  void fail(long tick) {
    if (failed.add(tick)) {
      isChanged = true;
      touched.addAll(alerts.keySet());
    }
    note(tick, List.of(), tick);
  }

  /** Notes that it has one. */
  void succeed(long tick) {
    if (failed.remove(tick)) {
      isChanged = true;
      touched.addAll(alerts.keySet());
    }
  }

  /**
   * Notes for which alerts the condition holds at a tick; for no others it does.
   *
   * @param firstTick of which a verdict may be corrected
   */
  void note(long tick, List<Verdict> verdicts, long firstTick) {
    said.put(tick, verdicts);
    Map<Labels, Verdict> held = new HashMap<>();
    verdicts.forEach(verdict -> held.put(verdict.labels(), verdict));
    for (AlertRecord record : List.copyOf(alerts.values())) {
      note(record, tick, held.remove(record.labels()));
    }
    for (Verdict verdict : verdicts) {
      if (held.containsKey(verdict.labels())) {
        VerdictLog log = VerdictLog.startingAt(firstTick, rule.interval());
        note(new AlertRecord(verdict.labels(), log, text(verdict), List.of()), tick, verdict);
      }
    }
  }

  private void note(AlertRecord record, long tick, Verdict verdict) {
    VerdictLog log = record.log().with(tick, verdict != null);
    boolean isNewest = verdict != null && log.newestHeld() == tick;
    AlertText text = isNewest ? text(verdict) : record.text();
    if (!log.equals(record.log()) || !text.equals(record.text())) {
      put(record.with(log, text));
    }
  }

  private void put(AlertRecord record) {
    alerts.put(record.labels(), record);
    touched.add(record.labels());
    isChanged = true;
  }

  private static AlertText text(Verdict verdict) {
    return new AlertText(verdict.value(), verdict.annotations());
  }

  /** What was said of a tick in this call; null if it was not evaluated. */
  List<Verdict> said(long tick) {
    return said.get(tick);
  }

  /** Alerts of which something may be published: those that changed, and those that are open. */
  List<AlertRecord> toPublish() {
    List<AlertRecord> some = new ArrayList<>();
    for (AlertRecord record : alerts.values()) {
      if (touched.contains(record.labels()) || isOpen(record)) {
        some.add(record);
      }
    }
    return some;
  }

  boolean hasOpen() {
    return alerts.values().stream().anyMatch(RuleWork::isOpen);
  }

  private static boolean isOpen(AlertRecord record) {
    return record.issued().stream()
        .anyMatch(alert -> !alert.withdrawn() && alert.endsAt() == AlertTransition.OPEN);
  }

  /** What was published of the alerts of one label set. */
  AlertLedger ledger(Labels labels) {
    return new AlertLedger() {
      @Override
      public IssuedAlert find(String alertId, long activeAt) {
        return alerts.get(labels).find(alertId);
      }

      @Override
      public void note(IssuedAlert alert) {
        put(alerts.get(labels).with(alert));
      }
    };
  }

  /** Lets go of what no sample from a time on can change. */
  void forgetBefore(long time) {
    long tick = rule.tickFrom(time);
    for (AlertRecord record : List.copyOf(alerts.values())) {
      AlertRecord rest = record.from(rule.machine(), tick, failed::contains);
      if (rest == null) {
        alerts.remove(record.labels());
      } else {
        alerts.put(record.labels(), rest);
      }
    }
    failed.headSet(tick).clear();
    isChanged = true;
  }

  boolean isChanged() {
    return isChanged;
  }

  /** Null if there is nothing to keep. */
  RuleState state() {
    RuleState state =
        new RuleState(
            failed.stream().mapToLong(tick -> tick).toArray(), List.copyOf(alerts.values()));
    return state.isEmpty() ? null : state;
  }
}
