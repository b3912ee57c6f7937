package oht50.metrics.ruletest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.alerting.Alert;
import oht50.metrics.model.AlertState;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.eval.MetricLabels;
import oht50.metrics.rulefile.Rule;

/** When alerts changed their states. */
final class AlertHistory {
  private final Map<Long, OfRule> byRule = new LinkedHashMap<>();

  /** The changes of a rule's alerts. */
  record OfRule(Rule rule, Map<Labels, List<Change>> changes) {}

  /**
   * A new state.
   *
   * @param sinceMillis since the start of the test
   */
  record Change(long sinceMillis, AlertState state) {}

  /** Notes how the alerts of a rule stand at a tick. */
  void note(Rule rule, long sinceMillis, List<Alert> alerts) {
    OfRule ofRule =
        byRule.computeIfAbsent(
            rule.id(), id -> new OfRule(rule, new TreeMap<>(MetricLabels.ORDER)));
    Map<Labels, AlertState> now = new TreeMap<>(MetricLabels.ORDER);
    alerts.forEach(alert -> now.put(alert.labels(), alert.status().state()));
    ofRule.changes.keySet().forEach(labels -> now.putIfAbsent(labels, AlertState.INACTIVE));
    now.forEach(
        (labels, state) -> {
          List<Change> changes = ofRule.changes.computeIfAbsent(labels, each -> new ArrayList<>());
          AlertState before =
              changes.isEmpty() ? AlertState.INACTIVE : changes.get(changes.size() - 1).state;
          if (state != before) {
            changes.add(new Change(sinceMillis, state));
          }
        });
  }

  List<OfRule> named(String alert) {
    return byRule.values().stream().filter(each -> each.rule.name().equals(alert)).toList();
  }
}
