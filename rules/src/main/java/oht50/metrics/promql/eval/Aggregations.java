package oht50.metrics.promql.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.syntax.AggregationOperator;
import oht50.metrics.promql.syntax.Expr;
import oht50.metrics.promql.syntax.Names;
import oht50.metrics.promql.syntax.Numbers;
import oht50.metrics.promql.syntax.Quoting;

/** Series by groups, tick by tick. */
final class Aggregations {
  private static final Comparator<TickSeries> ORDER =
      Comparator.comparing(series -> series.labels, MetricLabels.ORDER);

  private final Expr.Aggregation aggregation;
  private final List<TickSeries> input;
  private final int ticks;

  Aggregations(Expr.Aggregation aggregation, List<TickSeries> input, int ticks) {
    this.aggregation = aggregation;
    this.input = sorted(input);
    this.ticks = ticks;
  }

  /**
   * In the order of labels, as those of a selector are: what is added up, and which of equal values
   * is among the largest, must not depend on where the series come from.
   */
  private static List<TickSeries> sorted(List<TickSeries> input) {
    for (int i = 1; i < input.size(); i++) {
      if (ORDER.compare(input.get(i - 1), input.get(i)) > 0) {
        List<TickSeries> sorted = new ArrayList<>(input);
        sorted.sort(ORDER);
        return sorted;
      }
    }
    return input;
  }

  /**
   * One series of each group.
   *
   * @param parameter at each tick, or null
   */
  List<TickSeries> fold(double[] parameter) {
    Grouping grouping = grouping();
    AggregationOperator operator = aggregation.operator();
    Accumulator[] accumulators = new Accumulator[grouping.count()];
    boolean[] losesName = new boolean[grouping.count()];
    for (int i = 0; i < input.size(); i++) {
      losesName[grouping.of(i)] |= input.get(i).losesName;
    }
    List<TickSeries> result = new ArrayList<>();
    for (int group = 0; group < grouping.count(); group++) {
      result.add(new TickSeries(grouping.labels(group), losesName[group], ticks));
    }
    for (int tick = 0; tick < ticks; tick++) {
      Arrays.fill(accumulators, null);
      for (int i = 0; i < input.size(); i++) {
        if (input.get(i).present[tick]) {
          int group = grouping.of(i);
          double value = input.get(i).values[tick];
          if (accumulators[group] == null) {
            double ofTick = parameter == null ? Double.NaN : parameter[tick];
            accumulators[group] = Accumulator.of(operator, value, ofTick);
          } else {
            accumulators[group].add(value);
          }
        }
      }
      for (int group = 0; group < accumulators.length; group++) {
        if (accumulators[group] != null) {
          result.get(group).set(tick, accumulators[group].result());
        }
      }
    }
    result.removeIf(TickSeries::isEmpty);
    return result;
  }

  /** Some series of each group: the largest or the smallest ones. */
  List<TickSeries> rank(double[] parameter) {
    boolean isLargest = aggregation.operator() == AggregationOperator.TOPK;
    return new RankAggregation(input, grouping(), ticks, isLargest).apply(parameter);
  }

  /** Whatever the vector is. */
  static String checkedLabel(String label) {
    if (!Names.isLabel(label)) {
      throw new EvaluationFailure("invalid label name " + Quoting.quote(label));
    }
    return label;
  }

  /** A series of each value in each group, which says how many have it. */
  List<TickSeries> countValues(String label) {
    List<String> labels = new ArrayList<>(aggregation.labels());
    if (!aggregation.isWithout()) {
      labels.add(label);
    }
    Map<Labels, TickSeries> counts = new LinkedHashMap<>();
    for (int tick = 0; tick < ticks; tick++) {
      for (TickSeries series : input) {
        if (series.present[tick]) {
          Labels withValue = series.labels.with(label, Numbers.plain(series.values[tick]));
          Labels group = Grouping.labels(withValue, aggregation.isWithout(), labels);
          TickSeries count = counts.computeIfAbsent(group, g -> new TickSeries(g, false, ticks));
          count.set(tick, count.values[tick] + 1);
        }
      }
    }
    return List.copyOf(counts.values());
  }

  private Grouping grouping() {
    return new Grouping(input, aggregation.isWithout(), aggregation.labels());
  }
}
