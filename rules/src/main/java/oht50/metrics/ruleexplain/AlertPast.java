package oht50.metrics.ruleexplain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import oht50.metrics.alerting.Alert;
import oht50.metrics.alerting.AlertStatus;
import oht50.metrics.alerting.GroupRun;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.eval.MetricLabels;

/** How the alerts of a rule stood at each tick. */
final class AlertPast {
  private final List<AtTick> ticks = new ArrayList<>();
  private String failure;

  /**
   * A tick.
   *
   * @param isFailed whether the rule had no result; then the alerts are as they were before
   */
  record AtTick(long tick, boolean isFailed, Map<Labels, Alert> alerts) {
    AlertStatus status(Labels labels) {
      Alert alert = alerts.get(labels);
      return alert == null ? AlertStatus.NONE : alert.status();
    }

    /** Whether the condition held. */
    boolean holds(Labels labels) {
      AlertStatus status = status(labels);
      return !isFailed && status.isActive() && status.keepFiringSince() == AlertStatus.NEVER;
    }

    /** Of the newest tick at which the condition held. */
    double value(Labels labels) {
      return alerts.get(labels).value();
    }
  }

  void note(long tick, List<GroupRun.Failed> failed, List<Alert> alerts) {
    Map<Labels, Alert> byLabels = new LinkedHashMap<>();
    alerts.forEach(alert -> byLabels.put(alert.labels(), alert));
    ticks.add(new AtTick(tick, !failed.isEmpty(), byLabels));
    failure = failed.isEmpty() ? null : failed.get(0).message();
  }

  List<AtTick> ticks() {
    return ticks;
  }

  AtTick last() {
    return ticks.get(ticks.size() - 1);
  }

  /** Why there is no result at the last tick, or null. */
  String failure() {
    return failure;
  }

  /** At how many ticks there is none. */
  int failedTicks() {
    return (int) ticks.stream().filter(AtTick::isFailed).count();
  }

  /** All labels of alerts that were there at any tick. */
  Set<Labels> labels() {
    Set<Labels> labels = new TreeSet<>(MetricLabels.ORDER);
    ticks.forEach(tick -> labels.addAll(tick.alerts.keySet()));
    return labels;
  }
}
