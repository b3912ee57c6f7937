package oht50.metrics.ruletest;

import java.util.List;
import oht50.metrics.alerting.RuleFailure;
import oht50.metrics.alerting.SampleSink;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.eval.PointStore;
import oht50.metrics.promql.eval.StoredSeries;
import oht50.metrics.promql.notation.SeriesLine;
import oht50.metrics.promql.syntax.LabelMatcher;

/**
 * The points of a test, those of its series up to the tick that has come, and those that rules have
 * written. As in promtool's storage a series takes only newer points, or the same again.
 */
final class TestPoints implements SampleSink {
  private final PointStore points = new PointStore();
  private final List<SeriesLine> input;
  private final long startMillis;
  private final long intervalMillis;
  private final int[] loaded; // of each series how many values

  TestPoints(List<SeriesLine> input, long startMillis, long intervalMillis) {
    this.input = input;
    this.startMillis = startMillis;
    this.intervalMillis = intervalMillis;
    this.loaded = new int[input.size()];
  }

  PointStore store() {
    return points;
  }

  /** Adds the points of the series up to a time. */
  void loadUntil(long timeMillis) throws RuleFailure {
    for (int i = 0; i < loaded.length; i++) {
      SeriesLine line = input.get(i);
      while (loaded[i] < line.values().length && timeOf(loaded[i]) <= timeMillis) {
        int index = loaded[i]++;
        if (!line.omitted()[index]) {
          append(line.labels(), timeOf(index), line.values()[index]);
        }
      }
    }
  }

  private long timeOf(int index) {
    return startMillis + index * intervalMillis;
  }

  @Override
  public void append(Labels labels, long timeMillis, double value) throws RuleFailure {
    PointStore.Newest newest = points.newest(labels);
    if (newest != null && newest.timeMillis() > timeMillis) {
      throw RuleFailure.of("out of order sample");
    }
    boolean isSame =
        newest != null
            && Double.doubleToRawLongBits(newest.value()) == Double.doubleToRawLongBits(value);
    if (newest != null && newest.timeMillis() == timeMillis && !isSame) {
      throw RuleFailure.of("duplicate sample for timestamp");
    }
    points.put(labels, timeMillis, value);
  }

  List<StoredSeries> select(List<LabelMatcher> matchers, long untilMillis) {
    return points.select(matchers, startMillis, untilMillis);
  }
}
