package oht50.metrics.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import oht50.metrics.model.ValueChanges;

/**
 * What counters and states of a block take over from before the window, and what they hand on:
 * arrays parallel to the columns of their {@link AccumulatorBlock}. A column of another kind has no
 * entry: its {@code times} stay {@link SeriesTable#NO_TIME} and the rest is 0.
 *
 * <p>What lies between the first and the last point of the window is kept apart from the step over
 * its left boundary, so that longer windows can be merged of shorter ones.
 */
final class CarryOver {
  final long[] times; // of the newest point before the window, or NO_TIME
  final double[] values; // what it said; a staleness marker if the series had ended
  final double[] inners; // counter: increase; state: integral of value over ms; first to last point
  final int[] covered; // state: ms from first to last point in which the value is known
  final double[] handedOn; // what the last point says; a staleness marker if the series ended

  // Of facts in a minute: what each said, from its first point on; null where all points say the
  // same value, and of all columns if none has any.
  private ValueChanges[] runs;

  CarryOver(int size) {
    times = new long[size];
    Arrays.fill(times, SeriesTable.NO_TIME);
    values = new double[size];
    inners = new double[size];
    covered = new int[size];
    handedOn = new double[size];
  }

  private CarryOver(CarryOver other) {
    times = other.times.clone();
    values = other.values.clone();
    inners = other.inners; // never changed once the block is made
    covered = other.covered;
    handedOn = other.handedOn;
    runs = other.runs;
  }

  /** The same with another newest point before the window for one column. */
  CarryOver with(int at, long time, double value) {
    CarryOver changed = new CarryOver(this);
    changed.times[at] = time;
    changed.values[at] = value;
    return changed;
  }

  boolean isCarried(int at, long time, double value) {
    return times[at] == time
        && Double.doubleToRawLongBits(values[at]) == Double.doubleToRawLongBits(value);
  }

  /** What a fact says in the minute, from its first point on; null where that is one value. */
  ValueChanges runs(int at) {
    return runs == null ? null : runs[at];
  }

  void runs(int at, ValueChanges said) {
    if (said == null) {
      return;
    }
    if (runs == null) {
      runs = new ValueChanges[times.length];
    }
    runs[at] = said;
  }

  void copy(int from, CarryOver target, int to) {
    target.times[to] = times[from];
    target.values[to] = values[from];
    target.inners[to] = inners[from];
    target.covered[to] = covered[from];
    target.handedOn[to] = handedOn[from];
    target.runs(to, runs(from));
  }

  void write(int at, DataOutput out) throws IOException {
    out.writeLong(times[at]);
    out.writeLong(Double.doubleToRawLongBits(values[at]));
    out.writeLong(Double.doubleToRawLongBits(inners[at]));
    out.writeInt(covered[at]);
    out.writeLong(Double.doubleToRawLongBits(handedOn[at]));
    ValueChanges said = runs(at);
    (said == null ? ValueChanges.NONE : said).write(out);
  }

  void read(int version, int at, DataInput in) throws IOException {
    times[at] = in.readLong();
    values[at] = Double.longBitsToDouble(in.readLong());
    inners[at] = Double.longBitsToDouble(in.readLong());
    covered[at] = in.readInt();
    handedOn[at] = Double.longBitsToDouble(in.readLong());
    if (version > 1) {
      ValueChanges said = ValueChanges.read(in);
      runs(at, said.isNone() ? null : said);
    }
  }
}
