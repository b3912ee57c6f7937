package oht50.metrics.promql.syntax;

import java.io.Serializable;

/**
 * Where something begins in its text, both counted from 1.
 *
 * <p>All places are equal: where a thing is said is no part of what is said, so trees compare by
 * their meaning.
 */
public record Place(int line, int column) implements Serializable {
  @Override
  public boolean equals(Object other) {
    return other instanceof Place;
  }

  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return line + ":" + column;
  }
}
