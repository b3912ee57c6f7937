package oht50.metrics.ruleeval;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import oht50.metrics.model.StaleMarker;

/**
 * What has been counted of a series since it began, up to some time. It begins anew after a time
 * longer than its expiry in which nothing was counted.
 *
 * @param sum of what was counted, added in the order of time
 * @param newest when something was counted last, ms; Long.MIN_VALUE for never
 */
record Total(double sum, long newest) {
  static final Total NONE = new Total(0, Long.MIN_VALUE);

  boolean isNone() {
    return newest == Long.MIN_VALUE;
  }

  /** Whether what is counted at a time is added to it. */
  boolean goesOnAt(long time, long expiry) {
    return !isNone() && time - newest <= expiry;
  }

  /**
   * With one more count.
   *
   * @param time not before the newest
   */
  Total with(long time, double count, long expiry) {
    return new Total(goesOnAt(time, expiry) ? sum + count : count, time);
  }

  /** Whether a point counts something: 0 takes back what was counted at its time. */
  static boolean isCount(double value) {
    return value != 0 && !StaleMarker.is(value);
  }

  void write(DataOutput out) throws IOException {
    out.writeDouble(sum);
    out.writeLong(newest);
  }

  static Total read(DataInput in) throws IOException {
    return new Total(in.readDouble(), in.readLong());
  }
}
