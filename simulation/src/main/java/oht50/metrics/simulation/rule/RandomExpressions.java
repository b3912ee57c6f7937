package oht50.metrics.simulation.rule;

import java.util.List;
import java.util.Random;

/**
 * Expressions over gauges {@code a} and {@code b}, a counter {@code c} and what rules record: none
 * of them fails, whatever the samples are.
 */
final class RandomExpressions {
  private final Random random;
  private final List<String> recorded; // names

  RandomExpressions(Random random, List<String> recorded) {
    this.random = random;
    this.recorded = recorded;
  }

  String condition() {
    String compared = vector(2) + " > " + random.nextInt(4);
    return switch (random.nextInt(12)) {
      case 0 -> "(" + compared + ") and " + vector(1);
      case 1 -> "(" + compared + ") unless " + vector(1);
      case 2 -> "(" + compared + ") or " + vector(1) + " < 1";
      case 3, 4, 5 -> ofEverything(compared);
      default -> compared;
    };
  }

  private String ofEverything(String compared) {
    return switch (random.nextInt(9)) {
      case 0 -> "absent(" + selector() + ")";
      case 1 -> "absent(" + compared + ")";
      case 2 -> "count(" + compared + ") > 1";
      case 3 -> vector(1) + " > on () group_left () avg(" + selector() + ")";
      case 4 -> "topk(1, " + vector(1) + ") > 2";
      case 5 -> vector(1) + " >= scalar(max(" + selector() + "))";
      case 6 -> "(count(" + vector(1) + ") or vector(0)) < 2";
      case 7 -> "quantile(0.5, " + vector(1) + ") > 1";
      default -> "absent_over_time(" + selector() + "[1m])";
    };
  }

  /** Labels of what it says are all different, also without the metric's name. */
  String vector(int depth) {
    if (random.nextInt(6) == 0) {
      return overSeveral();
    }
    if (depth == 0 || random.nextInt(4) == 0) {
      return selector();
    }
    return switch (random.nextInt(11)) {
      case 0, 1 -> "rate(c[1m])*10";
      case 2 -> "increase(c[45s])";
      case 3, 4 -> "max_over_time(" + selector() + "[1m])";
      case 5 -> "sum by (site) (" + vector(depth - 1) + ")";
      case 6 -> "sum by (robot_id) (" + vector(depth - 1) + ")";
      case 7 -> "avg by (instance) (" + vector(depth - 1) + ")";
      case 8 -> "(a + on (robot_id, instance, site) b)";
      case 9 -> "avg_over_time(" + selector() + "[90s])";
      default -> "(" + selector() + " offset 20s)";
    };
  }

  private String overSeveral() {
    return switch (random.nextInt(5)) {
      case 0 -> "sum without (robot_id) (" + selector() + ")";
      case 1 -> "max_over_time(sum by (site) (" + selector() + ")[1m:15s])";
      case 2 -> "bottomk(2, " + selector() + ")";
      case 3 -> "count_values by (site) (\"n\", " + selector() + ")";
      default -> "min(" + selector() + ")";
    };
  }

  private String selector() {
    String site = random.nextInt(4) == 0 ? "{site=\"s0\"}" : "";
    if (!recorded.isEmpty() && random.nextInt(2) == 0) {
      return recorded.get(random.nextInt(recorded.size())) + site;
    }
    return (random.nextBoolean() ? "a" : "b") + site;
  }
}
