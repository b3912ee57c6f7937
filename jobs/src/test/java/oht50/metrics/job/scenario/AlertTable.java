package oht50.metrics.job.scenario;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import oht50.metrics.model.AlertState;
import oht50.metrics.model.AlertTransition;

/**
 * The alerts that the published transitions add up to: the newest of each that is not withdrawn.
 */
final class AlertTable {
  /** What is known of an alert in the end. */
  record Alert(String alertId, AlertState state, long activeAt, long startsAt, long endsAt) {}

  private final Map<String, AlertTransition> newest = new LinkedHashMap<>();
  private final List<AlertTransition> published = new ArrayList<>();

  static AlertTable of(List<Object> published) {
    AlertTable table = new AlertTable();
    for (Object each : published) {
      AlertTransition transition = (AlertTransition) each;
      table.published.add(transition);
      table.newest.put(transition.alertId(), transition);
    }
    return table;
  }

  /** What one rule had to say. */
  AlertTable of(String rule) {
    return of(List.copyOf(published.stream().filter(each -> each.rule().equals(rule)).toList()));
  }

  List<Alert> alerts() {
    return newest.values().stream()
        .filter(transition -> !transition.withdrawn())
        .map(
            newest ->
                new Alert(
                    newest.alertId(),
                    newest.state(),
                    newest.activeAt(),
                    newest.startsAt(),
                    newest.endsAt()))
        .sorted(Comparator.comparingLong(Alert::activeAt).thenComparing(Alert::alertId))
        .toList();
  }

  /** Everything in order of publication. */
  List<AlertTransition> published() {
    return published;
  }
}
