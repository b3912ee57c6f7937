package oht50.metrics.source.relabel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Rules of Prometheus' relabelling, one after the other. */
public final class Relabeling {
  /** Changes nothing. */
  public static final Relabeling NONE = new Relabeling(List.of());

  private final List<RelabelRule> rules;

  private Relabeling(List<RelabelRule> rules) {
    this.rules = List.copyOf(rules);
  }

  /**
   * @param forms null for none
   * @param faults told what is wrong with which rule; then what is returned is not to be used
   */
  public static Relabeling of(List<RelabelForm> forms, Consumer<String> faults) {
    if (forms == null || forms.isEmpty()) {
      return NONE;
    }
    List<RelabelRule> rules = new ArrayList<>();
    for (int i = 0; i < forms.size(); i++) {
      String place = "[" + i + "]: ";
      if (forms.get(i) == null) {
        faults.accept(place + "an empty rule");
        continue;
      }
      RelabelRule rule = RelabelRule.of(forms.get(i), fault -> faults.accept(place + fault));
      if (rule != null) {
        rules.add(rule);
      }
    }
    return new Relabeling(rules);
  }

  public boolean isNone() {
    return rules.isEmpty();
  }

  /**
   * @param labels name to value, the name of a metric as {@code __name__}; changed in place
   * @return false when whatever carries the labels is dropped
   */
  public boolean apply(Map<String, String> labels) {
    for (RelabelRule rule : rules) {
      if (!rule.apply(labels)) {
        return false;
      }
    }
    return true;
  }
}
