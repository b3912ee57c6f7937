package oht50.metrics.promql.eval;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import oht50.metrics.promql.syntax.Numbers;

/**
 * {@code topk} and {@code bottomk}: at each tick the series with the k largest or smallest values
 * of each group, NaN only where there are too few others. At a single tick they are in the order of
 * their values.
 */
final class RankAggregation {
  private final List<TickSeries> input;
  private final Grouping grouping;
  private final int ticks;
  private final boolean isLargest;
  private final TickSeries[] chosen; // index in the input -> what of it is chosen, or null
  private final Set<TickSeries> order = new LinkedHashSet<>();

  RankAggregation(List<TickSeries> input, Grouping grouping, int ticks, boolean isLargest) {
    this.input = input;
    this.grouping = grouping;
    this.ticks = ticks;
    this.isLargest = isLargest;
    this.chosen = new TickSeries[input.size()];
  }

  /**
   * @param parameter how many at each tick
   */
  List<TickSeries> apply(double[] parameter) {
    check(parameter);
    for (int tick = 0; tick < ticks; tick++) {
      int most = (int) Math.max(0, Math.min((long) parameter[tick], input.size()));
      if (most >= 1) {
        choose(most, tick);
      }
    }
    return new ArrayList<>(order);
  }

  private static void check(double[] parameter) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (double value : parameter) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    if (most < 1) {
      return;
    }
    if (Double.isNaN(most)) {
      throw new EvaluationFailure("Parameter value is NaN");
    }
    if (least <= -0x1p63) {
      throw new EvaluationFailure("Scalar value " + Numbers.print(least) + " underflows int64");
    }
    if (most >= 0x1p63) {
      throw new EvaluationFailure("Scalar value " + Numbers.print(most) + " overflows int64");
    }
  }

  private void choose(int most, int tick) {
    RankHeap[] heaps = new RankHeap[grouping.count()];
    for (int i = 0; i < input.size(); i++) {
      if (input.get(i).present[tick]) {
        int group = grouping.of(i);
        if (heaps[group] == null) {
          heaps[group] = new RankHeap(most, isLargest);
        }
        heaps[group].offer(i, input.get(i).values[tick]);
      }
    }
    for (RankHeap heap : heaps) {
      if (heap != null) {
        for (int series : heap.ranked()) {
          take(series, tick);
        }
      }
    }
  }

  private void take(int index, int tick) {
    TickSeries series = input.get(index);
    if (chosen[index] == null) {
      chosen[index] = new TickSeries(series.labels, series.losesName, ticks);
      order.add(chosen[index]);
    }
    chosen[index].set(tick, series.values[tick]);
  }
}
