package oht50.metrics.alerting;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import oht50.metrics.model.Labels;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.promql.eval.Evaluator;
import oht50.metrics.promql.eval.QueryResult;
import oht50.metrics.rulefile.AlertingRule;
import oht50.metrics.rulefile.RecordingRule;
import oht50.metrics.rulefile.Rule;
import oht50.metrics.rulefile.RuleGroup;

/**
 * A rule from tick to tick: its alerts, and the series that it wrote at the tick before, which get
 * a stale marker once it writes them no more.
 */
final class RuleRun {
  private final RuleGroup group;
  private final Rule rule;
  private final Verdicts verdicts; // null if it records
  private final ActiveAlerts alerts; // null if it records
  private Set<Labels> written = Set.of();

  RuleRun(RuleGroup group, Rule rule, Installation installation) {
    this.group = group;
    this.rule = rule;
    boolean isAlert = rule instanceof AlertingRule;
    this.verdicts = isAlert ? new Verdicts((AlertingRule) rule, installation) : null;
    this.alerts =
        isAlert ? new ActiveAlerts(AlertMachine.of((AlertingRule) rule), group.limit()) : null;
  }

  Rule rule() {
    return rule;
  }

  List<Alert> alerts() {
    return alerts == null ? List.of() : alerts.all();
  }

  /**
   * Evaluates the rule and writes what it says. If it fails, its alerts and series stay as they
   * were at the tick before, unless there are too many alerts.
   */
  void run(long tick, Evaluator evaluator, SampleSink sink) throws RuleFailure {
    long time = tick - group.queryOffsetMillis();
    List<QueryResult.Sample> samples = RuleQuery.samples(evaluator, rule.expr(), time);
    List<RuleSample> said =
        rule instanceof RecordingRule recording
            ? Recorded.of(recording, samples, group.limit())
            : stepAlerts((AlertingRule) rule, samples, tick, evaluator);
    write(said, time, sink);
  }

  private List<RuleSample> stepAlerts(
      AlertingRule alerting, List<QueryResult.Sample> samples, long tick, Evaluator evaluator)
      throws RuleFailure {
    alerts.step(tick, verdicts.of(samples, tick, RuleQuery.querier(evaluator, tick)));
    return AlertSeries.of(alerting, alerts.all());
  }

  private void write(List<RuleSample> samples, long time, SampleSink sink) throws RuleFailure {
    Set<Labels> series = new LinkedHashSet<>();
    List<RuleFailure> refused = new ArrayList<>();
    for (RuleSample sample : samples) {
      try {
        sink.append(sample.labels(), time, sample.value());
        series.add(sample.labels());
      } catch (RuleFailure e) {
        refused.add(e);
      }
    }
    for (Labels before : written) {
      if (!series.contains(before)) {
        endSeries(before, time, sink);
      }
    }
    written = series;
    if (!refused.isEmpty()) {
      throw refused.get(0);
    }
  }

  private static void endSeries(Labels labels, long time, SampleSink sink) {
    try {
      sink.append(labels, time, StaleMarker.VALUE);
    } catch (RuleFailure e) {
      // Another rule goes on with the series, so it has not ended.
    }
  }
}
