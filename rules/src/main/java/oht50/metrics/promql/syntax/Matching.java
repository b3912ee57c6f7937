package oht50.metrics.promql.syntax;

import java.io.Serializable;
import java.util.List;

/**
 * Which series of the two sides of an operator belong together.
 *
 * @param isOn whether only {@code labels} are compared; else all but these and the name
 * @param included labels that the many take over from the one
 */
public record Matching(
    Cardinality cardinality, boolean isOn, List<String> labels, List<String> included)
    implements Serializable {

  /** How many series of the sides may belong together. */
  public enum Cardinality {
    ONE_TO_ONE,
    /** {@code group_left} */
    MANY_TO_ONE,
    /** {@code group_right} */
    ONE_TO_MANY
  }

  /** What holds if nothing is said: all labels but the name are compared. */
  public static final Matching ALL_LABELS =
      new Matching(Cardinality.ONE_TO_ONE, false, List.of(), List.of());

  public Matching {
    labels = List.copyOf(labels);
    included = List.copyOf(included);
  }
}
