package oht50.metrics.simulation.life;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Deletes steps of a life for as long as it still fails: halves first, then quarters, down to
 * single ones (Zeller and Hildebrandt, "Simplifying and isolating failure-inducing input", 2002).
 * What is left fails, and deleting any one step of it would not.
 */
public final class Shrinker {
  private Shrinker() {}

  /**
   * @param fails whether steps fail; not for those of which it is undecided what they should do
   */
  public static <S> List<S> shrink(List<S> steps, Predicate<List<S>> fails) {
    List<S> smallest = steps;
    boolean progress = true;
    while (progress) {
      progress = false;
      for (int length = Math.max(1, smallest.size() / 2); length >= 1; length /= 2) {
        for (int from = 0; from + length <= smallest.size(); ) {
          List<S> candidate = without(smallest, from, length);
          if (fails.test(candidate)) {
            smallest = candidate;
            progress = true;
          } else {
            from += length;
          }
        }
      }
    }
    return smallest;
  }

  private static <S> List<S> without(List<S> steps, int from, int length) {
    List<S> left = new ArrayList<>(steps);
    left.subList(from, from + length).clear();
    return left;
  }
}
