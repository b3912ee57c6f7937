package oht50.metrics.level;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;

/**
 * The changes of one level. Immutable; the arrays are not to be modified.
 *
 * @param base parts of all changes that are no longer here one by one
 * @param timestamps of changes, ascending; also of those that were taken back, as something has
 *     been said for them
 * @param parts by timestamp, the sum of its changes
 * @param wholes by timestamp, the sum of its changes
 * @param frontier changes before it are no longer here one by one
 * @param newest event time of the newest change
 * @param version number of publications; the position by which a newer sample replaces an older one
 */
public record LevelLog(
    long base,
    long[] timestamps,
    long[] parts,
    long[] wholes,
    long frontier,
    long newest,
    long version) {
  private static final long[] NONE = {};

  static final LevelLog EMPTY =
      new LevelLog(0, NONE, NONE, NONE, Long.MIN_VALUE, Long.MIN_VALUE, 0);

  /** This log with one more change, which is not before the frontier. */
  LevelLog with(LevelChange change) {
    long time = change.timestamp();
    int at = Arrays.binarySearch(timestamps, time);
    int i = at >= 0 ? at : -at - 1;
    long part = change.part() + (at >= 0 ? parts[at] : 0);
    long whole = change.whole() + (at >= 0 ? wholes[at] : 0);
    int replaced = at >= 0 ? 1 : 0;
    return new LevelLog(
        base,
        splice(timestamps, i, replaced, time),
        splice(parts, i, replaced, part),
        splice(wholes, i, replaced, whole),
        frontier,
        Math.max(newest, time),
        version + 1);
  }

  /** This log with a change that came after its place had been let go. */
  LevelLog withBeyond(LevelChange change) {
    return new LevelLog(
        base + change.part(), timestamps, parts, wholes, frontier, newest, version + 1);
  }

  private static long[] splice(long[] values, int at, int replaced, long value) {
    long[] spliced = new long[values.length - replaced + 1];
    System.arraycopy(values, 0, spliced, 0, at);
    spliced[at] = value;
    System.arraycopy(values, at + replaced, spliced, at + 1, values.length - at - replaced);
    return spliced;
  }

  /** This log without the changes before an instant, whose sum it keeps. */
  LevelLog from(long instant) {
    int drop = indexFrom(instant);
    if (instant <= frontier) {
      return this;
    }
    long sum = base;
    for (int i = 0; i < drop; i++) {
      sum += parts[i];
    }
    return new LevelLog(
        sum,
        Arrays.copyOfRange(timestamps, drop, timestamps.length),
        Arrays.copyOfRange(parts, drop, parts.length),
        Arrays.copyOfRange(wholes, drop, wholes.length),
        instant,
        newest,
        version);
  }

  /** The first change at an instant or after it. */
  int indexFrom(long instant) {
    int at = Arrays.binarySearch(timestamps, instant);
    return at >= 0 ? at : -at - 1;
  }

  /** All parts up to and with an instant. */
  long totalAt(long instant) {
    long total = base;
    for (int i = 0; i < timestamps.length && timestamps[i] <= instant; i++) {
      total += parts[i];
    }
    return total;
  }

  /** Parts by wholes of the changes in (instant - window, instant]; NaN if there are none. */
  double shareAt(long instant, long window) {
    long part = 0;
    long whole = 0;
    for (int i = indexFrom(instant - window + 1);
        i < timestamps.length && timestamps[i] <= instant;
        i++) {
      part += parts[i];
      whole += wholes[i];
    }
    return whole == 0 ? Double.NaN : (double) part / whole;
  }

  /** Whether there are changes of a share at an instant that were not taken back. */
  boolean hasShareAt(long instant) {
    int at = Arrays.binarySearch(timestamps, instant);
    return at >= 0 && wholes[at] != 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LevelLog log
        && base == log.base
        && Arrays.equals(timestamps, log.timestamps)
        && Arrays.equals(parts, log.parts)
        && Arrays.equals(wholes, log.wholes)
        && frontier == log.frontier
        && newest == log.newest
        && version == log.version;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(new long[] {base, frontier, newest, version});
  }

  /** The fields in their order. */
  public static final class BinaryForm implements Codec<LevelLog> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(LevelLog log, DataOutput out) throws IOException {
      out.writeLong(log.base);
      Primitives.writeLongs(log.timestamps, out);
      Primitives.writeLongs(log.parts, out);
      Primitives.writeLongs(log.wholes, out);
      out.writeLong(log.frontier);
      out.writeLong(log.newest);
      out.writeLong(log.version);
    }

    @Override
    public LevelLog read(int version, DataInput in) throws IOException {
      return new LevelLog(
          in.readLong(),
          Primitives.readLongs(in),
          Primitives.readLongs(in),
          Primitives.readLongs(in),
          in.readLong(),
          in.readLong(),
          in.readLong());
    }
  }
}
