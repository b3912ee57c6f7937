package oht50.metrics.ruleeval;

import java.util.Arrays;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.eval.StoredSeries;
import oht50.metrics.ruleplan.Partials;

/** The points of a series of a part in memory, ascending by time, in arrays with room for more. */
final class Column {
  private final int number;
  private final Labels labels;
  private final Labels seen; // labels as expressions see them
  private final int recordedBy; // order of a rule, -1 for none
  private long[] timestamps = new long[16];
  private double[] values = new double[16];
  private int count;

  Column(int number, Labels labels, int recordedBy) {
    this.number = number;
    this.labels = labels;
    this.seen = Partials.seen(labels);
    this.recordedBy = recordedBy;
  }

  int number() {
    return number;
  }

  Labels labels() {
    return labels;
  }

  int recordedBy() {
    return recordedBy;
  }

  void clear() {
    count = 0;
  }

  /** Puts a point into its place; one of the same time is replaced. */
  void put(long time, double value) {
    int at = firstFrom(time);
    if (at < count && timestamps[at] == time) {
      values[at] = value;
      return;
    }
    if (count == timestamps.length) {
      timestamps = Arrays.copyOf(timestamps, 2 * count);
      values = Arrays.copyOf(values, 2 * count);
    }
    System.arraycopy(timestamps, at, timestamps, at + 1, count - at);
    System.arraycopy(values, at, values, at + 1, count - at);
    timestamps[at] = time;
    values[at] = value;
    count++;
  }

  void remove(long time) {
    int at = firstFrom(time);
    if (at < count && timestamps[at] == time) {
      System.arraycopy(timestamps, at + 1, timestamps, at, count - at - 1);
      System.arraycopy(values, at + 1, values, at, count - at - 1);
      count--;
    }
  }

  boolean has(long time) {
    int at = firstFrom(time);
    return at < count && timestamps[at] == time;
  }

  /** Index of the newest point before a time; -1 if there is none. */
  int newestBefore(long time) {
    return firstFrom(time) - 1;
  }

  long timestamp(int point) {
    return timestamps[point];
  }

  double value(int point) {
    return values[point];
  }

  private int firstFrom(long time) {
    if (count == 0 || timestamps[count - 1] < time) {
      return count;
    }
    int at = Arrays.binarySearch(timestamps, 0, count, time);
    return at < 0 ? -at - 1 : at;
  }

  /** The points as a rule sees them at a time: what is recorded there later is not there yet. */
  StoredSeries seenBy(int order, long time) {
    int to = recordedBy >= order ? firstFrom(time) : count;
    return new StoredSeries(seen, timestamps, values, 0, to);
  }
}
