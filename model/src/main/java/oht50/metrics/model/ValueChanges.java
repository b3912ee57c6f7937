package oht50.metrics.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import oht50.metrics.wire.Primitives;

/**
 * When the value of a series changed inside a window, and to what. Arrays are not to be modified.
 *
 * @param offsets ms since the start of the window, ascending
 * @param values what it says from each of them on; a staleness marker where the series ends
 */
public record ValueChanges(int[] offsets, double[] values) {
  public static final ValueChanges NONE = new ValueChanges(new int[0], new double[0]);

  /** A single change. */
  public static ValueChanges to(double value, int offset) {
    return new ValueChanges(new int[] {offset}, new double[] {value});
  }

  public int size() {
    return offsets.length;
  }

  public boolean isNone() {
    return offsets.length == 0;
  }

  /** All but the first change. */
  public ValueChanges withoutFirst() {
    return offsets.length < 2
        ? NONE
        : new ValueChanges(
            Arrays.copyOfRange(offsets, 1, offsets.length),
            Arrays.copyOfRange(values, 1, values.length));
  }

  /** Number, then each offset and value. */
  public void write(DataOutput out) throws IOException {
    Primitives.writeCount(offsets.length, out);
    for (int i = 0; i < offsets.length; i++) {
      Primitives.writeCount(offsets[i], out);
      out.writeLong(Double.doubleToRawLongBits(values[i]));
    }
  }

  /** What {@link #write} has written. */
  public static ValueChanges read(DataInput in) throws IOException {
    int size = Primitives.readCount(in);
    if (size == 0) {
      return NONE;
    }
    ValueChanges changes = new ValueChanges(new int[size], new double[size]);
    for (int i = 0; i < size; i++) {
      changes.offsets[i] = Primitives.readCount(in);
      changes.values[i] = Double.longBitsToDouble(in.readLong());
    }
    return changes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ValueChanges changes
        && Arrays.equals(offsets, changes.offsets)
        && Arrays.equals(bits(values), bits(changes.values));
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(offsets) + Arrays.hashCode(bits(values));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < offsets.length; i++) {
      text.append(i == 0 ? "" : ", ").append(offsets[i]).append(" ms: ").append(values[i]);
    }
    return text.toString();
  }

  /** A staleness marker is another value than NaN. */
  private static long[] bits(double[] values) {
    return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
  }
}
