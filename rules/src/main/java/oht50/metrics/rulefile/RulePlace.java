package oht50.metrics.rulefile;

import java.io.Serializable;

/**
 * Where a rule stands in its file, both counted from 1. All places are equal: where a rule is said
 * is no part of what it says.
 */
public record RulePlace(int line, int column) implements Serializable {
  @Override
  public boolean equals(Object other) {
    return other instanceof RulePlace;
  }

  @Override
  public int hashCode() {
    return 0;
  }
}
