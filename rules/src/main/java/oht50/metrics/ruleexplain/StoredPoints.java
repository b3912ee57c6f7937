package oht50.metrics.ruleexplain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import oht50.metrics.alerting.SampleSink;
import oht50.metrics.model.Labels;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.promql.eval.MetricLabels;
import oht50.metrics.promql.eval.PointStore;
import oht50.metrics.promql.eval.Storage;
import oht50.metrics.promql.eval.StoredSeries;
import oht50.metrics.promql.syntax.LabelMatcher;

/** The points that were read, and those that rules write while they are evaluated. */
public final class StoredPoints implements Storage, SampleSink {
  /** After so long without a count a total begins anew. */
  public static final long EXPIRY_MILLIS = 86_400_000;

  private final PointStore values = new PointStore();
  private final PointStore counts = new PointStore();
  private final Set<String> metrics = new HashSet<>();
  private int size;

  /**
   * Adds a point; one of the same series and time is replaced.
   *
   * @param labels with the metric's name
   * @param isCount whether it is what was counted at that time (series of {@code metric_type}
   *     delta), and not a value
   */
  public void put(Labels labels, boolean isCount, long timeMillis, double value) {
    (isCount ? counts : values).put(labels, timeMillis, value);
    metrics.add(labels.get(LabelMatcher.METRIC_NAME));
    size++;
  }

  /** How many were added, of rules none. */
  public int size() {
    return size;
  }

  /** Whether points of a metric were read. */
  boolean hasMetric(String name) {
    return metrics.contains(name);
  }

  @Override
  public void append(Labels labels, long timeMillis, double value) {
    values.put(labels, timeMillis, value);
  }

  @Override
  public List<StoredSeries> select(
      List<LabelMatcher> matchers, long afterMillis, long untilMillis) {
    List<StoredSeries> counted = counts.select(matchers, afterMillis, untilMillis);
    List<StoredSeries> all = new ArrayList<>(values.select(matchers, afterMillis, untilMillis));
    if (!counted.isEmpty()) {
      counted.forEach(series -> all.add(totals(series)));
      all.sort(Comparator.comparing(StoredSeries::labels, MetricLabels.ORDER));
    }
    return all;
  }

  /** What a counted series came to whenever something was counted; 0 takes back a count. */
  private static StoredSeries totals(StoredSeries counts) {
    long[] timestamps = new long[counts.to() - counts.from()];
    double[] totals = new double[timestamps.length];
    double[] added = new double[timestamps.length];
    int size = 0;
    for (int i = counts.from(); i < counts.to(); i++) {
      double count = counts.values()[i];
      if (count != 0 && !StaleMarker.is(count)) {
        long time = counts.timestamps()[i];
        boolean goesOn = size > 0 && time - timestamps[size - 1] <= EXPIRY_MILLIS;
        timestamps[size] = time;
        added[size] = count;
        totals[size] = goesOn ? totals[size - 1] + count : count;
        size++;
      }
    }
    return new StoredSeries(counts.labels(), timestamps, totals, 0, size, added);
  }
}
