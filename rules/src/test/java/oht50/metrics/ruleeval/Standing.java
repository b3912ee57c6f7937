package oht50.metrics.ruleeval;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.eval.MetricLabels;

/** Alerts that were not withdrawn, in words: their times by what they are. */
public final class Standing {
  private Standing() {}

  /** By the last word on each. */
  public static Map<String, String> of(List<AlertTransition> transitions) {
    Map<String, AlertTransition> last = new HashMap<>(); // alert id -> of the highest turn
    for (AlertTransition each : transitions) {
      last.merge(each.alertId(), each, (one, other) -> one.turn() >= other.turn() ? one : other);
    }
    Map<String, String> standing = new TreeMap<>();
    for (AlertTransition each : last.values()) {
      if (!each.withdrawn()) {
        String key = identity(each.rule(), each.labels(), each.activeAt());
        standing.merge(key, times(each.startsAt(), each.endsAt()), (one, other) -> "twice");
      }
    }
    return standing;
  }

  public static String identity(String rule, Labels labels, long activeAt) {
    return rule + " " + MetricLabels.text(labels) + " since " + activeAt;
  }

  /**
   * @param endsAt {@link AlertTransition#OPEN} if it has not ended
   */
  public static String times(long startsAt, long endsAt) {
    return startsAt + " to " + (endsAt == AlertTransition.OPEN ? "now" : "" + endsAt);
  }
}
