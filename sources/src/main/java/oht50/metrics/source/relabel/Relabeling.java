package oht50.metrics.source.relabel;

import com.google.re2j.Pattern;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Series;

/**
 * Rules of Prometheus' relabelling, one after the other. They travel as they are written, and are
 * equal when they are written alike.
 */
public final class Relabeling implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Changes nothing. */
  public static final Relabeling NONE = new Relabeling(List.of(), List.of());

  private static final String NAME = "__name__";
  private static final String RESERVED = "__";
  private static final Pattern METRIC_NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final Pattern LABEL_NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

  private final ArrayList<RelabelForm> forms;
  private final transient List<RelabelRule> rules;

  private Relabeling(List<RelabelForm> forms, List<RelabelRule> rules) {
    this.forms = new ArrayList<>(forms);
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
    return new Relabeling(forms, rules);
  }

  public boolean isNone() {
    return forms.isEmpty();
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

  /**
   * The series that a series becomes. Labels that begin with two underscores are for the rules
   * among themselves and not of the series.
   *
   * @param labels without the name; changed in place
   * @return null when it is dropped
   * @throws InvalidSeries when the rules leave no name, or one that is none
   */
  public Series series(String name, Map<String, String> labels, MetricKind kind) {
    labels.put(NAME, name);
    if (!apply(labels) || labels.isEmpty()) {
      return null;
    }
    String metric = labels.remove(NAME);
    if (metric == null || !METRIC_NAME.matches(metric)) {
      throw new InvalidSeries(
          RejectReason.BAD_METRIC_NAME,
          metric == null
              ? "relabelling leaves '" + name + "' without a name"
              : "relabelling makes '" + metric + "' of '" + name + "'");
    }
    labels.keySet().removeIf(label -> label.startsWith(RESERVED));
    for (String label : labels.keySet()) {
      if (!isLabelName(label)) {
        throw new InvalidSeries(
            RejectReason.BAD_LABEL_NAME,
            "relabelling gives '" + name + "' the label '" + label + "'");
      }
    }
    return Series.of(metric, Labels.of(labels), kind);
  }

  public static boolean isLabelName(String text) {
    return LABEL_NAME.matches(text);
  }

  private Object readResolve() {
    return of(
        forms,
        fault -> {
          throw new IllegalStateException("rules that were checked: " + fault);
        });
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Relabeling relabeling && forms.equals(relabeling.forms);
  }

  @Override
  public int hashCode() {
    return forms.hashCode();
  }

  @Override
  public String toString() {
    return forms.toString();
  }
}
