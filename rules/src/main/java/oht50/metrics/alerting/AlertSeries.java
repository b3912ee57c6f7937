package oht50.metrics.alerting;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.rulefile.AlertingRule;

/** The series {@code ALERTS} and {@code ALERTS_FOR_STATE} of alerts that are pending or firing. */
public final class AlertSeries {
  public static final String ALERTS = "ALERTS";
  public static final String ALERTS_FOR_STATE = "ALERTS_FOR_STATE";

  private static final String STATE = "alertstate";

  private AlertSeries() {}

  /**
   * The samples of a tick; the second one's value is the second since which the condition holds.
   */
  public static List<RuleSample> of(AlertingRule rule, List<Alert> alerts) {
    List<RuleSample> samples = new ArrayList<>();
    for (Alert alert : alerts) {
      if (alert.status().isActive()) {
        Labels labels = labels(rule, alert);
        samples.add(
            new RuleSample(
                labels
                    .with(LabelMatcher.METRIC_NAME, ALERTS)
                    .with(STATE, alert.status().state().word()),
                1));
        samples.add(
            new RuleSample(
                labels.with(LabelMatcher.METRIC_NAME, ALERTS_FOR_STATE),
                Math.floorDiv(alert.status().activeAt(), 1000L)));
      }
    }
    return samples;
  }

  /** A label that was filled with nothing stands here as it was written, as in Prometheus. */
  private static Labels labels(AlertingRule rule, Alert alert) {
    Map<String, String> labels = new TreeMap<>();
    rule.labels().forEach((name, template) -> labels.put(name, template.text()));
    labels.putAll(alert.labels().toMap());
    return Labels.of(labels);
  }
}
