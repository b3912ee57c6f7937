package oht50.metrics.job.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;

/** Other orders of arrival: elements change places between two watermarks. */
final class Shuffle {
  private Shuffle() {}

  /**
   * @param conflict whether two elements have to stay in order
   */
  static <T> List<Input<T>> of(List<Input<T>> inputs, long seed, BiPredicate<T, T> conflict) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Input<T>> shuffled = new ArrayList<>();
    List<T> between = new ArrayList<>();
    for (Input<T> input : inputs) {
      if (input instanceof Input.Element<T> element) {
        between.add(element.value());
      } else {
        drain(between, random, conflict, shuffled);
        shuffled.add(input);
      }
    }
    drain(between, random, conflict, shuffled);
    return shuffled;
  }

  private static <T> void drain(
      List<T> waiting, SplittableRandom random, BiPredicate<T, T> conflict, List<Input<T>> to) {
    while (!waiting.isEmpty()) {
      int next = random.nextInt(waiting.size());
      for (int earlier = 0; earlier < next; earlier++) {
        if (conflict.test(waiting.get(earlier), waiting.get(next))) {
          next = earlier;
          earlier = -1;
        }
      }
      to.add(Input.of(waiting.remove(next)));
    }
  }
}
