package oht50.metrics.ruleeval;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;

/**
 * A minute of points of a part: sorted by series and time, each time of a series once. Of several
 * values for one the one of the highest position stays; where positions are equal too, as inside
 * one record, the later one does, as in the tables of series. Immutable.
 */
public final class PointSlice {
  static final long MILLIS = 60_000;

  static final PointSlice EMPTY =
      new PointSlice(new int[0], new long[0], new double[0], new int[0], new long[0], new long[0]);

  private static final Comparator<Point> ORDER =
      Comparator.comparingInt(Point::series).thenComparingLong(Point::timestamp);

  private final int[] series;
  private final long[] timestamps;
  private final double[] values;
  private final int[] positions; // point -> index of its position
  private final long[] sourceIds; // of positions
  private final long[] offsets; // of positions

  private PointSlice(
      int[] series,
      long[] timestamps,
      double[] values,
      int[] positions,
      long[] sourceIds,
      long[] offsets) {
    this.series = series;
    this.timestamps = timestamps;
    this.values = values;
    this.positions = positions;
    this.sourceIds = sourceIds;
    this.offsets = offsets;
  }

  /** The start of the slice that a time lies in. */
  static long startOf(long timestamp) {
    return Math.floorDiv(timestamp, MILLIS) * MILLIS;
  }

  int size() {
    return series.length;
  }

  int series(int point) {
    return series[point];
  }

  long timestamp(int point) {
    return timestamps[point];
  }

  double value(int point) {
    return values[point];
  }

  /** Copies times and values of some points to a place in other arrays. */
  void copy(int from, int to, long[] timestampsTo, double[] valuesTo, int at) {
    System.arraycopy(timestamps, from, timestampsTo, at, to - from);
    System.arraycopy(values, from, valuesTo, at, to - from);
  }

  private Point point(int i) {
    int at = positions[i];
    return new Point(series[i], timestamps[i], values[i], sourceIds[at], offsets[at], false);
  }

  /**
   * Finds the newest point of each of some series that has none yet.
   *
   * @param time none after it, ms
   * @param series numbers
   */
  void newestBy(long time, Set<Integer> series, Map<Integer, Point> found) {
    for (int i = size() - 1; i >= 0; i--) {
      if (timestamps[i] <= time && series.contains(this.series[i])) {
        found.putIfAbsent(this.series[i], point(i));
      }
    }
  }

  /**
   * With some more points.
   *
   * @param incoming in order of arrival
   * @param changed gets each point at whose time there is now something else
   * @return itself if they say nothing new
   */
  PointSlice with(List<Point> incoming, Consumer<Point> changed) {
    List<Point> sorted = new ArrayList<>(incoming);
    sorted.sort(ORDER);
    Merge merged = new Merge(size() + sorted.size());
    boolean isSame = true;
    int held = 0;
    for (int next = 0; next < sorted.size(); ) {
      Point first = sorted.get(next);
      for (; held < size() && compare(held, first) < 0; held++) {
        merged.add(this, held);
      }
      boolean isHeld = held < size() && compare(held, first) == 0;
      Point before = isHeld ? point(held++) : null;
      Point best = before;
      for (; next < sorted.size() && ORDER.compare(sorted.get(next), first) == 0; next++) {
        best = best == null || !best.isAbove(sorted.get(next)) ? sorted.get(next) : best;
      }
      if (!best.isGone()) {
        merged.add(best);
      }
      boolean isChanged = before == null ? !best.isGone() : !best.saysTheSame(before);
      isSame &= !isChanged && (before == null || !best.isAbove(before));
      if (isChanged) {
        changed.accept(best);
      }
    }
    if (isSame) {
      return this;
    }
    for (; held < size(); held++) {
      merged.add(this, held);
    }
    return merged.slice();
  }

  private int compare(int held, Point point) {
    return series[held] != point.series()
        ? Integer.compare(series[held], point.series())
        : Long.compare(timestamps[held], point.timestamp());
  }

  /** Points one after the other, in their order. */
  private static final class Merge {
    private final int[] series;
    private final long[] timestamps;
    private final double[] values;
    private final int[] positions;
    private final Map<At, Integer> known = new LinkedHashMap<>(); // position -> its index
    private int size;

    Merge(int most) {
      this.series = new int[most];
      this.timestamps = new long[most];
      this.values = new double[most];
      this.positions = new int[most];
    }

    private record At(long sourceId, long offset) {}

    void add(PointSlice slice, int i) {
      int at = slice.positions[i];
      add(slice.series[i], slice.timestamps[i], slice.values[i]);
      place(slice.sourceIds[at], slice.offsets[at]);
    }

    void add(Point point) {
      add(point.series(), point.timestamp(), point.value());
      place(point.sourceId(), point.offset());
    }

    private void add(int number, long timestamp, double value) {
      series[size] = number;
      timestamps[size] = timestamp;
      values[size] = value;
      size++;
    }

    private void place(long sourceId, long offset) {
      Integer index = known.putIfAbsent(new At(sourceId, offset), known.size());
      positions[size - 1] = index == null ? known.size() - 1 : index;
    }

    PointSlice slice() {
      return new PointSlice(
          Arrays.copyOf(series, size),
          Arrays.copyOf(timestamps, size),
          Arrays.copyOf(values, size),
          Arrays.copyOf(positions, size),
          known.keySet().stream().mapToLong(At::sourceId).toArray(),
          known.keySet().stream().mapToLong(At::offset).toArray());
    }
  }

  /** Columns one after the other. */
  public static final class BinaryForm implements Codec<PointSlice> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(PointSlice slice, DataOutput out) throws IOException {
      Primitives.writeCounts(slice.series, out);
      Primitives.writeLongs(slice.timestamps, out);
      Primitives.writeDoubles(slice.values, out);
      Primitives.writeCounts(slice.positions, out);
      Primitives.writeLongs(slice.sourceIds, out);
      Primitives.writeLongs(slice.offsets, out);
    }

    @Override
    public PointSlice read(int version, DataInput in) throws IOException {
      return new PointSlice(
          Primitives.readCounts(in),
          Primitives.readLongs(in),
          Primitives.readDoubles(in),
          Primitives.readCounts(in),
          Primitives.readLongs(in),
          Primitives.readLongs(in));
    }
  }
}
