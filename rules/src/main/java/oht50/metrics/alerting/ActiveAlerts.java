package oht50.metrics.alerting;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.eval.MetricLabels;

/** The alerts of a rule that are pending, firing or remembered; in the order of their labels. */
final class ActiveAlerts {
  private final AlertMachine machine;
  private final int limit;
  private final Map<Labels, Alert> alerts = new TreeMap<>(MetricLabels.ORDER);

  /**
   * @param limit how many may be pending or firing; 0 for any number
   */
  ActiveAlerts(AlertMachine machine, int limit) {
    this.machine = machine;
    this.limit = limit;
  }

  /**
   * @param verdicts all of the tick, each about another alert
   * @throws RuleFailure if there are more than the limit; then all are forgotten
   */
  void step(long tick, List<Verdict> verdicts) throws RuleFailure {
    Map<Labels, Verdict> held = new LinkedHashMap<>();
    verdicts.forEach(verdict -> held.put(verdict.labels(), verdict));
    for (Alert alert : List.copyOf(alerts.values())) {
      if (!held.containsKey(alert.labels())) {
        AlertStatus status = machine.step(alert.status(), tick, false);
        put(new Alert(alert.labels(), alert.annotations(), alert.value(), status));
      }
    }
    for (Verdict verdict : verdicts) {
      Alert before = alerts.get(verdict.labels());
      AlertStatus status = before == null ? AlertStatus.NONE : before.status();
      put(
          new Alert(
              verdict.labels(),
              verdict.annotations(),
              verdict.value(),
              machine.step(status, tick, true)));
    }
    long active = alerts.values().stream().filter(alert -> alert.status().isActive()).count();
    if (limit > 0 && active > limit) {
      alerts.clear();
      throw new RuleFailure("exceeded limit of " + limit + " with " + active + " alerts");
    }
  }

  private void put(Alert alert) {
    if (alert.status().equals(AlertStatus.NONE)) {
      alerts.remove(alert.labels());
    } else {
      alerts.put(alert.labels(), alert);
    }
  }

  List<Alert> all() {
    return new ArrayList<>(alerts.values());
  }
}
