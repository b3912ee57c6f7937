package oht50.metrics.ruleplan;

import java.util.Locale;
import oht50.metrics.model.Labels;

/**
 * What the parts of a kind have in common: by which of a series' labels it is in one of them, and
 * so which rules can be evaluated there.
 */
public enum PartKind {
  /** Of one robot: for all rules that keep {@code robot_id}. */
  ROBOT("robot_id"),

  /** Of what has an instance and no robot: for rules that keep both labels. */
  INSTANCE("instance"),

  /** Of all that has neither: for rules that keep both. */
  REST(null),

  /** Of all that has no robot: for rules that keep {@code robot_id} and not {@code instance}. */
  ROBOTLESS(null),

  /** Of one instance, or of none: for rules that keep {@code instance} and not {@code robot_id}. */
  ANY_INSTANCE("instance"),

  /** All of it in one place: for what cannot be divided. */
  WHOLE(null);

  private final String label;

  PartKind(String label) {
    this.label = label;
  }

  boolean mayHold(Labels series) {
    for (Home home : Home.values()) {
      if (home.kindOf(series) == this) {
        return true;
      }
    }
    return false;
  }

  /** The value that is the same in all of a part; empty if there is none. */
  String valueOf(Labels series) {
    String value = label == null ? null : series.get(label);
    return value == null ? "" : value;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
