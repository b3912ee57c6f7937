package oht50.metrics.ruleeval;

import java.util.Arrays;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.eval.StoredSeries;
import oht50.metrics.ruleplan.Partials;
import oht50.metrics.ruleplan.RuleOrders;

/**
 * The points of a series of a part in memory, ascending by time, in arrays with room for more; of a
 * counted series its counts, and what was counted before them.
 */
final class Column {
  private final int number;
  private final RulePlan.Interest interest; // null if it is not of a plan
  private final Labels labels;
  private final Labels seen; // labels as expressions see them
  private final int recordedBy; // order of a rule, -1 for none
  private long[] timestamps = new long[16];
  private double[] values = new double[16];
  private int count;
  private Total before; // null of a series that is not counted
  private long expiry;
  private StoredSeries totals; // null if they are to be added up again

  Column(int number, RulePlan.Interest interest, int recordedBy) {
    this(number, interest.labels(), interest, recordedBy);
  }

  /** Of a series that rules do not look at by itself. */
  Column(int number, Labels labels) {
    this(number, labels, null, -1);
  }

  private Column(int number, Labels labels, RulePlan.Interest interest, int recordedBy) {
    this.number = number;
    this.interest = interest;
    this.labels = labels;
    this.seen = Partials.seen(labels);
    this.recordedBy = recordedBy;
  }

  RulePlan.Interest interest() {
    return interest;
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
    totals = null;
  }

  /**
   * Makes the points counts.
   *
   * @param before the first of them
   */
  void countFrom(Total before, long expiry) {
    this.before = before;
    this.expiry = expiry;
    totals = null;
  }

  /** Puts a point into its place; one of the same time is replaced. */
  void put(long time, double value) {
    totals = null;
    int at = firstFrom(time);
    if (at < count && timestamps[at] == time) {
      values[at] = value;
      return;
    }
    makeRoomFor(count + 1);
    System.arraycopy(timestamps, at, timestamps, at + 1, count - at);
    System.arraycopy(values, at, values, at + 1, count - at);
    timestamps[at] = time;
    values[at] = value;
    count++;
  }

  /** Puts points of one series behind those that are there. */
  void append(PointSlice slice, int from, int to) {
    makeRoomFor(count + to - from);
    slice.copy(from, to, timestamps, values, count);
    totals = null;
    count += to - from;
  }

  private void makeRoomFor(int points) {
    if (points > timestamps.length) {
      int room = Math.max(points, 2 * timestamps.length);
      timestamps = Arrays.copyOf(timestamps, room);
      values = Arrays.copyOf(values, room);
    }
  }

  void remove(long time) {
    totals = null;
    int at = firstFrom(time);
    if (at < count && timestamps[at] == time) {
      System.arraycopy(timestamps, at + 1, timestamps, at, count - at - 1);
      System.arraycopy(values, at + 1, values, at, count - at - 1);
      count--;
    }
  }

  boolean has(long time) {
    return at(time) != null;
  }

  /** Null if there is no point of that time. */
  Double at(long time) {
    int at = firstFrom(time);
    return at < count && timestamps[at] == time ? values[at] : null;
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

  /**
   * The points as a rule sees them at a time: what is recorded there later is not there yet.
   *
   * @param order of the rules at the tick
   */
  StoredSeries seenBy(RuleOrders.Order order, int rule, long time) {
    if (before != null) {
      totals = totals == null ? addedUp() : totals;
      return totals;
    }
    return order.isBefore(recordedBy, rule) ? all() : first(firstFrom(time));
  }

  /** All points that there are. */
  StoredSeries all() {
    return first(count);
  }

  private StoredSeries first(int points) {
    return new StoredSeries(seen, timestamps, values, 0, points);
  }

  /** What was counted before is the first point: at its time the total was that. */
  private StoredSeries addedUp() {
    int first = before.isNone() ? 0 : 1;
    long[] times = new long[first + count];
    double[] sums = new double[first + count];
    double[] added = new double[first + count];
    if (first == 1) {
      times[0] = before.newest();
      sums[0] = before.sum();
    }
    System.arraycopy(timestamps, 0, times, first, count);
    System.arraycopy(values, 0, added, first, count);
    Total total = before;
    for (int i = first; i < sums.length; i++) {
      total = total.with(times[i], added[i], expiry);
      sums[i] = total.sum();
    }
    return new StoredSeries(seen, times, sums, 0, sums.length, added);
  }
}
