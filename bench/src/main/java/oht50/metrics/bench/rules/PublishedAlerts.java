package oht50.metrics.bench.rules;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.eval.MetricLabels;

/** What rules have said: of each alert the last, of the rest how much. */
final class PublishedAlerts {
  private final Map<String, AlertTransition> last = new HashMap<>(); // by alert id
  private long transitions;
  private long recorded;
  private long handedOn;

  void transition(AlertTransition transition) {
    transitions++;
    last.merge(
        transition.alertId(), transition, (one, other) -> one.turn() >= other.turn() ? one : other);
  }

  void recorded() {
    recorded++;
  }

  void handedOn(int points) {
    handedOn += points;
  }

  FiredAlerts fired() {
    Set<String> ever = new TreeSet<>();
    Set<String> now = new TreeSet<>();
    for (AlertTransition each : last.values()) {
      if (!each.withdrawn()) {
        String alert = text(each.labels());
        ever.add(alert);
        if (each.endsAt() == AlertTransition.OPEN) {
          now.add(alert);
        }
      }
    }
    return new FiredAlerts(ever, now);
  }

  static String text(Labels labels) {
    return MetricLabels.text(labels);
  }

  String summary() {
    return "%d transitions, %d recorded points, %d handed on, %s"
        .formatted(transitions, recorded, handedOn, fired().summary());
  }
}
